/** Programs that open a CSV take what begins like this for a formula; blanks before it do not protect. */
const formula = /^\s*[=+\-@＝＋－＠\t\r]/;

/**
 * A row of CSV that spreadsheet programs take for text: every cell is quoted, and one that could be a formula begins
 * with an apostrophe, which imports ignore.
 */
export function csvRow(cells: readonly string[]): string {
  const written = cells.map((cell) => {
    const text = cell.replaceAll('\0', '\ufffd');
    return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  });
  return `${written.join(',')}\r\n`;
}

/** Without it, spreadsheet programs read Chinese as something else. */
export const byteOrderMark = '\ufeff';
