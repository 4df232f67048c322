import { AppError, toAppError } from '../errors.ts';
import type { ImportRun, RunFacts, RunStart, RunStartState } from '../model/import-run.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import { listedTask } from '../tasks/listed-task.ts';
import type { StartResult } from '../tasks/requests.ts';
import { startPatiently } from '../tasks/start-patiently.ts';
import type { AroundSending } from './book.ts';
import type { ImportResult, RunOutcome } from './ledger.ts';
import type { Imports } from './ports.ts';

/**
 * What a person may order together with an import: the start of the task once everything is settled, or that with a
 * pause of the task before.
 */
export const runOrders = ['import_start', 'pause_import_start'] as const;
export type RunOrder = (typeof runOrders)[number];

/**
 * An order, and how many calls the person has agreed to: a start asks about more. `asOf`: what the gate of starts said
 * when they were asked: a start asks anew after an emergency stop; null where that is not known. `accepted`: what spoke
 * against it then.
 */
export interface Ordered {
  order: RunOrder;
  agreed: number;
  asOf: number | null;
  accepted?: readonly string[];
}

/** An order as it is stored with the run. */
export function orderFacts(ordered: Ordered | null): Pick<RunFacts, 'pausing' | 'start'> {
  return {
    pausing: ordered?.order === 'pause_import_start' ? 'wanted' : 'no',
    start: ordered === null ? null : wanted(ordered),
  };
}

function wanted({ agreed, asOf, accepted = [] }: Ordered): RunStart {
  return { state: 'wanted', agreed, asOf, accepted: [...accepted], because: null };
}

export interface OrderDeps {
  store: Pick<Imports, 'noteRun' | 'importRun'>;
  dialer: Dialer;
  tasks: Pick<TaskUseCases, 'start' | 'pause'>;
  clock: Pick<Clock, 'sleep'>;
  log: Pick<Log, 'info' | 'error'>;
  /** Aborted when the process stops. */
  stopping?: AbortSignal;
}

/** Carries out, around the sending of a run, what its person ordered. */
export function createOrders(deps: OrderDeps): Pick<AroundSending, 'pause' | 'start'> {
  const { log, stopping } = deps;
  return {
    async pause(run) {
      const { pausing } = run.facts;
      if (pausing === 'no' || pausing === 'done') return null;
      try {
        return await pauseFirst(deps, run);
      } catch (thrown) {
        return toAppError(thrown);
      }
    },

    async start(outcome) {
      const { run } = outcome;
      const { start } = run.facts;
      if (start === null || !isStartPending(run)) return outcome;
      const settled = (from: RunStartState, state: RunStartState, answer?: StartResult) =>
        noted(deps, outcome, { from, start: { ...start, state, because: reasonOf(answer) }, answer });
      try {
        // The process that began it died.
        if (start.state === 'begun') return await settled('begun', 'unknown');
        if (outcome.result.state === 'continues') return outcome;
        const obstacle = obstacleTo(outcome.result);
        if (obstacle !== null) return await settled('wanted', obstacle);
        if (stopping?.aborted) return outcome;
        const begun = await settled('wanted', 'begun');
        // Withdrawn meanwhile.
        if (begun.run.facts.start?.state !== 'begun') return begun;
        const answer = await startOnce(deps, outcome, start);
        log.info('import followed by a start', { run: run.id, task: run.taskId, outcome: answer.kind });
        return await settled('begun', stateOf(answer), answer);
      } catch (thrown) {
        log.error('the start after an import could not be settled', { run: run.id, code: toAppError(thrown).code });
        return outcome;
      }
    },
  };
}

/** Whether a start has been ordered and nothing final is known of it. */
export function isStartPending({ facts }: Pick<ImportRun, 'facts'>): boolean {
  return facts.start?.state === 'wanted' || facts.start?.state === 'begun';
}

/** Which start can be withdrawn: one whose request may have left cannot. */
const isWithdrawable = ({ start }: RunFacts): boolean => start?.state === 'wanted';

