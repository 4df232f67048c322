import type { Clock, Dialer } from '../ports.ts';
import type { OpenActions } from '../watch/ports.ts';

interface HasStartedDeps {
  store: Pick<OpenActions, 'underWay' | 'changeAction'>;
  dialer: Pick<Dialer, 'list'>;
  clock: Pick<Clock, 'sleep'>;
  /** Aborted when the process stops. */
  signal: AbortSignal;
  /** How long another process that is acting on the task is waited for, ms; not at all if absent. */
  actingMs?: number;
}

/** How often it is asked whether another process is still acting on the task, ms. */
const lookEveryMs = 1_000;

/** So long after one list another one is read before both are believed, ms: a list lags by seconds. */
const agreeAfterMs = 4_000;

/** A list that lags, or goes back, may contradict the next one: so many are read before nothing can be said. */
const maxLists = 4;

/**
 * Whether a start that may have been cut off took effect, as two lists in a row agree; null when they do not, when another
 * process is acting on the task, or when this one stops. Its person is notified by the caller: what is open of that start
 * is closed. Throws `AppError`.
 */
export function createHasStarted({
  store,
  dialer,
  clock,
  signal,
  actingMs = 0,
}: HasStartedDeps): (taskId: string) => Promise<boolean | null> {
  const isOn = async (taskId: string): Promise<boolean> => {
    const task = (await dialer.list()).find(({ id }) => id === taskId);
    return task?.started ?? false;
  };
  const agreed = async (taskId: string): Promise<boolean | null> => {
    let before = await isOn(taskId);
    for (let lists = 1; lists < maxLists; lists += 1) {
      await clock.sleep(agreeAfterMs, signal);
      if (signal.aborted) return null;
      const now = await isOn(taskId);
      if (now === before) return now;
      before = now;
    }
    return null;
  };
  const isActedOn = async (taskId: string): Promise<boolean> => {
    for (let waitedMs = 0; (await store.underWay()).acting.has(taskId); waitedMs += lookEveryMs) {
      if (waitedMs >= actingMs || signal.aborted) return true;
      await clock.sleep(lookEveryMs, signal);
    }
    return false;
  };
  return async (taskId) => {
    if (await isActedOn(taskId)) return null;
    const started = await agreed(taskId);
    if (started === null) return null;
    const { open } = await store.underWay();
    for (const { held: _lease, ...action } of open) {
      if (action.taskId !== taskId || action.kind !== 'start' || action.state === 'closed') continue;
      await store.changeAction(action.state, { ...action, state: 'closed', verdict: started ? 'done' : 'not_done' });
    }
    return started;
  };
}
