import type { StopInForce, StoppedTask } from '../model/emergency-stop.ts';
import type { Dialer } from '../ports.ts';
import { isFull } from '../watch/doubt.ts';
import type { StopDeps } from './deps.ts';

interface VerifyDeps extends Pick<StopDeps, 'clock' | 'signal'> {
  store: Pick<StopDeps['store'], 'moveStopped'>;
  dialer: Pick<Dialer, 'list'>;
}

/** So long after one list another one is read before both are believed, ms: a list lags by seconds. */
const agreeAfterMs = 4_000;

/**
 * Looks whether the tasks that were started are on, and names those that two lists show to be off: a pause whose process
 * was killed may have reached the platform late. One that ran through its numbers meanwhile is as it should be. Throws
 * `AppError`.
 */
export async function verifyOn(
  { store, dialer, clock, signal }: VerifyDeps,
  { id: stopId }: Pick<StopInForce, 'id'>,
  tasks: readonly StoppedTask[],
): Promise<void> {
  const offOf = async (ids: ReadonlySet<string>): Promise<Set<string>> => {
    const listed = await dialer.list();
    const off = listed.filter((task) => ids.has(task.id) && !task.started && !isFull(task.progress));
    return new Set(off.map(({ id }) => id));
  };
  const first = await offOf(new Set(tasks.flatMap(({ taskId, state }) => (state === 'started' ? [taskId] : []))));
  if (first.size === 0) return;
  await clock.sleep(agreeAfterMs, signal);
  if (signal.aborted) return;
  for (const taskId of await offOf(first)) {
    await store.moveStopped({ stopId, taskId, from: ['started'] }, { state: 'left', why: 'off_again' });
  }
}
