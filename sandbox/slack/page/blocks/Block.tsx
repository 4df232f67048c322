import { memo, type ReactNode } from 'react';
import { asObjects, asString, isJson, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { FileIcon } from '../components/icons.tsx';
import { Element } from '../inputs/Element.tsx';
import { Each } from '../mrkdwn/Each.tsx';
import { useDirectory } from '../state/context.ts';
import { actionIdOf, blockIdOf } from '../state/elements.ts';
import { BlockImage } from './BlockImage.tsx';
import { Boundary } from './Boundary.tsx';
import { CardBlock } from './CardBlock.tsx';
import { ChartBlock } from './ChartBlock.tsx';
import { DataTable } from './DataTable.tsx';
import { InputBlock } from './InputBlock.tsx';
import { MarkdownBlock } from './MarkdownBlock.tsx';
import { PlainText, TextObject } from './PlainText.tsx';
import { RichText } from './RichText.tsx';
import { SectionBlock } from './SectionBlock.tsx';
import { TableBlock } from './TableBlock.tsx';
import { Plan, TaskCard } from './TaskCard.tsx';
import { VideoBlock } from './VideoBlock.tsx';

interface Props {
  block: Json;
  blockId: string;
  /** Unique in the document: prefix of the DOM ids inside. */
  id: string;
}

/** One block in a boundary: whatever the app sent, the rest of the page stays. */
export const Block = memo(function Block(props: Props) {
  const { words } = useDirectory();
  return (
    <div className={`block block-${asString(props.block.type)}`} data-block-id={props.blockId}>
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
          {asObjects(block.elements).map((element, index) => (
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
            items={asObjects(block.elements)}
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
      return <MarkdownBlock text={asString(block.text)} />;
    case 'table':
      return <TableBlock block={block} />;
    case 'data_table':
      return <DataTable block={block} blockId={blockId} id={id} />;
    case 'alert':
      return (
        <div className={`alert alert-${asString(block.level) || 'default'}`}>
          <TextObject value={block.text} />
        </div>
      );
    case 'video':
      return <VideoBlock block={block} />;
    case 'file':
      return <RemoteFile block={block} />;
    case 'data_visualization':
      return <ChartBlock block={block} />;
    case 'card':
      return <CardBlock block={block} blockId={blockId} id={id} />;
    case 'carousel':
    case 'container':
      return <NestedBlocks block={block} id={id} />;
    case 'task_card':
      return <TaskCard block={block} />;
    case 'plan':
      return <Plan block={block} />;
    default:
      return <p className="quiet-note">{words.unknownBlock(asString(block.type) || '?')}</p>;
  }
}

/** A `file` block names a file that is stored elsewhere. */
function RemoteFile({ block }: { block: Json }) {
  const { words } = useDirectory();
  return (
    <span className="file-chip">
      <FileIcon />
      <span className="file-text">
        <span className="file-name">{asString(block.external_id)}</span>
        <span className="file-size">{words.remoteFile}</span>
      </span>
    </span>
  );
}

/** Blocks that hold blocks: a `container` can be folded, a `carousel` is a row of cards. */
function NestedBlocks({ block, id }: { block: Json; id: string }) {
  const inner = asObjects(block.type === 'container' ? block.child_blocks : block.elements);
  const drawn = inner.map((child, index) => {
    const blockId = blockIdOf(child, index);
    return <Block key={blockId} block={child} blockId={blockId} id={`${id}-${index}`} />;
  });
  if (block.type === 'carousel') return <div className="carousel">{drawn}</div>;
  const subtitle = plainText(block.subtitle);
  const head = (
    <>
      {isJson(block.rich_text_title) ? <RichText block={block.rich_text_title} /> : plainText(block.title) || '…'}
      {subtitle !== '' && <span className="container-subtitle"> {subtitle}</span>}
    </>
  );
  if (block.is_collapsible !== true) {
    return (
      <div className="nested">
        <div className="card-title">{head}</div>
        {drawn}
      </div>
    );
  }
  return (
    <details className="nested" open={block.default_collapsed !== true}>
      <summary>{head}</summary>
      {drawn}
    </details>
  );
}
