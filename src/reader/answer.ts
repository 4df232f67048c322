import type { ErrorCode, ErrorDetails } from '../core/errors.ts';
import type { GivenList } from '../core/imports/read.ts';
import type { NumberList } from '../core/model/numbers.ts';
import type { WorkbookOptions } from './workbook.ts';

/** The parts of a list that may have as many entries as it has rows. */
type LongPart = 'ready' | 'rejected' | 'leftOut';

/** What the worker is given for one list. */
export interface WorkerTask {
  given: GivenList;
  options: WorkbookOptions;
}

/**
 * What the worker answers for one list. Entries come as JSON, some thousand to a part: to take in a hundred thousand
 * objects at once would stop the process for a tenth of a second.
 */
export type WorkerAnswer =
  | { ok: true; list: Omit<NumberList, LongPart>; parts: Record<LongPart, string[]> }
  | { ok: false; code: ErrorCode; message: string; details: ErrorDetails };
