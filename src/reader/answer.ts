import type { ErrorCode } from '../core/errors.ts';
import type { NumberList } from '../core/model/numbers.ts';

/**
 * What the worker answers for one list. Entries come as JSON, some thousand to a part: to take in a hundred thousand
 * objects at once would stop the process for a tenth of a second.
 */
export type WorkerAnswer =
  | { ok: true; list: Omit<NumberList, 'ready' | 'rejected'>; ready: string[]; rejected: string[] }
  | { ok: false; code: ErrorCode; message: string };
