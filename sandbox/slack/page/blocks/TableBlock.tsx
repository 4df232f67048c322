import type { ReactNode } from 'react';
import { textOf } from '../../block-tree.ts';
import { asArray, asJson, asObjects, asString, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { Each } from '../mrkdwn/Each.tsx';
import { RichText } from './RichText.tsx';

/** The rows of a table, whatever they contain. */
export function rowsOf(block: Json): Json[][] {
  return asArray(block.rows).map(asObjects);
}

/** A `table`: the first row is the header. */
export function TableBlock({ block }: { block: Json }) {
  const [head = [], ...body] = rowsOf(block);
  const settings = asObjects(block.column_settings);
  const alignment = (column: number): { textAlign?: 'left' | 'center' | 'right' } => {
    const align = asString(asJson(settings[column]).align);
    return align === 'left' || align === 'center' || align === 'right' ? { textAlign: align } : {};
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, so the keyboard must reach it
    <div className="table-scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <Each
              items={head}
              draw={(cell, column) => (
                <th scope="col" style={alignment(column)}>
                  <Cell cell={cell} />
                </th>
              )}
            />
          </tr>
        </thead>
        <tbody>
          <Each
            items={body}
            draw={(row) => (
              <tr>
                <Each
                  items={row}
                  draw={(cell, column) => (
                    <td style={alignment(column)}>
                      <Cell cell={cell} />
                    </td>
                  )}
                />
              </tr>
            )}
          />
        </tbody>
      </table>
    </div>
  );
}

export function Cell({ cell }: { cell: Json }): ReactNode {
  return cell.type === 'rich_text' ? <RichText block={cell} /> : cellText(cell);
}

/** A date has no text of its own but what is shown where it cannot be drawn. */
function dateIn(cell: Json): string {
  const [first] = asObjects(cell.elements).flatMap((part) => asObjects(part.elements));
  return asString(first?.fallback);
}

/** The text of a cell. */
export function cellText(cell: Json): string {
  if (cell.type === 'rich_text') return textOf([cell]) || dateIn(cell);
  if (cell.type === 'action') return plainText(asJson(cell.element).text);
  return asString(cell.text) || (typeof cell.value === 'number' ? String(cell.value) : asString(cell.value));
}
