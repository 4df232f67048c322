import type { ErrorCode, ErrorDetails } from '../core/errors.ts';
import type { ImportChoices } from '../core/model/import-choices.ts';
import type { NumberList } from '../core/model/numbers.ts';
import type { WorkbookOptions } from './workbook.ts';

/**
 * What is said between the process that reads lists and the one that answers people. Everything long goes in pieces:
 * to write or take in a whole file, or a hundred thousand entries, at once would stop that process for some tenths of a
 * second. The bytes of a file are no messages: the worker reads them from its standard input to where they stay, as each
 * message leaves copies behind that take as much memory as the file.
 */

/**
 * To the worker: that a file begins, and how large it may be; how many of its bytes come next; then what to do with them,
 * or with a text; then, for each piece of the list, the next one.
 */
export type WorkerTask =
  | { kind: 'file'; maxBytes: number }
  | { kind: 'bytes'; length: number }
  | { kind: 'read'; text: string | null; choices: ImportChoices | undefined; options: WorkbookOptions }
  | { kind: 'next' };

/** From the worker: pieces of the list as JSON, then what is to be said of the whole; or why there is none. */
export type WorkerAnswer =
  | { kind: 'piece'; piece: string }
  | { kind: 'list'; list: NumberList }
  | { kind: 'failed'; code: ErrorCode; message: string; details: ErrorDetails };

/** The worker is at most so many pieces ahead of the one that takes them. */
export const maxAhead = 2;
