import { toAppError } from '../errors.ts';
import type { ImportRun } from '../model/import-run.ts';
import { holding } from '../time/leases.ts';
import { leaseOf } from './book.ts';
import { errorRows, hasErrorRows } from './error-rows.ts';
import { type LaunchDeps, resumeLaunch } from './launch.ts';
import { type RunOutcome, resultOf } from './ledger.ts';
import { isStartPending } from './order.ts';
import type { GiveErrorFile } from './ports.ts';
import { continueRun, type OnProgress } from './run.ts';
import { showingLeaseOf } from './showing.ts';

export interface ResumeDeps extends LaunchDeps {
  giveErrorFile: GiveErrorFile;
  /** Whether this process is about to show the result itself. */
  isShownHere?(runId: string): boolean;
}

/** What a resumed run shows, and to whom. Throws `chat_failed`: it is reported again later then. */
export interface Reporting {
  progress(run: ImportRun): Promise<OnProgress>;
  report(outcome: RunOutcome): Promise<void>;
}

/** So long a halted run waits for its person, and a file for its delivery, ms. Then its numbers are deleted. */
const maxHaltedMs = 3 * 24 * 3_600_000;

/**
 * Goes on with the runs that an interruption left behind, one after the other, and notifies their people: of how they
 * ended, of what waits for a decision, and with the file of what could not be sent. Call it from time to time: a run is
 * left alone while its process lives, and for some seconds after. What fails is tried again next time.
 * @param readable false for a task that a list should have shown and did not.
 */
export async function resumeImports(
  deps: ResumeDeps,
  reporting: Reporting,
  readable: (taskId: string) => boolean = () => true,
): Promise<void> {
  for (const run of await deps.store.openImports()) {
    if (deps.stopping?.aborted) return;
    if (!readable(run.taskId)) continue;
    try {
      await resume(deps, reporting, run);
    } catch (thrown) {
      deps.log.error('import could not be resumed', { run: run.id, code: toAppError(thrown).code });
    }
  }
}

async function resume(deps: ResumeDeps, reporting: Reporting, found: ImportRun): Promise<void> {
  let { report } = reporting;
  let run = found;
  if (run.state === 'awaiting') {
    if (deps.isShownHere?.(run.id)) return;
    await resumeLaunch(deps, run.id);
    run = (await deps.store.importRun(run.id)) ?? run;
    if (run.state === 'awaiting') return;
  }
  if (run.state === 'running' || run.state === 'cancelling') {
    const outcome = await continueRun(deps, run.id, await reporting.progress(run));
    if (outcome === null) return;
    if (outcome.result.state === 'continues') return;
    // What a start has just been answered with is not stored.
    report = (now) => reporting.report({ ...outcome, ...now });
  }
  const isWaiting = run.state === 'halted' && run.facts.reported && !isLate(deps, run);
  if (isWaiting || deps.isShownHere?.(run.id)) return;
  // Another process may have sent it, and be about to show its result.
  await holding(
    deps,
    showingLeaseOf(run.id),
    () => conclude(deps, run.id, report),
    () => undefined,
  );
}

function isLate({ clock }: ResumeDeps, { facts, createdAt }: ImportRun): boolean {
  return clock.now() - (facts.startedAt ?? createdAt) > maxHaltedMs;
}

/**
 * What is left to do for a run that has come to a halt or an end: its person is notified unless they know already, gets
 * what could not be sent, and then its numbers are deleted.
 */
export async function conclude(
  deps: ResumeDeps,
  runId: string,
  report: Reporting['report'] = async () => undefined,
): Promise<void> {
  const { store } = deps;
  const close = async (): Promise<void> => {
    const before = await store.importRun(runId);
    if (before === null) return;
    const late = isLate(deps, before);
    if (before.state === 'halted' && late && (await store.moveImport(runId, 'halted', 'stopped')))
      await store.noteRun(runId, { reported: false });
    const run = (await store.importRun(runId)) ?? before;
    if (!['halted', 'done', 'stopped'].includes(run.state)) return;
    const batches = await store.importLedger(runId);
    const outcome = await deps.around.start({ run, result: resultOf(run, batches) });
    if (isStartPending(outcome.run)) return;
    if (!run.facts.reported) {
      await report(outcome);
      await store.noteRun(runId, { reported: true });
    }
    if (run.state === 'halted') return;
    if (hasErrorRows(run, batches)) {
      const given = deps.giveErrorFile(run, errorRows(store, run, batches));
      // Numbers are not kept forever for someone who cannot be reached.
      await given.catch((thrown) => {
        if (!late) throw thrown;
      });
    }
    await store.forgetEntries(runId);
  };
  await holding(deps, leaseOf(runId), close, () => undefined);
}
