import { delimiterOf } from './delimiter.ts';
import type { PhoneRules } from './phone.ts';
import { readRows } from './records.ts';
import type { Rows } from './survey.ts';
import { beginningOf, linesOf, type Text } from './text.ts';

/** Longer lines at the beginning of a file name no delimiter. */
const maxNamingLength = 10;

/** The rows of a text; blank lines are skipped, and so is a first line `sep=;`, which names the delimiter. */
export function rowsOf(text: Text, rules: PhoneRules): Rows {
  const named = /^\ufeff?"?sep=(.)"?(?:[\r\n]|$)/i.exec(beginningOf(text, maxNamingLength))?.[1];
  const delimiter = named ?? delimiterOf(linesOf(text()), rules);
  return function* () {
    for (const row of readRows(linesOf(text()), delimiter, named === undefined ? 0 : 1))
      if (row.cells.some((cell) => cell.trim() !== '')) yield row;
  };
}