/** An import is ended, or its task was paused: it does not start it any more. Throws `store_failed`. */
export async function withdrawStart(
  store: Pick<Imports, 'noteRun'>,
  { id, facts }: ImportRun,
  state: 'overtaken' | 'cancelled',
): Promise<void> {
  const { start } = facts;
  if (start !== null && isWithdrawable(facts)) await store.noteRun(id, { start: { ...start, state } }, isWithdrawable);
}

/**
 * Tasks are being paused: no import of these starts its task any more. Throws `store_failed`.
 * @returns the tasks whose start had begun by then, which only a pause undoes.
 */
export async function withdrawStartsOf(
  store: Pick<Imports, 'noteRun' | 'openImports' | 'importRun'>,
  isMeant: (run: ImportRun) => boolean,
): Promise<string[]> {
  const begun: string[] = [];
  for (const run of (await store.openImports()).filter((one) => one.facts.start !== null && isMeant(one))) {
    await withdrawStart(store, run, 'overtaken');
    if ((await store.importRun(run.id))?.facts.start?.state === 'begun') begun.push(run.taskId);
  }
  return begun;
}

/** What keeps the task of a run from being started; null when everything is settled. */
function obstacleTo(result: ImportResult): RunStartState | null {
  if (result.state !== 'done' || result.unknown > 0 || result.unsent > 0) return 'incomplete';
  return result.accepted + result.present > 0 ? null : 'nothing';
}

async function pauseFirst({ store, dialer, tasks }: OrderDeps, run: ImportRun): Promise<AppError | null> {
  const { id, taskId, person, channel, facts } = run;
  if (facts.pausing === 'wanted') {
    const task = await listedTask(dialer, taskId);
    if (!task.started) {
      // It was on when that was ordered, so someone has paused it since.
      await store.noteRun(id, { pausing: 'no' });
      await withdrawStart(store, run, 'overtaken');
      return null;
    }
    await store.noteRun(id, { pausing: 'begun' });
  }
  const result = await tasks.pause({ taskId, person, channel, keeping: id });
  if (result.kind === 'done') {
    await store.noteRun(id, { pausing: 'done' });
    return null;
  }
  if (result.kind === 'refused') await store.noteRun(id, { pausing: 'wanted' });
  return result.kind === 'busy' ? new AppError('held_elsewhere', 'another action is in progress') : result.error;
}

/** One start, by the preflight. */
function startOnce({ tasks, clock, stopping }: OrderDeps, { run, result }: RunOutcome, start: RunStart) {
  const { taskId, person, channel } = run;
  const arrived = result.taken ?? result.grown ?? result.accepted;
  const { agreed, asOf, accepted } = start;
  return startPatiently(
    { tasks, clock, signal: stopping },
    { taskId, person, channel, agreed, asOf, accepted, arrived },
  );
}

function stateOf(answer: StartResult): RunStartState {
  if (answer.kind === 'done') return 'started';
  if (answer.kind === 'ask') return 'asks';
  if (answer.kind !== 'stopped') return answer.kind;
  return answer.preflight.items.some(({ code }) => code === 'already_started') ? 'running' : 'stopped';
}

function reasonOf(answer: StartResult | undefined): RunStart['because'] {
  if (answer?.kind !== 'refused') return null;
  const { code, details } = answer.error;
  return { code, platformMessage: details.platformMessage ?? null };
}

/** Writes down what became of the start, unless that has changed meanwhile; the run as it is then. */
async function noted(
  { store }: OrderDeps,
  outcome: RunOutcome,
  { from, start, answer }: { from: RunStartState; start: RunStart; answer: StartResult | undefined },
): Promise<RunOutcome> {
  await store.noteRun(outcome.run.id, { start }, (facts) => facts.start?.state === from);
  const run = (await store.importRun(outcome.run.id)) ?? outcome.run;
  return { ...outcome, run, ...(answer !== undefined && { answer }) };
}
