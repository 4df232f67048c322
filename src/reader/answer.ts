import type { ErrorCode, ErrorDetails } from '../core/errors.ts';
import type { ImportChoices } from '../core/model/import-choices.ts';
import type { NumberList } from '../core/model/numbers.ts';
import type { WorkbookOptions } from './workbook.ts';

/**
 * What is said between the process that reads lists and the one that answers people. Everything long goes in pieces:
 * to write or take in a whole file, or a hundred thousand entries, at once would stop that process for some tenths of a
 * second.
 */

/** The parts of a list that may have as many entries as it has rows. */
export type LongPart = 'ready' | 'rejected' | 'leftOut';

/** To the worker: the pieces of a file, then what to do with them, or with a text. */
export type WorkerTask =
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'read'; text: string | null; choices: ImportChoices | undefined; options: WorkbookOptions };

/** From the worker: the entries as JSON, some thousand at a time, then the rest of the list; or why there is none. */
export type WorkerAnswer =
  | { kind: 'entries'; part: LongPart; entries: string }
  | { kind: 'list'; list: Omit<NumberList, LongPart> }
  | { kind: 'failed'; code: ErrorCode; message: string; details: ErrorDetails };
