import { toAppError } from '../errors.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer, Log, Outcome } from '../ports.ts';
import { actionLeaseMs, actionLeaseOf, pauseLeasesOf } from '../time/action-lease.ts';
import type { Leases } from '../time/leases.ts';

export interface PauseDeps {
  dialer: Pick<Dialer, 'pause'>;
  store: Leases;
  clock: Pick<Clock, 'now' | 'sleep'>;
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
  pause<T>(taskId: string, settle: (outcome: Outcome<Task>) => Promise<T>): Promise<T>;
  /** Whether someone, on any bot, is pausing the task. */
  underWay(taskId: string): Promise<boolean>;
}

/**
 * How long a pause waits for an action in progress. A request that is still in flight by then has exceeded its own
 * timeout; an action that holds its task for longer was interrupted by a crash.
 */
const overlapMs = 45_000;
const lookEveryMs = 100;

/**
 * Stopping is always easier than starting: neither a lease nor a failure of our own store keeps a pause from being
 * sent.
 */
export function createPauses({ dialer, store, clock, log, newId, find }: PauseDeps): Pauses {
  /** Also true when the store cannot say: then there is no lease to wait for. */
  const take = async (name: string, owner: string): Promise<boolean> => {
    try {
      return await store.lease(name, owner, actionLeaseMs);
    } catch (thrown) {
      log.error('a pause continues without a lease', { code: toAppError(thrown).code });
      return true;
    }
  };

  /** The other action may have started the task after our request: once it is over, the task is read again. */
  const again = async (taskId: string): Promise<Outcome<Task>> => {
    const task = await find(taskId).catch((thrown) => {
      if (toAppError(thrown).code === 'task_gone') throw thrown;
      return null;
    });
    return task !== null && !task.started ? { kind: 'done', value: task } : dialer.pause(taskId);
  };

  return {
    async underWay(taskId) {
      return (await store.leased(pauseLeasesOf(taskId))).length > 0;
    },

    async pause(taskId, settle) {
      const owner = newId();
      const [intent, hold] = [`${pauseLeasesOf(taskId)}${owner}`, actionLeaseOf(taskId)];
      await take(intent, owner);
      try {
        if (await take(hold, owner)) return await settle(await dialer.pause(taskId));
        await dialer.pause(taskId);
        const until = clock.now() + overlapMs;
        while (!(await take(hold, owner)) && clock.now() < until) await clock.sleep(lookEveryMs);
        return await settle(await again(taskId));
      } finally {
        for (const name of [hold, intent]) {
          // A lease that cannot be released expires on its own.
          await store
            .release(name, owner)
            .catch((thrown) => log.error('a lease could not be released', { code: toAppError(thrown).code }));
        }
      }
    },
  };
}
