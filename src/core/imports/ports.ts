import type { ImportBatch, ImportRun } from '../model/import-run.ts';

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
