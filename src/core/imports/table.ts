import { delimiterOf } from './delimiter.ts';
import type { PhoneRules } from './phone.ts';
import { type Row, readRows } from './records.ts';

/** The rows of a text; blank lines are skipped, and so is a first line `sep=;`, which names the delimiter. */
export function rowsOf(text: string, rules: PhoneRules): Row[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const named = /^"?sep=(.)"?$/i.exec(lines[0] ?? '')?.[1];
  // Blanked rather than removed: the lines after it keep their numbers.
  if (named !== undefined) lines[0] = '';
  const delimiter = named ?? delimiterOf(lines, rules);
  return readRows(lines, delimiter).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}
