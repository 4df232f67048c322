import type { Clock, Dialer } from '../ports.ts';
import type { OpenActions } from '../watch/ports.ts';

interface HasStartedDeps {
  store: Pick<OpenActions, 'underWay' | 'changeAction'>;
  dialer: Pick<Dialer, 'list'>;
  clock: Pick<Clock, 'sleep'>;
  /** Aborted when the process stops. */
  signal: AbortSignal;
}

/** So long after one list another one is read before both are believed, ms: a list lags by seconds. */
const agreeAfterMs = 4_000;

/**
 * Whether a start that may have been cut off took effect; null when another process is acting on the task, or this one
 * stops. Its person is notified by the caller: what is open of that start is closed. Throws `AppError`.
 */
export function createHasStarted({
  store,
  dialer,
  clock,
  signal,
}: HasStartedDeps): (taskId: string) => Promise<boolean | null> {
  return async (taskId) => {
    const { acting, open } = await store.underWay();
    if (acting.has(taskId)) return null;
    const isOn = async (): Promise<boolean> => {
      const task = (await dialer.list()).find(({ id }) => id === taskId);
      return task?.started ?? false;
    };
    const first = await isOn();
    if (!first) await clock.sleep(agreeAfterMs, signal);
    if (signal.aborted) return null;
    const started = first || (await isOn());
    for (const { held: _lease, ...action } of open) {
      if (action.taskId !== taskId || action.kind !== 'start' || action.state === 'closed') continue;
      await store.changeAction(action.state, { ...action, state: 'closed', verdict: started ? 'done' : 'not_done' });
    }
    return started;
  };
}
