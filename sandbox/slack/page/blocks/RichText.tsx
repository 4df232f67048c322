import type { ReactNode } from 'react';
import { asObjects, asString, num } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { Each } from '../mrkdwn/Each.tsx';
import { InlineNodes } from '../mrkdwn/InlineNodes.tsx';
import { nodesOf } from '../mrkdwn/rich-text.ts';

/** A `rich_text` block: sections, lists, quotes and preformatted text. */
export function RichText({ block }: { block: Json }) {
  return (
    <div className="mrkdwn">
      <Each items={asObjects(block.elements)} draw={(part) => <Part part={part} />} />
    </div>
  );
}

function Part({ part }: { part: Json }): ReactNode {
  const elements = asObjects(part.elements);
  const inline = <InlineNodes nodes={elements.flatMap(nodesOf)} />;
  switch (part.type) {
    case 'rich_text_list': {
      const List = part.style === 'ordered' ? 'ol' : 'ul';
      const style = { marginInlineStart: `${(num(part.indent) ?? 0) * 24}px` };
      return (
        <List style={style} {...(List === 'ol' ? { start: (num(part.offset) ?? 0) + 1 } : {})}>
          <Each
            items={elements}
            draw={(item) => (
              <li>
                <InlineNodes nodes={asObjects(item.elements).flatMap(nodesOf)} />
              </li>
            )}
          />
        </List>
      );
    }
    case 'rich_text_quote':
      return <blockquote>{inline}</blockquote>;
    case 'rich_text_preformatted':
      return <pre>{elements.map((element) => asString(element.text) || asString(element.url)).join('')}</pre>;
    default:
      return <p>{inline}</p>;
  }
}
