import { AppError, toAppError } from '../errors.ts';
import type { OpenAction } from '../model/open-action.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer, Log, Outcome } from '../ports.ts';
import { actionLeaseMs, actionLeaseOf, pauseLeasesOf } from '../time/action-lease.ts';
import { justNow } from '../time/just-now.ts';
import { createLease, type Lease, type Leases } from '../time/leases.ts';
import { within } from '../time/waiting.ts';
import type { Journal } from './journal.ts';
import type { ActionResult, PauseRequest } from './requests.ts';

export interface PauseDeps {
  dialer: Pick<Dialer, 'pause'>;
  store: Leases;
  journal: Pick<Journal, 'begin' | 'end'>;
  clock: Clock;
  log: Pick<Log, 'error'>;
  newId(): string;
  /** The task, read from the platform. Throws `AppError`. */
  find(taskId: string): Promise<Task>;
}

export interface Pauses {
  /**
   * Stops a task, whatever else is happening to it: the request leaves at once. When another action held the task, it
   * is waited for, and whatever it started is stopped as well. `settle` runs while the task is held.
   */
  pause<T>(
    action: OpenAction,
    settle: (outcome: Outcome<Task>) => Promise<T>,
    request?: Pick<PauseRequest, 'answered' | 'stillWanted' | 'noted'>,
  ): Promise<T>;
  /**
   * Who is pausing the task now, on any bot: an emergency stop alone, or someone else; null when nobody is. Throws
   * `store_failed`, also when the store does not answer.
   */
  underWay(taskId: string): Promise<'stop' | 'other' | null>;
}

type StillWanted = PauseRequest['stillWanted'];

/** Marks the lease of a pause by an emergency stop. */
const ofStop = 'stop-';

/**
 * How long a pause waits for an action in progress. A request that is still in flight by then has exceeded its own
 * timeout; an action that holds its task for longer was interrupted by a crash.
 */
const overlapMs = 45_000;
const lookEveryMs = 100;

/** How long a pause waits for an answer of our store, ms: it goes out within 3 s all the same. */
const storeAnswerMs = 1_000;

/** Stopping is always easier than starting: no lease, and no failure of our own store, keeps a pause from being sent. */
export function createPauses({ dialer, store, journal, clock, log, newId, find }: PauseDeps): Pauses {
  const soon = <T>(asked: Promise<T>): Promise<T> =>
    within(clock, { ms: storeAnswerMs }, asked, () => {
      throw new AppError('store_failed', 'the store does not answer');
    });

  /** The leases of one pause. What was asked of a silent store may still be granted: then it is given back later. */
  const leasesOf = (owner: string) => {
    const leases = new Map<string, Lease>();
    const keeping: (() => Promise<void>)[] = [];
    const giveBack = async (): Promise<void> => {
      await Promise.all(keeping.map((stop) => stop()));
      await Promise.all([...leases.values()].map((lease) => lease.release()));
    };
    return {
      /** Null when the store cannot say: then nobody can be waited for. */
      async take(name: string): Promise<boolean | null> {
        const lease = leases.get(name) ?? createLease({ store, clock, log }, { name, owner, ttlMs: actionLeaseMs });
        leases.set(name, lease);
        try {
          const granted = await soon(lease.take());
          if (granted) keeping.push(lease.keep());
          return granted;
        } catch (thrown) {
          log.error('a pause continues without a lease', { code: toAppError(thrown).code });
          return null;
        }
      },
      /** One that cannot be given back expires. */
      release: (): Promise<void> => within(clock, { ms: storeAnswerMs }, giveBack(), () => undefined),
    };
  };

  /** So that a lost outcome is followed up. A pause that the store does not remember is sent all the same. */
  const remember = async (action: OpenAction): Promise<void> => {
    try {
      await soon(journal.begin(action));
    } catch (thrown) {
      log.error('a pause is not remembered', { code: toAppError(thrown).code });
    }
  };

  /** Throws `stop_over` when a stop wants no pause any more. A store that does not say wants it. */
  const requireWanted = async (stillWanted: StillWanted): Promise<void> => {
    if (stillWanted === undefined) return;
    const isWanted = await justNow(clock, () => soon(stillWanted()).catch(() => true));
    if (!isWanted) throw new AppError('stop_over', 'the stop wants no more pauses');
  };

  /** The other action may have started the task after our request: once it is over, the task is read again. */
  const again = async (taskId: string, stillWanted: StillWanted): Promise<Outcome<Task>> => {
    const task = await find(taskId).catch((thrown) => {
      if (toAppError(thrown).code === 'task_gone') throw thrown;
      return null;
    });
    if (task !== null && !task.started) return { kind: 'done', value: task };
    await requireWanted(stillWanted);
    return dialer.pause(taskId);
  };

  return {
    async underWay(taskId) {
      const prefix = pauseLeasesOf(taskId);
      const leases = await soon(store.leased(prefix));
      if (leases.length === 0) return null;
      return leases.every((name) => name.startsWith(ofStop, prefix.length)) ? 'stop' : 'other';
    },

    async pause(action, settle, { answered, stillWanted, noted = Promise.resolve() } = {}) {
      const { taskId } = action;
      const owner = newId();
      const leases = leasesOf(owner);
      const hold = actionLeaseOf(taskId);
      try {
        // A store that did not answer is not asked again before the request is out.
        const wish = `${pauseLeasesOf(taskId)}${stillWanted === undefined ? '' : ofStop}${owner}`;
        // After standing still, what the store has answered meanwhile would come too late.
        const wished = await justNow(clock, () => leases.take(wish));
        const isNoted = within(clock, { ms: storeAnswerMs }, noted, () => undefined);
        const [held] = wished === null ? [null] : await Promise.all([leases.take(hold), remember(action), isNoted]);
        // A start that ends the stop finds the lease, or is found here: each writes before it reads.
        if (wished !== null) await requireWanted(stillWanted);
        const outcome = await dialer.pause(taskId, answered);
        if (held !== false) return await settle(outcome);
        const until = clock.elapsed() + overlapMs;
        while ((await leases.take(hold)) === false && clock.elapsed() < until) await clock.sleep(lookEveryMs);
        return await settle(await again(taskId, stillWanted));
      } catch (thrown) {
        await journal.end(action, 'refused');
        throw thrown;
      } finally {
        await leases.release();
      }
    },
  };
}

/** The stop that asked for a pause does not want it any more. */
export const isGivenUp = (result: ActionResult): boolean =>
  result.kind === 'refused' && result.error.code === 'stop_over';
