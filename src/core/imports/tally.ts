import { toAppError } from '../errors.ts';
import type { ImportRun } from '../model/import-run.ts';
import type { ImportTally } from '../model/record-entry.ts';
import type { Log } from '../ports.ts';
import type { Days } from '../time/days.ts';
import type { RecordWriter } from '../watch/ports.ts';
import { importEntry } from '../watch/record.ts';
import type { RunOutcome } from './ledger.ts';

const sum = (parts: readonly { count: number }[]): number => parts.reduce((total, { count }) => total + count, 0);

/** What became of a list, for the record of its task. */
export function tallyOfImport({ run, result }: Pick<RunOutcome, 'run' | 'result'>): ImportTally {
  const { rows, rejected, repeated, skipped } = run.counts;
  return {
    run: run.id,
    over: result.state === 'done' || result.state === 'stopped',
    // Without titles and empty lines.
    rows: rows - skipped,
    accepted: result.accepted,
    refused: sum(result.refused),
    present: result.present,
    unknown: result.unknown,
    unsent: result.unsent,
    withheld: sum(result.withheld),
    invalid: rejected,
    repeated,
  };
}

/** Records an import into a task that the platform does not show now, so that no reading can tell of it. Never throws. */
export async function recordUnseen(
  { store, log }: { store: RecordWriter; log: Pick<Log, 'error'> },
  run: ImportRun,
  about: { at: number; list: ImportTally; days: Days },
): Promise<void> {
  await store
    .addEntries([importEntry(run, about)])
    .catch((thrown) => log.error('an import could not be recorded', { run: run.id, code: toAppError(thrown).code }));
}
