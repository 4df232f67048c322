import { AppError } from '../errors.ts';
import type { ImportBatch, ImportRun, LedgerBatch } from '../model/import-run.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import type { Lease, LeaseSpec, LeaseStore } from '../time/leases.ts';
import type { RunOutcome } from './ledger.ts';
import { askEveryMs, outlasting, type Waiting } from './outage.ts';
import type { Imports, KnownNumbers, Sending } from './ports.ts';

/** How often a number may be sent to any task, and over how long; and what counts as recent. */
export interface SendRules {
  /** null: as often as people like. */
  cap: { times: number; withinMs: number } | null;
  recentMs: number;
}

/** What is done with the task of a run around the sending, while the run is held. */
export interface AroundSending {
  /** Pauses the task where that was ordered. Returns why it could not: then nothing may be sent. */
  pause(run: ImportRun): Promise<AppError | null>;
  /** The sending has come to a halt or an end: records it with the task. */
  ended(outcome: RunOutcome): Promise<void>;
  /** Starts the task where that was ordered and is due. Never throws. */
  start(outcome: RunOutcome): Promise<RunOutcome>;
}

export interface RunDeps {
  store: Imports & KnownNumbers & LeaseStore;
  dialer: Dialer;
  clock: Clock;
  log: Log;
  batchSize: number;
  rules: SendRules;
  around: AroundSending;
  /** Aborted when the process stops: the batch in progress is finished, the rest goes on when a process runs again. */
  stopping?: AbortSignal;
}

/** A run while its lease is held. */
export interface OpenRun extends RunDeps, Waiting {
  run: ImportRun;
  /** Updated along with the ledger. */
  batches: LedgerBatch[];
  lease: Lease;
}

/** A killed process stops renewing; after this, another may go on with its run, ms. */
export const runLeaseMs = 30_000;

/** The lease to work on a run: only its holder does. */
export function leaseOf(runId: string): LeaseSpec {
  return { name: `import:${runId}`, owner: crypto.randomUUID(), ttlMs: runLeaseMs };
}

/**
 * Writes the ledger first: memory is never ahead of what a restart would find. A store that fails is waited for, because
 * what became of a batch is known here alone.
 */
export async function note(
  open: OpenRun,
  batch: LedgerBatch,
  change: Parameters<Imports['updateBatch']>[2],
  sent?: Sending,
): Promise<void> {
  await outlasting(open, () => open.store.updateBatch(batch.runId, batch.ordinal, change, sent));
  Object.assign(batch, change);
}

/** Puts parts in the place of a batch, in the store and then in memory, as `note`. They come after all others. */
export async function replace(
  open: OpenRun,
  batch: LedgerBatch,
  parts: (first: number) => ImportBatch[],
): Promise<void> {
  const { store, batches } = open;
  const added = parts(1 + batches.reduce((last, { ordinal }) => Math.max(last, ordinal), 0));
  await outlasting(open, () => store.replaceBatch(batch.runId, batch.ordinal, added));
  batches.splice(batches.indexOf(batch), 1);
  batches.push(...added.map(({ entries: _, ...one }) => one));
}

export async function phonesOf({ store }: Pick<RunDeps, 'store'>, { runId, ordinal }: LedgerBatch): Promise<string[]> {
  return (await store.batchEntries(runId, ordinal)).map(({ phone }) => phone);
}

/**
 * Waits until the store answers again, and takes over what it has: memory may be behind it. Throws `held_elsewhere` when
 * another process has taken the run meanwhile, and what `outlasting` throws.
 */
export async function recovered(open: OpenRun): Promise<void> {
  const { store, clock, stopping, lease, run, batches, waits } = open;
  waits('store');
  await clock.sleep(askEveryMs, stopping);
  const ledger = await outlasting(open, async () => {
    if (!(await lease.isHeld())) throw new AppError('held_elsewhere', 'another process goes on with this import');
    return store.importLedger(run.id);
  });
  batches.splice(0, batches.length, ...ledger);
}

/** After so long nobody expects the calls any more, ms. */
const maxUnattendedMs = 12 * 3_600_000;

export function isOverdue({ run, clock }: Pick<OpenRun, 'run' | 'clock'>): boolean {
  return clock.now() - (run.facts.startedAt ?? run.createdAt) > maxUnattendedMs;
}
