import type { ImportBatch, ImportRun, Withholding } from '../model/import-run.ts';
import type { ListedNumber, RejectedRow } from '../model/numbers.ts';
import type { RunDeps } from './book.ts';
import type { TakePiece } from './ports.ts';
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

/** What is known of the numbers of a list. */
export interface ListHistory {
  /** Numbers that will be sent. */
  toSend: number;
  withheld: Partial<Record<Withholding, number>>;
  /** Numbers that were sent to this task before, and to any task lately, whether they will be sent or not. */
  here: number;
  recent: number;
}

export interface Plan {
  readonly run: ImportRun;
  readonly history: ListHistory;
  take: TakePiece;
  /** The list was read to its end: plans what is left, and says whether there is a preview now. */
  complete(counts: ImportRun['counts']): Promise<boolean>;
  /** Deletes what was planned. */
  drop(): Promise<void>;
}

/** So many numbers are looked up at a time. */
const lookedUpAtOnce = 1_000;
/** So many numbers and rejected rows are written at a time: each time costs a write to the disk. */
const writtenAtOnce = 1_000;

/**
 * Plans the batches of a list while it is being read, and writes them into the ledger piece by piece. What is not to be
 * sent is in batches of its own, so that it is counted and given back. Until the list is complete nobody knows the id of
 * the run; one whose process dies is deleted like a preview that was left.
 */
export function planRun(deps: RunDeps, run: ImportRun): Plan {
  const { store, rules } = deps;
  const about = { taskId: run.taskId, runId: run.id, now: run.createdAt, rules };
  const batchSize = Math.max(1, Math.trunc(deps.batchSize) || 1);
  const history: ListHistory = { toSend: 0, withheld: {}, here: 0, recent: 0 };
  /** By why they are not sent; fewer than a batch takes. */
  const waiting = new Map<Withholding | null, ListedNumber[]>();
  let ordinal = 0;
  let isBegun = false;
  let rejectPieces = 0;
  /** What is not written so far. */
  let next: { batches: ImportBatch[]; rejected: RejectedRow[]; rows: number } = { batches: [], rejected: [], rows: 0 };

  const batchOf = (why: Withholding | null, entries: ListedNumber[]): ImportBatch => ({
    runId: run.id,
    ordinal: ordinal++,
    entries,
    size: entries.length,
    state: why === null ? 'planned' : 'withheld',
    totalBefore: null,
    accepted: null,
    message: why,
    turn: null,
    twin: null,
  });
  const write = async (): Promise<void> => {
    const { batches, rejected } = next;
    next = { batches: [], rejected: [], rows: 0 };
    if (!isBegun) await store.addImport(run, batches, rejected);
    else if (batches.length + rejected.length > 0)
      await store.growImport(run.id, { batches, rejected, after: rejectPieces });
    isBegun = true;
    if (rejected.length > 0) rejectPieces += 1;
  };
  const judge = async (entries: readonly ListedNumber[]): Promise<void> => {
    const phones = entries.map(({ phone }) => phone);
    const known = await historyOf(store, phones, about);
    for (const [index, entry] of entries.entries()) {
      const found = known[index];
      if (found === undefined) continue;
      const why = withholdingOf(found, run.facts, rules);
      if (found.here) history.here += 1;
      if (found.recent > 0) history.recent += 1;
      if (why === null) history.toSend += 1;
      else history.withheld[why] = (history.withheld[why] ?? 0) + 1;
      const part = waiting.get(why);
      if (part === undefined) waiting.set(why, [entry]);
      else part.push(entry);
    }
  };

  const drop = async (): Promise<void> => {
    if (isBegun) await store.dropImport(run.id);
  };

  return {
    run,
    history,
    drop,
    async take({ ready, rejected }) {
      for (let from = 0; from < ready.length; from += lookedUpAtOnce)
        await judge(ready.slice(from, from + lookedUpAtOnce));
      for (const [why, entries] of waiting) {
        // What does not fill a batch waits for the next piece.
        const whole = entries.splice(0, entries.length - (entries.length % batchSize));
        for (const part of planBatches(whole, batchSize)) next.batches.push(batchOf(why, part));
      }
      next.rejected.push(...rejected);
      next.rows += ready.length + rejected.length;
      if (next.rows >= writtenAtOnce) await write();
    },
    async complete(counts) {
      if (history.toSend === 0) {
        await drop();
        return false;
      }
      const left = [...waiting].filter(([, entries]) => entries.length > 0);
      next.batches.push(...left.map(([why, entries]) => batchOf(why, entries)));
      await write();
      await store.countImport(run.id, counts);
      return true;
    },
  };
}
