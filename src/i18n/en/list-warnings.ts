import type { LossKind } from '../../core/model/numbers.ts';
import { grouped } from '../format.ts';

const share = (cells: number, of: number): string => `${grouped(cells)} of the ${grouped(of)} cells looked at`;

/** What looks wrong with a list as a whole, and what to do about it. */
export const listWarnings = {
  columnNamed: (title: string) => `column ${title}`,
  columnAt: (position: number) => `column ${grouped(position)}`,
  list: 'the list',
  oneNumber: (phone: string, column: string, cells: number, of: number) =>
    `${phone} is in ${share(cells, of)} in ${column}. It is most likely the number of an office, a salesperson or nobody, not each customer’s own. It would be called once, as the first of these customers. Choose another column, or correct the list.`,
  garbled: (sample: string, column: string) =>
    `The names in ${column} look garbled (${sample}): the list was once saved or opened in the wrong encoding. Export it again as XLSX.`,
  garbledChoose: 'Or choose another encoding below, or no name.',
  lossy: {
    scientific: (column: string, cells: number, of: number) =>
      `${share(cells, of)} in ${column} are in scientific notation (1.38E+10): the last digits are lost, and this file does not have them any more. Format the column as text where the list comes from, and export it again.`,
    rounded: (column: string, cells: number, of: number) =>
      `${share(cells, of)} in ${column} end in zeros that a spreadsheet put in the place of digits (13800100000, or more than 15 digits): they are numbers of other people, or of nobody. Format the column as text where the list comes from, and export it again.`,
    dates: (column: string, cells: number, of: number) =>
      `${share(cells, of)} in ${column} are dates: a spreadsheet has changed the numbers, or it is not the column with the numbers. Choose another column, or format it as text where the list comes from, and export it again.`,
    errors: (column: string, cells: number, of: number) =>
      `${share(cells, of)} in ${column} are errors of a spreadsheet (#####, #N/A). Widen the column, or correct its formulas, and export the list again.`,
  } satisfies Record<LossKind, (column: string, cells: number, of: number) => string>,
};
