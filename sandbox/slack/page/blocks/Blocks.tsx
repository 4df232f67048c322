import { useId } from 'react';
import { asString } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { blockIdOf } from '../state/elements.ts';
import { Block } from './Block.tsx';

/** All blocks of a message or view. */
export function Blocks({ blocks }: { blocks: Json[] }) {
  const id = useId();
  return (
    <div className="blocks">
      {blocks.map((block, index) => {
        const blockId = blockIdOf(block, index);
        return (
          <Block key={`${blockId}:${asString(block.type)}`} block={block} blockId={blockId} id={`${id}-${index}`} />
        );
      })}
    </div>
  );
}
