import { type ErrorCode, toAppError } from '../errors.ts';
import type { LeftReason, StopInForce, StoppedTask } from '../model/emergency-stop.ts';
import type { Dialer } from '../ports.ts';
import { createHasStarted } from '../tasks/has-started.ts';
import type { StartResult } from '../tasks/requests.ts';
import { createSharedLook } from '../tasks/shared-look.ts';
import type { Resuming } from '../tasks/start-gate.ts';
import { startPatience, waitsOfStart } from '../tasks/start-patiently.ts';
import { botLeaseMs } from '../time/bot-lease.ts';
import { patiently } from '../time/waiting.ts';
import type { StopDeps } from './deps.ts';
import type { Pausing } from './pausing.ts';
import type { Turn } from './turns.ts';

/** What came of a task of the set: settled, or why nothing more is started for now. */
type Again = 'settled' | 'barred' | 'closed' | 'later';

export interface StartAgainDeps
  extends Pick<StopDeps, 'store' | 'clock' | 'log' | 'newId' | 'tasks' | 'metadata' | 'signal'> {
  dialer: Pick<Dialer, 'list'>;
  /** Whether the schedule of a task has wanted it paused since an instant (epoch ms). Throws `store_failed`. */
  isPausedBySchedule(taskId: string, since: number): Promise<boolean>;
}

/** One look at the platform serves the starts of so many ms: a start whose turn comes later is judged anew anyway. */
const maxLookMs = 2_500;

/** How long an action of a process that died keeps its task at most, and a little more, ms. */
const actingMs = botLeaseMs + 3_000;

/** A start whose outcome is not known is looked for, and tried again where the platform shows that it had no effect. */
const maxAttempts = 3;

/** How long after a failure that had no effect a start is tried again, ms; after that, nothing is started for now. */
const failurePausesMs = [500, 1_500, 4_000];

type StartAgain = (stop: StopInForce, task: StoppedTask, turn: Turn) => Promise<Again>;

/**
 * Starts one task of the set that a stop has paused, when its turn comes, through the preflight and at most once: the
 * attempt is stored before its request, and only the last attempt may send one. One that was cut off is looked for first,
 * and one that is not known to be paused is paused once more, which holds up no other. Never throws.
 */
