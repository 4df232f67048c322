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
  /** The task as it is now. Throws `AppError`. */
  find(taskId: string): Promise<Task>;
}

export interface Pauses {
  /**
   * Stops a task, whatever else is being done to it: the request leaves at once. When another action held the task, it
   * is waited for and what it left behind is stopped as well. `settle` runs while the task is held.
   */
  pause<T>(taskId: string, settle: (outcome: Outcome<Task>) => Promise<T>): Promise<T>;
  /** Whether somebody, on any bot, is pausing the task. */
  underWay(taskId: string): Promise<boolean>;
}

/**
 * How long a pause waits for the action it met. A request that is still on its way by then has run out of its own
 * time; an action that holds its task for longer has been cut off by a crash.
 */
const overlapMs = 45_000;
const lookEveryMs = 100;

/** Stopping is always easier than starting: no lease, and no failure of our own store, keeps a pause from being sent. */
export function createPauses({ dialer, store, clock, log, newId, find }: PauseDeps): Pauses {
  /** True as well when the store cannot say: then nobody can be waited for. */
  const take = async (name: string, owner: string): Promise<boolean> => {
    try {
      return await store.lease(name, owner, actionLeaseMs);
    } catch (thrown) {
      log.error('a pause continues without a lease', { code: toAppError(thrown).code });
      return true;
    }
  };

  /** The other action may have started the task after our request: once it is over, what stands is looked at. */
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
      const [wish, hold] = [`${pauseLeasesOf(taskId)}${owner}`, actionLeaseOf(taskId)];
      await take(wish, owner);
      try {
        if (await take(hold, owner)) return await settle(await dialer.pause(taskId));
        await dialer.pause(taskId);
        const until = clock.now() + overlapMs;
        while (!(await take(hold, owner)) && clock.now() < until) await clock.sleep(lookEveryMs);
        return await settle(await again(taskId));
      } finally {
        for (const name of [hold, wish]) {
          // A lease that cannot be given back runs out by itself.
          await store
            .release(name, owner)
            .catch((thrown) => log.error('a lease could not be released', { code: toAppError(thrown).code }));
        }
      }
    },
  };
}
