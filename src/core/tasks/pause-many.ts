import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { SubscriptionScope } from '../model/subscription.ts';
import type { Task } from '../model/task.ts';
import type { Clock } from '../ports.ts';
import { covers } from '../subscriptions/audience.ts';
import { patiently, within } from '../time/waiting.ts';
import type { Board } from '../watch/board.ts';
import type { TaskUseCases } from './actions.ts';
import type { ActionResult } from './requests.ts';

type NamedTask = Pick<Task, 'id' | 'name'>;

/** A task, and what came of its pause. */
interface Attempted {
  task: NamedTask;
  result: ActionResult;
}

/** A task that may still be making calls, and why; one that was deleted meanwhile makes none. */
export interface NotPaused {
  task: NamedTask;
  result: Exclude<ActionResult, { kind: 'done' }>;
}

interface PausedMany {
  /** In the order in which they were paused. */
  paused: CardData[];
  failed: NotPaused[];
  /** The list could not be read: a task that was switched on a moment ago may be missing. */
  isIncomplete: boolean;
}

/** Which tasks are to be paused: those that a subscription would cover, or those that a person chose. */
export type PauseScope = SubscriptionScope | { kind: 'chosen'; taskIds: ReadonlySet<string> };

export type PauseMany = (request: { scope: PauseScope; person: PersonRef; channel: ChannelRef }) => Promise<PausedMany>;

export interface PauseManyDeps {
  board: Pick<Board, 'all' | 'get'>;
  clock: Clock;
  /** Every task of the account, read from the platform. */
  list(): Promise<readonly Task[]>;
  pause: TaskUseCases['pause'];
  /**
   * Keeps imports into these tasks from starting them. Returns the tasks whose start is on its way already. Never throws.
   */
  withdrawStarts(isMeant: (taskId: string) => boolean): Promise<ReadonlySet<string>>;
  /** Called with those that a reading shows to be on, before the first of them is paused. Never throws. */
  found?(tasks: readonly Task[]): Promise<void>;
  /** How often a pause that failed is asked for again, and how long after the first one no more, ms; never if absent. */
  again?: { passes: number; withinMs: number };
  /** Pauses under way at a time. */
  maxInFlight: number;
  /** Aborted when the process stops. */
  signal: AbortSignal;
}

/** The answer waits no longer for our store, ms. */
const withdrawnWithinMs = 3_000;

/** A platform that asks to wait for longer, or more often for one task, is not asked again. */
const patience = { maxWaits: 20, maxWaitMs: 60_000 };

/**
 * Pauses everything of a kind that is on. What is known leaves at once; meanwhile the list is read, and what it shows
 * besides follows. A task that is paused by itself at this moment is none the worse for a second pause. Never throws.
 */
export function createPauseMany(deps: PauseManyDeps): PauseMany {
  const { board, clock, list, pause, found = async () => {}, again, maxInFlight, signal } = deps;

  return async ({ scope, person, channel }) => {
    const outcomes = new Map<string, Attempted>();
    /** Until when the platform wants to be left alone, by `Clock.elapsed`: one refusal holds for all. */
    let quietUntil = Number.NEGATIVE_INFINITY;
    const isMeant = (task: Task): boolean =>
      scope.kind === 'chosen'
        ? scope.taskIds.has(task.id)
        : covers({ scope }, { task, runBy: board.get(task.id)?.runBy ?? null });

    const send = async ({ id, name }: NamedTask): Promise<void> => {
      const attempt = async (): Promise<ActionResult> => {
        const wait = quietUntil - clock.elapsed();
        if (wait > 0) await clock.sleep(wait, signal);
        const result = await pause({ taskId: id, person, channel, together: true });
        const asked = waitOf(result);
        if (asked !== null) quietUntil = Math.max(quietUntil, clock.elapsed() + Math.min(asked, patience.maxWaitMs));
        return result;
      };
      const result = await patiently(clock, { ...patience, signal }, attempt, (made) =>
        // The wait itself is the one that holds for all.
        waitOf(made) === null ? null : 0,
      );
      outcomes.set(id, { task: { id, name }, result });
    };
    const sendAll = async (tasks: readonly NamedTask[]): Promise<void> => {
      const waiting = [...tasks];
      const next = async (): Promise<void> => {
        for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await send(task);
      };
      await Promise.all(Array.from({ length: Math.min(maxInFlight, waiting.length) }, next));
    };

    const reading = list().catch(() => null);
    const withdrawing = deps.withdrawStarts((taskId) => {
      const known = board.get(taskId)?.task;
      if (known === undefined) return scope.kind === 'all' || (scope.kind === 'chosen' && scope.taskIds.has(taskId));
      return isMeant(known);
    });
    const known = board.all().flatMap(({ task, state }) => (state === 'gone' ? [] : [task]));
    const isOn = (task: Task): boolean => task.started && isMeant(task);
    const knownOn = known.filter(isOn);
    await found(knownOn);
    await sendAll(knownOn);
    const soon = within<ReadonlySet<string>, ReadonlySet<string>>(
      clock,
      { ms: withdrawnWithinMs },
      withdrawing,
      () => new Set(),
    );
    const [listed, starting] = await Promise.all([reading, soon]);
    const others = (listed ?? known).filter(({ id }) => !outcomes.has(id));
    if (listed !== null) await found(others.filter(isOn));
    await sendAll(others.filter((task) => starting.has(task.id) || isOn(task)));
    const isOver = ({ task: { id }, result }: Attempted): boolean =>
      isGone(result) ||
      // By one of the two alone, it might be a list that lags, or an address that is wrong.
      (result.kind === 'refused' &&
        result.error.code === 'platform_not_found' &&
        listed?.every((task) => task.id !== id) === true);
    const began = clock.elapsed();
    for (let pass = 0; again !== undefined && pass < again.passes && !signal.aborted; pass += 1) {
      const failed = [...outcomes.values()].filter((one) => one.result.kind !== 'done' && !isOver(one));
      if (failed.length === 0 || clock.elapsed() - began > again.withinMs) break;
      await sendAll(failed.map(({ task }) => task));
    }
    const all = [...outcomes.values()].filter((one) => !isOver(one));
    return {
      paused: all.flatMap(({ result }) => (result.kind === 'done' ? [result.card] : [])),
      failed: all.flatMap(({ task, result }) => (result.kind === 'done' ? [] : [{ task, result }])),
      isIncomplete: listed === null,
    };
  };
}

/** Nothing is left to be paused. */
export function isGone(result: ActionResult): boolean {
  return result.kind === 'refused' && result.error.code === 'task_gone';
}

/** How long the platform asks to wait, ms; null when it does not. */
function waitOf(result: ActionResult): number | null {
  return result.kind === 'refused' ? (result.error.details.retryAfterMs ?? null) : null;
}