export function createStartAgain(deps: StartAgainDeps, pausing: Pick<Pausing, 'these'>): StartAgain {
  const { store, log, newId, signal, clock } = deps;
  const lookAt = createSharedLook(deps, maxLookMs);

  /** null: someone else settled the task meanwhile. */
  const send = async (
    stop: StopInForce,
    { taskId, left, accepted }: StoppedTask,
    { attempt, turn, look }: Pick<Resuming, 'attempt' | 'look'> & { turn: Turn },
  ): Promise<StartResult | null> => {
    const { id: stopId, round, resumedBy } = stop;
    const begun = await store.moveStopped({ stopId, taskId, from: ['paused'] }, { state: 'begun', attempt });
    if (!begun || resumedBy === null) return null;
    const { person, channel } = resumedBy;
    const resuming = { stopId, round, attempt, turn, look };
    const asked = { agreed: left, accepted, ofStop: true, resuming };
    const request = { taskId, person, channel, ...asked };
    const waitOfStart = waitsOfStart();
    let failures = 0;
    const waitOf = (answer: StartResult): number | null => {
      if (isHalted(answer)) return null;
      const wait = waitOfStart(answer) ?? (barOf(answer) === 'later' ? failurePausesMs[failures++] : null) ?? null;
      // What acts on it holds up this one alone.
      if (answer.kind === 'busy') letPass(turn);
      // A platform that wants to be left alone, or fails, would refuse the next one as well.
      else if (wait !== null) turn.returns();
      return wait;
    };
    return patiently(clock, { ...startPatience, signal }, () => deps.tasks.start(request), waitOf);
  };

  const hasStarted = createHasStarted({ ...deps, actingMs });

  /** null once the task is known to be paused. */
  const pauseOnce = async (stop: StopInForce, task: StoppedTask): Promise<'settled' | 'barred' | null> => {
    await pausing.these(stop, [task]);
    const now = await store.stopOf(stop.id);
    if (now?.state !== stop.state || now.round !== stop.round) return 'barred';
    const of = { stopId: stop.id, taskId: task.taskId, from: ['wanted'] } as const;
    return (await store.moveStopped(of, { state: 'left', why: 'not_paused' })) ? 'settled' : null;
  };

  const again: StartAgain = async (stop, task, turn) => {
    const { taskId } = task;
    /** The last one: none that was overtaken settles what another process began. */
    let attempt = task.attempt ?? '';
    const settle = (change: Pick<StoppedTask, 'state'> & Partial<Pick<StoppedTask, 'why'>>): Promise<boolean> =>
      store.moveStopped({ stopId: stop.id, taskId, from: ['begun'], attempt }, { attempt: null, ...change });

    // Neither is as it was when its turn would have come.
    if (task.state !== 'paused') letPass(turn);
    const unpaused = task.state === 'wanted' ? await pauseOnce(stop, task) : null;
    if (unpaused !== null) return unpaused;
    let isLost = task.state === 'begun';
    // What this process does to the task is not in a list that was asked for before.
    let changedAt = isLost || task.state === 'wanted' ? clock.elapsed() : Number.NEGATIVE_INFINITY;
    const look = () => lookAt(changedAt);
    for (let attempts = 1; ; attempts += 1) {
      if (isLost) {
        const started = await hasStarted(taskId);
        if (started === null) return 'later';
        const now = started ? 'started' : attempts > maxAttempts ? 'left' : 'paused';
        const settled = await settle({ state: now, ...(now === 'left' && { why: 'unknown' as const }) });
        if (!settled || now !== 'paused') return 'settled';
      }
      if (signal.aborted) return 'later';
      if (await deps.isPausedBySchedule(taskId, stop.at)) {
        await store.moveStopped({ stopId: stop.id, taskId, from: ['paused'] }, { state: 'withdrawn' });
        return 'settled';
      }
      attempt = newId();
      const answer = await send(stop, task, { attempt, turn, look });
      if (answer === null) return 'settled';
      changedAt = clock.elapsed();
      // A list that lags shows a task on that the stop has just paused.
      isLost = answer.kind === 'unknown' || isOnAlready(answer);
      if (isLost) continue;
      const bar = barOf(answer);
      const isSettled = await settle(bar === null ? becomes(answer) : { state: 'paused' });
      // What bars one task alone is that someone has paused it since.
      return isSettled ? (bar ?? 'settled') : 'settled';
    }
  };

  return (stop, task, turn) =>
    again(stop, task, turn).catch((thrown) => {
      const { code, message } = toAppError(thrown);
      log.error('a task could not be started again yet', { task: task.taskId, code, reason: message });
      return 'later';
    });
}

/** Holds up no other task. */
function letPass(turn: Turn): void {
  turn.leaves();
  turn.answered();
}

function isOnAlready(answer: StartResult): boolean {
  return answer.kind === 'stopped' && answer.preflight.items.some(({ code }) => code === 'already_started');
}

/** An earlier task could not be started for now, so nothing was sent. */
function isHalted(answer: StartResult): boolean {
  return answer.kind === 'refused' && answer.error.code === 'already_resuming';
}

/** Nothing was sent, and nothing would be for the next task. */
function barOf(answer: StartResult): Exclude<Again, 'settled'> | null {
  if (answer.kind !== 'refused') return null;
  return barring.get(answer.error.code) ?? null;
}

const barring = new Map<ErrorCode, Exclude<Again, 'settled'>>([
  ['calling_stopped', 'barred'],
  ['outside_legal_hours', 'closed'],
  ['already_resuming', 'later'],
  ['store_failed', 'later'],
  ['platform_unreachable', 'later'],
  ['platform_timeout', 'later'],
  ['platform_server_error', 'later'],
  ['platform_unauthorized', 'later'],
  ['platform_other_account', 'later'],
  ['platform_rate_limited', 'later'],
]);

function becomes(answer: StartResult): Pick<StoppedTask, 'state'> & { why: LeftReason | null } {
  switch (answer.kind) {
    case 'done':
      return { state: 'started', why: null };
    case 'overtaken':
      return { state: 'withdrawn', why: null };
    case 'stopped':
      return { state: 'left', why: 'stopped' };
    case 'ask':
      return { state: 'left', why: 'asks' };
    case 'refused':
      return { state: 'left', why: answer.error.code === 'task_gone' ? 'gone' : 'refused' };
    default:
      return { state: 'left', why: answer.kind };
  }
}
