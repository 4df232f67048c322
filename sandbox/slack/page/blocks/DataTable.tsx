import { useState } from 'react';
import { asJson, asString, num, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { ChevronIcon } from '../components/icons.tsx';
import { Element } from '../inputs/Element.tsx';
import { Each } from '../mrkdwn/Each.tsx';
import { useDirectory } from '../state/context.ts';
import { Cell, cellText, rowsOf } from './TableBlock.tsx';

/** Slack's own page size where the app gives none. */
const usualPage = 5;

/** A `data_table`: paged, and sorted by the column whose header is pressed. */
export function DataTable({ block, blockId, id }: { block: Json; blockId: string; id: string }) {
  const { words, locale } = useDirectory();
  const [page, setPage] = useState(0);
  const [order, setOrder] = useState<{ column: number; down: boolean } | null>(null);
  const [head = [], ...body] = rowsOf(block);
  const size = Math.max(1, num(block.page_size) ?? usualPage);
  const rows = order === null ? body : sorted(body, order, locale);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(page, pages - 1);
  const headColumn = num(block.row_header_column_index);
  const drawn = (cell: Json) =>
    cell.type === 'action' ? (
      <Element
        element={asJson(cell.element)}
        blockId={blockId}
        actionId={asString(asJson(cell.element).action_id)}
        id={`${id}-${asString(asJson(cell.element).action_id)}`}
      />
    ) : (
      <Cell cell={cell} />
    );
  const press = (column: number): void =>
    setOrder((before) => ({ column, down: before?.column === column && !before.down }));
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, so the keyboard must reach it */}
      <div className="table-scroll" tabIndex={0}>
        <table>
          <caption>{plainText(block.caption)}</caption>
          <thead>
            <tr>
              <Each
                items={head}
                draw={(cell, column) => (
                  <th scope="col" {...(order?.column === column ? { 'aria-sort': direction(order.down) } : {})}>
                    <button
                      type="button"
                      className="sort-button"
                      title={words.sortBy(cellText(cell))}
                      onClick={() => press(column)}
                    >
                      <Cell cell={cell} />
                    </button>
                  </th>
                )}
              />
            </tr>
          </thead>
          <tbody>
            <Each
              items={rows.slice(at * size, (at + 1) * size)}
              draw={(row) => (
                <tr>
                  <Each
                    items={row}
                    draw={(cell, column) =>
                      column === headColumn ? (
                        <th scope="row">
                          <Cell cell={cell} />
                        </th>
                      ) : (
                        <td>{drawn(cell)}</td>
                      )
                    }
                  />
                </tr>
              )}
            />
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <nav className="table-pages" aria-label={words.pages}>
          <button
            type="button"
            className="icon-button pages-back"
            aria-label={words.previousPage}
            disabled={at === 0}
            onClick={() => setPage(at - 1)}
          >
            <ChevronIcon />
          </button>
          <span>{words.rowsOf(at * size + 1, Math.min(rows.length, (at + 1) * size), rows.length)}</span>
          <button
            type="button"
            className="icon-button pages-on"
            aria-label={words.nextPage}
            disabled={at === pages - 1}
            onClick={() => setPage(at + 1)}
          >
            <ChevronIcon />
          </button>
        </nav>
      )}
    </div>
  );
}

function direction(down: boolean): 'ascending' | 'descending' {
  return down ? 'descending' : 'ascending';
}

/** Numbers by size where every cell of the column is one, else by their texts. */
function sorted(rows: Json[][], { column, down }: { column: number; down: boolean }, locale: string): Json[][] {
  const numberIn = (row: Json[]): number | null => num(asJson(row[column]).value ?? asJson(row[column]).text);
  const numeric = rows.every((row) => numberIn(row) !== null);
  const compare = (a: Json[], b: Json[]): number =>
    numeric
      ? (numberIn(a) ?? 0) - (numberIn(b) ?? 0)
      : cellText(asJson(a[column])).localeCompare(cellText(asJson(b[column])), locale);
  return [...rows].sort((a, b) => (down ? -compare(a, b) : compare(a, b)));
}
