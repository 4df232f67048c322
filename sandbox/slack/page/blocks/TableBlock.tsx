import type { ReactNode } from 'react';
import { asJson, asObjects, asString, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { Each } from '../mrkdwn/Each.tsx';
import { RichText } from './RichText.tsx';

/** `table` and `data_table`: the first row is the head. */
export function TableBlock({ block }: { block: Json }) {
  const rows = Array.isArray(block.rows) ? block.rows.map((row) => (Array.isArray(row) ? asObjects(row) : [])) : [];
  const [head = [], ...body] = rows;
  const settings = asObjects(block.column_settings);
  const alignment = (column: number): { textAlign?: 'left' | 'center' | 'right' } => {
    const align = asString(asJson(settings[column]).align);
    return align === 'left' || align === 'center' || align === 'right' ? { textAlign: align } : {};
  };
  const caption = plainText(block.caption);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, so the keyboard must reach it
    <div className="table-scroll" tabIndex={0}>
      <table>
        {caption !== '' && <caption>{caption}</caption>}
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

function Cell({ cell }: { cell: Json }): ReactNode {
  return cell.type === 'rich_text' ? <RichText block={cell} /> : asString(cell.text) || asString(cell.value);
}
