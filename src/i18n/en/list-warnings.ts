import type { LossKind } from '../../core/model/numbers.ts';
import { grouped } from '../format.ts';

/** What looks wrong with a list as a whole, and what to do about it. */
export const listWarnings = {
  columnNamed: (title: string) => `column ${title}`,
  columnAt: (position: number) => `column ${grouped(position)}`,
  list: 'the list',
  /** How many cells a warning is about, and where; the others begin with it. */
  where: (column: string, cells: number, of: number) =>
    `${grouped(cells)} of the ${grouped(of)} cells looked at in ${column}`,
  oneNumber: (where: string, phone: string) =>
    `${where} are the same number, ${phone}. It is most likely that of an office, a salesperson or nobody, not each customer’s own. It would be called once, as the first of these customers. Choose another column, or correct the list.`,
  garbled: (column: string, sample: string) =>
    `The names in ${column} look garbled (${sample}): the list was once saved or opened in the wrong encoding. Export it again as XLSX.`,
  garbledChoose: 'Or choose another encoding below, or no name.',
  lossy: {
    scientific: (where: string) =>
      `${where} are in scientific notation (1.38E+10): the last digits are lost, and this file does not have them any more. Format the column as text where the list comes from, and export it again.`,
    rounded: (where: string) =>
      `${where} end in zeros that a spreadsheet put in the place of digits (13800100000, or more than 15 digits): they are numbers of other people, or of nobody. Format the column as text where the list comes from, and export it again.`,
    dates: (where: string) =>
      `${where} are dates: a spreadsheet has changed the numbers, or it is not the column with the numbers. Choose another column, or format it as text where the list comes from, and export it again.`,
    errors: (where: string) =>
      `${where} are errors of a spreadsheet (such as #####). Widen the column, or correct its formulas, and export the list again.`,
  } satisfies Record<LossKind, (where: string) => string>,
};
