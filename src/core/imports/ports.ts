import type { PersonRef } from '../model/address.ts';
import type { ImportBatch, ImportRun, LedgerBatch, RunFacts } from '../model/import-run.ts';
import type { ListedNumber, ListPiece, NumberList, RejectedRow } from '../model/numbers.ts';
import type { ListToRead } from './read.ts';

/**
 * Reads a list with `readNumbers`, away from everything that answers people, and never far ahead of who takes its
 * pieces. Throws what that throws, what the file and `take` throw, `file_too_slow` and `file_too_complex` for a list that takes
 * more time or memory than it may, and `reader_busy`.
 */
export type ReadList = (given: ListToRead, take: TakePiece) => Promise<NumberList>;

/** Takes the pieces of a list in their order, one at a time. */
export type TakePiece = (piece: ListPiece) => Promise<void>;

export type BatchChange = Partial<Pick<LedgerBatch, 'state' | 'totalBefore' | 'accepted' | 'message' | 'turn'>>;

/** Numbers that left for a task, to be recognized later. */
export interface Sending {
  taskId: string;
  phones: readonly string[];
  /** Epoch ms. */
  at: number;
}

/**
 * The ledger of imports. Every method is atomic and safe to call from several bots; all throw `store_failed`, and those
 * that read or write numbers `numbers_key_wrong`.
 */
export interface Imports {
  addImport(run: ImportRun, batches: readonly ImportBatch[], rejected?: readonly RejectedRow[]): Promise<void>;
  /** Adds to a preview what was read since. `after`: how many calls had rejected rows before. */
  growImport(
    runId: string,
    part: { batches: readonly ImportBatch[]; rejected: readonly RejectedRow[]; after: number },
  ): Promise<void>;
  /** A preview is complete: these are its counts. */
  countImport(runId: string, counts: ImportRun['counts']): Promise<void>;
  /** Deletes a preview with all that belongs to it. */
  dropImport(runId: string): Promise<void>;
  importRun(id: string): Promise<ImportRun | null>;
  /** The newest runs first, of one task or of all, without previews. */
  importRuns(request: { taskId: string | null; limit: number }): Promise<ImportRun[]>;
  /** Runs that have numbers, or of which their person has yet to be notified, previews excepted; the oldest first. */
  openImports(): Promise<ImportRun[]>;
  /** The batches of a run in their order, without their numbers. */
  importLedger(runId: string): Promise<LedgerBatch[]>;
  /** The numbers of one batch. */
  batchEntries(runId: string, ordinal: number): Promise<ListedNumber[]>;
  /** The rows of the list that could not be read, in the pieces in which they were added; none after the last. */
  importRejects(runId: string, piece: number): Promise<RejectedRow[]>;
  /** Moves a run from one state to another; false when it was not in `from` (someone else was first). */
  moveImport(id: string, from: ImportRun['state'], to: ImportRun['state']): Promise<boolean>;
  /**
   * Gives an awaiting run the task that was created for it, and moves it to `running`; false when it is not awaiting any
   * more.
   */
  assignTask(id: string, task: { taskId: string; taskName: string }): Promise<boolean>;
  /**
   * Changes what is known of a run, if that is as `when` wants it: decided and written at once.
   * @returns whether it was.
   */
  noteRun(id: string, change: Partial<RunFacts>, when?: (facts: RunFacts) => boolean): Promise<boolean>;
  /**
   * Marks a planned batch as being sent, if its run is running and the do-not-call list is still of that version.
   * @param answered what became of another batch of the run, which is recorded in any case, at once with it.
   * @returns whether it is marked.
   */
  beginBatch(
    runId: string,
    ordinal: number,
    change: Pick<LedgerBatch, 'totalBefore' | 'turn'>,
    given?: { doNotCall?: number; answered?: { ordinal: number; change: BatchChange } },
  ): Promise<boolean>;
  /** Records what became of a batch, together with the numbers by which it is recognized later. */
  updateBatch(runId: string, ordinal: number, change: BatchChange, sent?: Sending): Promise<void>;
  /** Puts others in the place of a batch; doing it again changes nothing. */
  replaceBatch(runId: string, ordinal: number, parts: readonly ImportBatch[]): Promise<void>;
  /** Deletes the numbers of a run and closes it; counts and states are kept. */
  forgetEntries(runId: string): Promise<void>;
}

/** What is known of a number. */
export interface NumberHistory {
  doNotCall: boolean;
  /** It was sent to that task by another run. */
  here: boolean;
  /** How often it was sent to any task since the first and the second of two instants, by other runs. */
  recent: number;
  capped: number;
}

/**
 * Numbers as keyed hashes. All throw `store_failed`, and `numbers_key_wrong` when the key of the settings is not the
 * one they were hashed with: nothing is forgotten and nothing is guessed then.
 */
export interface KnownNumbers {
  /** In the order of `phones`. Instants in epoch ms. */
  numberHistory(
    phones: readonly string[],
    about: { taskId: string; runId: string; recentSince: number; cappedSince: number },
  ): Promise<NumberHistory[]>;
  /**
   * Records that numbers were sent by a run, once, however often it is called. They count as sent at the time of the
   * last.
   */
  recordSent(runId: string, sent: readonly Sending[]): Promise<void>;
  /** @returns how many of them were not on the list before. */
  addDoNotCall(phones: readonly string[], by: { person: PersonRef; at: number }): Promise<number>;
  /** @returns how many of them were on the list. */
  removeDoNotCall(phones: readonly string[]): Promise<number>;
  countDoNotCall(): Promise<number>;
  /** Rises whenever numbers are added to the list. */
  doNotCallVersion(): Promise<number>;
}

/** One line of the error file. */
export interface ErrorRow {
  why: 'rejected' | 'refused' | 'unsent' | 'unknown' | 'withheld';
  /** Line in the list; null where an earlier release stored none. */
  line: number | null;
  phone: string;
  name: string | null;
  /** The reason of a rejection or withholding, or the platform's message. */
  detail: string | null;
}

/** Gives the rows that could not be sent to the person of a run, and to nobody else. Throws `chat_failed`. */
export type GiveErrorFile = (run: ImportRun, rows: AsyncIterable<ErrorRow>) => Promise<void>;
