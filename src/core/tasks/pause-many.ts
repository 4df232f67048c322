import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { SubscriptionScope } from '../model/subscription.ts';
import type { Task } from '../model/task.ts';
import type { Clock } from '../ports.ts';
import { covers } from '../subscriptions/audience.ts';
import { patiently, within } from '../time/waiting.ts';
import type { Board } from '../watch/board.ts';
import type { ActionResult, TaskUseCases } from './actions.ts';

/** A task that may still be making calls, and why; one that was deleted meanwhile makes none. */
interface NotPaused {
  task: Pick<Task, 'id' | 'name'>;
  result: Exclude<ActionResult, { kind: 'done' }>;
}

interface PausedMany {
  /** In the order in which they were paused. */
  paused: CardData[];
  failed: NotPaused[];
  /** The list could not be read: a task that was switched on a moment ago may be missing. */
  isIncomplete: boolean;
}

export type PauseMany = (request: {
  scope: SubscriptionScope;
  person: PersonRef;
  channel: ChannelRef;
}) => Promise<PausedMany>;

interface PauseManyDeps {
  board: Pick<Board, 'all' | 'get'>;
  clock: Clock;
  /** Every task of the account, read from the platform. */
  list(): Promise<readonly Task[]>;
  pause: TaskUseCases['pause'];
  /**
   * Keeps imports into these tasks from starting them. Returns the tasks whose start is on its way already. Never throws.
   */
  withdrawStarts(isMeant: (taskId: string) => boolean): Promise<ReadonlySet<string>>;
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
  const { board, clock, list, pause, maxInFlight, signal } = deps;

  return async ({ scope, person, channel }) => {
    const outcomes = new Map<string, { task: Pick<Task, 'id' | 'name'>; result: ActionResult }>();
    /** Until when the platform wants to be left alone, by `Clock.elapsed`: one refusal holds for all. */
    let quietUntil = Number.NEGATIVE_INFINITY;
    const isMeant = (task: Task): boolean => covers({ scope }, { task, runBy: board.get(task.id)?.runBy ?? null });

    const send = async ({ id, name }: Task): Promise<void> => {
      const attempt = async (): Promise<ActionResult> => {
        const wait = quietUntil - clock.elapsed();
        if (wait > 0) await clock.sleep(wait, signal);
        const result = await pause({ taskId: id, person, channel });
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
    const sendAll = async (tasks: readonly Task[]): Promise<void> => {
      const waiting = [...tasks];
      const next = async (): Promise<void> => {
        for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await send(task);
      };
      await Promise.all(Array.from({ length: Math.min(maxInFlight, waiting.length) }, next));
    };

    const reading = list().catch(() => null);
    const withdrawing = deps.withdrawStarts((taskId) => {
      const known = board.get(taskId)?.task;
      return known === undefined ? scope.kind === 'all' : isMeant(known);
    });
    const known = board.all().flatMap(({ task, state }) => (state === 'gone' ? [] : [task]));
    await sendAll(known.filter((task) => task.started && isMeant(task)));
    const soon = within<ReadonlySet<string>, ReadonlySet<string>>(
      clock,
      { ms: withdrawnWithinMs },
      withdrawing,
      () => new Set(),
    );
    const [listed, starting] = await Promise.all([reading, soon]);
    const others = (listed ?? known).filter(({ id }) => !outcomes.has(id));
    await sendAll(others.filter((task) => starting.has(task.id) || (task.started && isMeant(task))));
    const isGone = (id: string, result: ActionResult): boolean =>
      result.kind === 'refused' &&
      (result.error.code === 'task_gone' ||
        // By one of the two alone, it might be a list that lags, or an address that is wrong.
        (result.error.code === 'platform_not_found' && listed !== null && listed.every((task) => task.id !== id)));
    const all = [...outcomes.values()].filter(({ task, result }) => !isGone(task.id, result));
    return {
      paused: all.flatMap(({ result }) => (result.kind === 'done' ? [result.card] : [])),
      failed: all.flatMap(({ task, result }) => (result.kind === 'done' ? [] : [{ task, result }])),
      isIncomplete: listed === null,
    };
  };
}

/** How long the platform asks to wait, ms; null when it does not. */
function waitOf(result: ActionResult): number | null {
  return result.kind === 'refused' ? (result.error.details.retryAfterMs ?? null) : null;
}
