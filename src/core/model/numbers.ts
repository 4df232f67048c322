import { z } from 'zod';
import type { TextEncoding } from './import-choices.ts';

/** The country whose numbers need no country code, unless the settings name another (ISO 3166). */
export const mainland = 'CN';

/** One number ready to be sent. */
const phoneEntry = z.object({
  /** National form for mainland numbers (`13800138000`, `01012345678`), `+` and digits for others. */
  phone: z.string(),
  name: z.string().nullable(),
});
export type PhoneEntry = z.infer<typeof phoneEntry>;

/** A number of a list, and where it is written. */
export const listedNumber = phoneEntry.extend({
  /** Line in the file or paste, from 1; null for numbers that an earlier release stored. */
  line: z.number().nullable().default(null),
});
export type ListedNumber = z.infer<typeof listedNumber>;

/** Why a row of the list cannot be sent. */
export const rejectReasons = [
  'empty',
  'letters',
  /** A minus or the brackets of an amount: a spreadsheet calculated it. */
  'negative',
  'too_short',
  'too_long',
  'scientific_lossy',
  /** Two numbers that are not known to be one person’s, or run together. */
  'two_numbers',
  'extension',
  /** Digits in groups that no number of the mainland has. */
  'grouping',
  'masked',
  /** Seven or eight digits. */
  'local_number',
  'ambiguous_landline',
  /** An area code with too few or too many digits after it. */
  'landline_length',
  'cn_prefix_unassigned',
  'hong_kong',
  'macau',
  'taiwan',
  'foreign_not_allowed',
  /** The number says another country than its column. */
  'country_conflict',
  'country_unknown',
  /** The text beside the number says that it is not the customer’s, or not to be dialed. */
  'other_person',
  'text_beside',
  /** A remark in the row says so. */
  'do_not_call',
  /** More cells than titles, or a quotation mark that is never closed: what the columns hold is not certain. */
  'row_shifted',
  /** Below a second header with other columns. */
  'second_header',
  /** It is not known which columns hold the customer’s own number. */
  'column_open',
  /** A further number that the person’s choice leaves out. */
  'not_chosen',
  'invalid',
] as const;
export type RejectReason = (typeof rejectReasons)[number];

export const rejectedRow = z.object({
  /** Line in the file or paste, from 1. */
  line: z.number(),
  /** The cell as written. May contain a phone number: never shown unmasked, never logged. */
  cell: z.string(),
  reason: z.enum(rejectReasons),
  /** The name of the row, for the error file; absent where it has none. */
  name: z.string().optional(),
});
export type RejectedRow = z.infer<typeof rejectedRow>;

/** A column of a table, for choosing. */
export interface ListColumn {
  /** From 0. */
  index: number;
  /** Empty where it has none. */
  title: string;
  /** Rows with a number in it, among those looked at. */
  numbers: number;
}

/** How a column lost its numbers: as `1.38E+10`, with zeros for digits, as dates, or as errors of a spreadsheet. */
export type LossKind = 'scientific' | 'rounded' | 'dates' | 'errors';

/** What looks wrong with most cells of a column, among those looked at. */
export type ListWarning = {
  /** Of the column; null where it has none. */
  title: string | null;
  /** Of the column, from 1; null in a list without columns. */
  position: number | null;
  /** Cells of that kind, and all that are compared with them. */
  cells: number;
  of: number;
} & (
  | /** One number, which would be called. */ { kind: 'one_number'; phone: string }
  | { kind: 'garbled'; sample: string }
  | { kind: 'lossy'; loss: LossKind }
);

/** How a workbook was read. */
export interface ReadWorkbook {
  /** In the order of their tabs; `index` counts from 0. */
  sheets: { index: number; name: string; hidden: boolean }[];
  /** The sheet that was read; null when a person must choose: then nothing was read. */
  sheet: number | null;
  /** Rows of the sheet that the workbook does not show (because of a filter), which are read like the others. */
  hiddenRows: number;
  /** Cells with a formula whose result is not in the file: they count as empty. */
  uncalculated: number;
}

/** A part of a list, in its order: some thousand entries at most. */
export interface ListPiece {
  ready: ListedNumber[];
  rejected: RejectedRow[];
}

/** Rows that were counted, of which only the first are kept. */
export interface CountedRows {
  count: number;
  /** At most `maxShownRows`. */
  first: RejectedRow[];
  reasons: Partial<Record<RejectReason, number>>;
}

/** So many entries of each kind are kept for showing them. */
export const maxShownRows = 20;

/**
 * What a list of numbers contains, in a size that does not depend on its own: the entries come before it, in pieces.
 * Every row, the first included, is in exactly one of four parts: `readyRows + rejected.count + repeated + skipped ===
 * rows`, always.
 */
export interface NumberList {
  /** Non-empty rows; in a list without columns, its entries. */
  rows: number;
  /** Numbers that can be sent, and the first of them. */
  ready: { count: number; first: ListedNumber[] };
  /** Rows with at least one number that is ready; a row may have several. */
  readyRows: number;
  rejected: CountedRows;
  /** Rows whose numbers all appear earlier in the same list. */
  repeated: number;
  /** Titles, and what is above them. */
  skipped: number;
  /** Cells of ready rows whose numbers cannot be sent, and numbers that the choice of one number leaves out. */
  leftOut: CountedRows;
  /**
   * Rows with a note of several lines that has numbers in it, and the line of the first: stray quotes may enclose rows.
   */
  quotedNumbers: { rows: number; line: number } | null;
  /** Rows in which there is more than one number. */
  severalRows: number;
  /** The columns of a table; none for a list without columns. */
  columns: ListColumn[];
  /** The columns with the customer’s own numbers, from 0. */
  phones: number[];
  /** The column with the name, from 0; null for none, or several. */
  name: number | null;
  /** Not empty when a person must choose from these columns: then nothing is ready. */
  open: number[];
  /** The titles of the columns used; null when there are none. */
  phoneColumn: string | null;
  nameColumn: string | null;
  /** null for pasted text and workbooks. */
  encoding: TextEncoding | null;
  /** Whether names may look wrong: characters are damaged, or another encoding is nearly as likely. */
  encodingDoubtful: boolean;
  /** null for everything else. */
  workbook: ReadWorkbook | null;
  warnings: ListWarning[];
}
