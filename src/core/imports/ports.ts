import type { ImportBatch, ImportRun } from '../model/import-run.ts';
import type { NumberList } from '../model/numbers.ts';
import type { GivenList } from './read.ts';

/**
 * Reads a list with `readNumbers`, away from everything that answers people. Throws what that throws, `file_too_slow`
 * and `file_too_complex` for a list that takes more time or memory than it may, and `reader_busy`.
 */
export type ReadList = (given: GivenList) => Promise<NumberList>;

/** The ledger of imports. Every method is atomic and safe to call from several bots; all throw `store_failed`. */
export interface Imports {
  addImport(run: ImportRun, batches: ImportBatch[]): Promise<void>;
  importRun(id: string): Promise<ImportRun | null>;
  importBatches(runId: string): Promise<ImportBatch[]>;
  runningImports(): Promise<ImportRun[]>;
  /** Moves a run from one state to another; false when it was not in `from` (someone else was first). */
  moveImport(id: string, from: ImportRun['state'], to: ImportRun['state']): Promise<boolean>;
  updateBatch(
    runId: string,
    ordinal: number,
    change: Partial<Pick<ImportBatch, 'state' | 'totalBefore' | 'accepted' | 'message'>>,
  ): Promise<void>;
  /** Deletes the numbers of a run; counts and states are kept. */
  forgetEntries(runId: string): Promise<void>;
}
