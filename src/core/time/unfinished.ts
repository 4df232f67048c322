import { toAppError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import { holding, type LeaseSpec, type LeaseStore, maxLeaseMs } from './leases.ts';
import { patiently, within } from './waiting.ts';

/**
 * What is being done while a person watches, for the case that its process dies: then nobody else knows that someone
 * is shown it as going on. All throw `store_failed`.
 */
export interface UnfinishedWork {
  /** Notes work under an id of its own, for `ttlMs` at most. */
  noteWork(id: string, body: string, ttlMs: number): Promise<void>;
  /** What was noted and has not ended. */
  notedWork(): Promise<{ id: string; body: string }[]>;
  endWork(id: string): Promise<void>;
}

export interface UnfinishedDeps {
  store: UnfinishedWork & LeaseStore;
  clock: Clock;
  log: Log;
}

/** After so long nobody waits for it any more, ms. */
const notedForMs = 12 * 3_600_000;
/** So long the beginning of the work waits for the note, ms. */
const noteWithinMs = 400;
/** How often, and after how long, a store that fails is asked again to forget what has ended, ms. */
const maxTries = 600;
const askEveryMs = 1_000;

/** Held while its process lives: a process that is gone holds nothing. */
const leaseOf = (id: string): LeaseSpec => ({
  name: `work:${id}`,
  owner: crypto.randomUUID(),
  ttlMs: Math.min(60_000, maxLeaseMs),
});

/**
 * Does work with a note of it in the store, which is taken away when it ends. The work is not held up by a store that
 * does not answer.
 * @param shown shows that the work is going on: not before the note is there, if it can be.
 */
export async function noted(
  deps: UnfinishedDeps,
  { id, body }: { id: string; body: string },
  shown: () => Promise<unknown>,
  work: () => Promise<void>,
): Promise<void> {
  const { store, clock, log } = deps;
  const ended = new AbortController();
  let begun: () => void = () => undefined;
  const isNoted = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const note = async (): Promise<void> => {
    await store.noteWork(id, body, notedForMs);
    begun();
    if (!ended.signal.aborted) await new Promise((resolve) => ended.signal.addEventListener('abort', resolve));
    await patiently(
      clock,
      { maxWaits: maxTries, maxWaitMs: askEveryMs },
      () => store.endWork(id).then(() => null, toAppError),
      // What stays noted would be reported as interrupted.
      (failure) => (failure === null ? null : askEveryMs),
    );
  };
  const noting = holding({ store, clock, log }, leaseOf(id), note, () => undefined)
    .catch((thrown) => log.warn('work could not be noted', { code: toAppError(thrown).code }))
    .finally(begun);
  await within(clock, { ms: noteWithinMs }, isNoted, () => undefined);
  try {
    await shown();
    await work();
  } finally {
    ended.abort();
    await within(clock, { ms: noteWithinMs }, noting, () => undefined);
  }
}

/**
 * Reports the work whose process died, once: `report` says so to its person. What fails is reported again next time.
 */
export async function reportUnfinished(
  deps: UnfinishedDeps,
  report: (work: { id: string; body: string }) => Promise<void>,
): Promise<void> {
  const { store, log } = deps;
  for (const work of await store.notedWork()) {
    const act = async (): Promise<void> => {
      // It may have ended between the query and the lease.
      if (!(await store.notedWork()).some(({ id }) => id === work.id)) return;
      await report(work);
      await store.endWork(work.id);
    };
    await holding(deps, leaseOf(work.id), act, () => undefined).catch((thrown) =>
      log.warn('interrupted work could not be reported', { code: toAppError(thrown).code }),
    );
  }
}
