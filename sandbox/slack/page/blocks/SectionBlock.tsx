import { useState } from 'react';
import { asJson, asObjects, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { Element } from '../inputs/Element.tsx';
import { Each } from '../mrkdwn/Each.tsx';
import { useDirectory } from '../state/context.ts';
import { actionIdOf } from '../state/elements.ts';
import { BlockImage } from './BlockImage.tsx';
import { TextObject } from './PlainText.tsx';

/** Longer texts are folded, unless the app asked for all of it. */
const foldAbove = 1_400;
const foldAboveLines = 24;

export function SectionBlock({ block, blockId, id }: { block: Json; blockId: string; id: string }) {
  const { words } = useDirectory();
  const [unfolded, setUnfolded] = useState(false);
  const accessory = asJson(block.accessory);
  const text = plainText(block.text);
  const foldable = block.expand !== true && (text.length > foldAbove || text.split('\n').length > foldAboveLines);
  const isImage = accessory.type === 'image';
  return (
    <div className={isImage ? 'section section-with-image' : 'section'}>
      <div className="section-body">
        {text !== '' && (
          <div className={foldable && !unfolded ? 'folded' : undefined}>
            <TextObject value={block.text} />
          </div>
        )}
        {foldable && (
          <button type="button" className="link-button" onClick={() => setUnfolded(!unfolded)}>
            {unfolded ? words.showLess : words.showMore}
          </button>
        )}
        {block.fields !== undefined && (
          <div className="section-fields">
            <Each
              items={asObjects(block.fields)}
              draw={(field) => (
                <div>
                  <TextObject value={field} />
                </div>
              )}
            />
          </div>
        )}
      </div>
      {block.accessory !== undefined && (
        <div className="section-accessory">
          {isImage ? (
            <BlockImage image={accessory} small />
          ) : (
            <Element element={accessory} blockId={blockId} actionId={actionIdOf(accessory, 0)} id={`${id}-0`} />
          )}
        </div>
      )}
    </div>
  );
}
