import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { SubscriptionScope } from '../model/subscription.ts';
import type { Task } from '../model/task.ts';
import { covers } from '../subscriptions/audience.ts';
import { within } from '../time/waiting.ts';
import type { Board } from '../watch/board.ts';
import { type Attempted, createPauseEach, type NamedTask, type PauseEachDeps, type PausePasses } from './pause-each.ts';
import type { ActionResult } from './requests.ts';

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

export interface PauseManyDeps extends PauseEachDeps {
  board: Pick<Board, 'all' | 'get'>;
  /** Every task of the account, read from the platform. */
  list(): Promise<readonly Task[]>;
  /**
   * Keeps imports into these tasks from starting them. Returns the tasks whose start is on its way already. Never throws.
   */
  withdrawStarts(isMeant: (taskId: string) => boolean): Promise<ReadonlySet<string>>;
  /** Called with those that a reading shows to be on, before the first of them is paused. Never throws. */
  found?(tasks: readonly Task[]): Promise<void>;
  /** Absent: what failed is not asked for again. */
  again?: PausePasses;
}

/** The answer waits no longer for our store, ms. */
const withdrawnWithinMs = 3_000;

/**
 * Pauses everything of a kind that is on. What is known leaves at once; meanwhile the list is read, and what it shows
 * besides follows. A task that is paused by itself at this moment is none the worse for a second pause. Never throws.
 */
export function createPauseMany(deps: PauseManyDeps): PauseMany {
  const { board, clock, list, found = async () => {}, again } = deps;

  return async ({ scope, person, channel }) => {
    const { outcomes, send, sendAgain } = createPauseEach(deps, { person, channel });
    const isMeant = (task: Task): boolean =>
      scope.kind === 'chosen'
        ? scope.taskIds.has(task.id)
        : covers({ scope }, { task, runBy: board.get(task.id)?.runBy ?? null });

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
    await send(knownOn);
    const soon = within<ReadonlySet<string>, ReadonlySet<string>>(
      clock,
      { ms: withdrawnWithinMs },
      withdrawing,
      () => new Set(),
    );
    const [listed, starting] = await Promise.all([reading, soon]);
    const others = (listed ?? known).filter(({ id }) => !outcomes.has(id));
    if (listed !== null) await found(others.filter(isOn));
    await send(others.filter((task) => starting.has(task.id) || isOn(task)));
    const isOver = ({ task: { id }, result }: Attempted): boolean =>
      isGone(result) ||
      // By one of the two alone, it might be a list that lags, or an address that is wrong.
      (result.kind === 'refused' &&
        result.error.code === 'platform_not_found' &&
        listed?.every((task) => task.id !== id) === true);
    if (again !== undefined) await sendAgain(again, isOver);
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
