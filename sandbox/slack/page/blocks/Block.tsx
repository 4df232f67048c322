import { memo, type ReactNode } from 'react';
import type { Json } from '../../protocol.ts';
import { Element } from '../inputs/Element.tsx';
import { Each } from '../mrkdwn/Each.tsx';
import { useDirectory } from '../state/context.ts';
import { actionIdOf } from '../state/elements.ts';
import { record, records, str, words as textOf } from '../state/json.ts';
import { BlockImage } from './BlockImage.tsx';
import { Boundary } from './Boundary.tsx';
import { InputBlock } from './InputBlock.tsx';
import { MarkdownBlock } from './MarkdownBlock.tsx';
import { PlainText, TextObject } from './PlainText.tsx';
import { RichText } from './RichText.tsx';
import { SectionBlock } from './SectionBlock.tsx';
import { TableBlock } from './TableBlock.tsx';

interface Props {
  block: Json;
  blockId: string;
  /** Unique in the document: prefix of the DOM ids inside. */
  id: string;
}

/** One block, fenced off: whatever the app sent, the rest of the page stays. */
export const Block = memo(function Block(props: Props) {
  const { words } = useDirectory();
  return (
    <div className={`block block-${str(props.block.type)}`} data-block-id={props.blockId}>
      <Boundary retryOn={props.block} instead={<p className="quiet-note">{words.brokenBlock}</p>}>
        <BlockBody {...props} />
      </Boundary>
    </div>
  );
});

function BlockBody({ block, blockId, id }: Props): ReactNode {
  const { words } = useDirectory();
  switch (block.type) {
    case 'section':
      return <SectionBlock block={block} blockId={blockId} id={id} />;
    case 'actions':
    case 'context_actions':
      return (
        <div className="actions">
          {records(block.elements).map((element, index) => (
            <Element
              key={actionIdOf(element, index)}
              element={element}
              blockId={blockId}
              actionId={actionIdOf(element, index)}
              id={`${id}-${index}`}
            />
          ))}
        </div>
      );
    case 'context':
      return (
        <div className="context">
          <Each
            items={records(block.elements)}
            draw={(element) =>
              element.type === 'image' ? (
                <BlockImage image={element} small />
              ) : (
                <div className="context-text">
                  <TextObject value={element} />
                </div>
              )
            }
          />
        </div>
      );
    case 'divider':
      return <hr />;
    case 'header':
      return (
        <h3 className="header-block">
          <PlainText value={block.text} />
        </h3>
      );
    case 'image':
      return <BlockImage image={block} />;
    case 'input':
      return <InputBlock block={block} blockId={blockId} id={id} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'markdown':
      return <MarkdownBlock text={str(block.text)} />;
    case 'table':
    case 'data_table':
      return <TableBlock block={block} />;
    case 'alert':
      return (
        <div className={`alert alert-${str(block.level) || 'default'}`}>
          <TextObject value={block.text} />
        </div>
      );
    case 'video':
      return (
        <div className="card-like">
          <strong>{textOf(block.title)}</strong>
          <TextObject value={block.description} />
        </div>
      );
    case 'task_card':
      return (
        <div className="card-like">
          <strong>{str(block.title)}</strong> <span className="badge">{str(block.status)}</span>
          {block.details !== undefined && <RichText block={record(block.details)} />}
          {block.output !== undefined && <RichText block={record(block.output)} />}
        </div>
      );
    default:
      return <p className="quiet-note">{words.unknownBlock(str(block.type) || '?')}</p>;
  }
}
