import type { ImportBatch, ImportRun, Withholding } from '../model/import-run.ts';
import type { ListedNumber } from '../model/numbers.ts';
import type { RunDeps } from './book.ts';
import { historyOf, withholdingOf } from './withhold.ts';

/**
 * The entries in their order, `batchSize` (≥ 1) to a request.
 * @internal Exported for tests.
 */
export function planBatches(entries: readonly ListedNumber[], batchSize: number): ListedNumber[][] {
  const size = Math.max(1, Math.trunc(batchSize) || 1);
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, ordinal) =>
    entries.slice(ordinal * size, (ordinal + 1) * size),
  );
}

export interface Plan {
  batches: ImportBatch[];
  history: {
    /** Numbers that will be sent. */
    toSend: number;
    withheld: Partial<Record<Withholding, number>>;
    /** Numbers that were sent to this task before, and to any task lately, whether they will be sent or not. */
    here: number;
    recent: number;
  };
}

/** So many numbers are looked up at a time. */
const lookedUpAtOnce = 1_000;

/** Plans the batches of a list: what is not to be sent is in batches of its own, so that it is counted and given back. */
export async function planRun(deps: RunDeps, run: ImportRun, ready: readonly ListedNumber[]): Promise<Plan> {
  const { store, batchSize, rules } = deps;
  const about = { taskId: run.taskId, runId: run.id, now: run.createdAt, rules };
  const history: Plan['history'] = { toSend: 0, withheld: {}, here: 0, recent: 0 };
  const parts = new Map<Withholding | null, ListedNumber[]>([[null, []]]);
  for (let from = 0; from < ready.length; from += lookedUpAtOnce) {
    const piece = ready.slice(from, from + lookedUpAtOnce);
    const known = await historyOf(
      store,
      piece.map(({ phone }) => phone),
      about,
    );
    for (const [index, entry] of piece.entries()) {
      const found = known[index];
      if (found === undefined) continue;
      const why = withholdingOf(found, run.facts, rules);
      if (found.here) history.here += 1;
      if (found.recent > 0) history.recent += 1;
      if (why === null) history.toSend += 1;
      else history.withheld[why] = (history.withheld[why] ?? 0) + 1;
      const part = parts.get(why);
      if (part === undefined) parts.set(why, [entry]);
      else part.push(entry);
    }
  }
  const batches: ImportBatch[] = [];
  for (const [why, entries] of parts) {
    for (const part of planBatches(entries, batchSize)) {
      batches.push({
        runId: run.id,
        ordinal: batches.length,
        entries: part,
        size: part.length,
        state: why === null ? 'planned' : 'withheld',
        totalBefore: null,
        accepted: null,
        message: why,
        turn: null,
        twin: null,
      });
    }
  }
  return { batches, history };
}
