import { AppError, toAppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import { draftFromRaw } from '../model/fields.ts';
import type { ImportRun, RunFacts } from '../model/import-run.ts';
import type { Task } from '../model/task.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import type { CreateResult } from '../tasks/create-once.ts';
import type { Submissions } from '../tasks/ports.ts';
import { holding } from '../time/leases.ts';
import { isOverdue, leaseOf, type RunDeps } from './book.ts';
import { isConfirmed } from './confirmed.ts';
import { type RunOutcome, resultOf } from './ledger.ts';
import type { Imports } from './ports.ts';
import { continueRun, type OnProgress } from './run.ts';

/**
 * A launch creates a task, imports its first numbers and, where that was ordered, starts it: confirmed once. Its run is
 * `awaiting` while the task is being created. From the confirmation on, the store knows all that is left to do, and each
 * step is done once: the task is created by the key of its form, the numbers are sent by the ledger of the run.
 */

export interface LaunchDeps extends Omit<RunDeps, 'store'> {
  store: RunDeps['store'] & Pick<Submissions, 'submission'>;
  tasks: Pick<TaskUseCases, 'create'>;
}

/** `launched`: the task is there, and its run went on. Everything else is about the task, of which none is known. */
export type LaunchResult = { kind: 'launched'; outcome: RunOutcome } | Exclude<CreateResult, { kind: 'created' }>;

export interface Launch {
  runId: string;
  place: string | null;
  /** The channel that watches the task. */
  channel: ChannelRef;
  order: Pick<RunFacts, 'pausing' | 'start'>;
}

/**
 * Carries a launch out, once. Throws `AppError` only while nothing was confirmed: `already_sent`, `held_elsewhere` and
 * `store_failed`.
 */
export async function launchRun(
  deps: LaunchDeps,
  { runId, place, channel, order }: Launch,
  onProgress: OnProgress,
): Promise<LaunchResult> {
  const { store, clock } = deps;
  let confirmed: ImportRun | null = null;
  const create = async (): Promise<CreateResult> => {
    const run = await store.importRun(runId);
    if (run?.state !== 'preview' || run.facts.creation === null) throw alreadySent();
    const noted = { place, startedAt: clock.now(), ...order, creation: { ...run.facts.creation, channel } };
    await store.noteRun(runId, noted);
    if (!(await isConfirmed({ ...deps, run, waits: () => undefined }, 'awaiting'))) throw alreadySent();
    confirmed = { ...run, state: 'awaiting', facts: { ...run.facts, ...noted } };
    return createFor(deps, confirmed);
  };
  try {
    const created = await holding(deps, leaseOf(runId), create, () => {
      throw new AppError('held_elsewhere', 'another process carries this out');
    });
    if (created.kind === 'refused') await giveUp(deps, runId);
    if (created.kind !== 'created') return created;
    const outcome = await sent(deps, runId, onProgress);
    // Ended by its person while the task was being created: it has none in the store.
    const run = { ...outcome.run, ...assignmentOf(created.card.task) };
    return { kind: 'launched', outcome: { ...outcome, run } };
  } catch (thrown) {
    if (confirmed === null) throw thrown;
    deps.log.warn('a launch was interrupted', { run: runId, code: toAppError(thrown).code });
    // A later poll goes on with it.
    return { kind: 'launched', outcome: goingOn(confirmed) };
  }
}

/** Creates the task of a run, or finds the one that was created for it, and gives it to the run. */
async function createFor({ store, tasks }: LaunchDeps, run: ImportRun): Promise<CreateResult> {
  const { creation, person } = { ...run.facts, ...run };
  if (creation === null) throw new AppError('internal', 'this import has a task');
  const { key, raw, channel } = creation;
  const result = await tasks.create({ key, draft: draftFromRaw(raw), person, channel });
  if (result.kind === 'created') await store.assignTask(run.id, assignmentOf(result.card.task));
  return result;
}

const assignmentOf = ({ id, name }: Pick<Task, 'id' | 'name'>) => ({ taskId: id, taskName: name });

/** Sends what awaited its task. Where someone has ended the run meanwhile, or another process has it: as it is now. */
async function sent(deps: LaunchDeps, runId: string, onProgress: OnProgress): Promise<RunOutcome> {
  const outcome = await continueRun(deps, runId, onProgress);
  if (outcome !== null) return outcome;
  const run = await deps.store.importRun(runId);
  if (run === null) throw alreadySent();
  return { run, result: resultOf(run, await deps.store.importLedger(runId)) };
}

/** A run of which the store says nothing now. */
function goingOn(run: ImportRun): RunOutcome {
  const { ready } = run.counts;
  return { run, result: { ...resultOf(run, []), ready, unsent: ready } };
}

/**
 * A task was created from a form, now or long after its request: the run that awaits it gets it. Throws `store_failed`.
 */
export async function assignCreated(
  store: Pick<Imports, 'openImports' | 'assignTask'>,
  key: string,
  task: Task,
): Promise<void> {
  for (const run of await awaiting(store, key)) await store.assignTask(run.id, assignmentOf(task));
}

/** No task came of a form, and its person has it back: what awaited it is discarded. Throws `store_failed`. */
export async function abandon(
  store: Pick<Imports, 'openImports' | 'moveImport' | 'forgetEntries'>,
  { key, person }: { key: string; person: PersonRef },
): Promise<void> {
  const own = (await awaiting(store, key)).filter((run) => run.person === person);
  for (const { id } of own) if (await store.moveImport(id, 'awaiting', 'discarded')) await store.forgetEntries(id);
}

async function awaiting(store: Pick<Imports, 'openImports'>, key: string): Promise<ImportRun[]> {
  return (await store.openImports()).filter(({ state, facts }) => state === 'awaiting' && facts.creation?.key === key);
}

async function giveUp({ store, log }: LaunchDeps, runId: string): Promise<void> {
  try {
    if (await store.moveImport(runId, 'awaiting', 'discarded')) await store.forgetEntries(runId);
  } catch (thrown) {
    // It is ended by a later poll, as the task was refused.
    log.warn('numbers without a task could not be deleted yet', { run: runId, code: toAppError(thrown).code });
  }
}

/**
 * Goes on with a run whose process died before it had its task, as far as that can be done without a guess: what became
 * of a request that was sent is for a poll to find out. A run that gets no task is `stopped`. Throws `AppError`.
 */
export async function resumeLaunch(deps: LaunchDeps, runId: string): Promise<void> {
  const { store } = deps;
  const goOn = async (): Promise<void> => {
    const run = await store.importRun(runId);
    const creation = run?.facts.creation ?? null;
    if (run?.state !== 'awaiting' || creation === null) return;
    const submission = await store.submission(creation.key);
    if (submission?.state === 'done' && submission.taskId !== null) {
      await store.assignTask(runId, { taskId: submission.taskId, taskName: run.taskName });
      return;
    }
    if (submission?.state === 'refused' || isOverdue({ ...deps, run })) return withoutTask(deps, run, null);
    if (submission !== null) return;
    const result = await createFor(deps, run);
    if (result.kind === 'refused') await withoutTask(deps, run, result.error);
  };
  await holding(deps, leaseOf(runId), goOn, () => undefined);
}

async function withoutTask({ store }: LaunchDeps, { id, facts }: ImportRun, by: AppError | null): Promise<void> {
  const haltedBy = by && { code: by.code, platformMessage: by.details.platformMessage ?? null };
  const start = facts.start && { ...facts.start, state: 'nothing' as const };
  await store.noteRun(id, { haltedBy, start, reported: false });
  await store.moveImport(id, 'awaiting', 'stopped');
}

function alreadySent(): AppError {
  return new AppError('already_sent', 'this was carried out or discarded before');
}
