import type { Reading } from '../model/reading.ts';
import type { MomentAction, Schedule } from '../model/schedule.ts';
import { maxActs } from '../watch/acts.ts';
import { isFull } from '../watch/doubt.ts';

/**
 * Whether someone has started or paused the task elsewhere, as far as can be inferred: its schedule last left it
 * otherwise, neither its end nor what was done through Dialdeck since explains how it is now, and it is not for someone
 * else to start. `wants`: what the schedule is about to do.
 */
export function isTakenOver({ last }: Pick<Schedule, 'last'>, reading: Reading | null, wants: MomentAction): boolean {
  if (last === null || reading === null || reading.doubt !== null) return false;
  if (last.result !== 'done' && last.result !== 'already') return false;
  if (reading.state === 'finished' || reading.state === 'gone' || reading.takenAt <= last.doneAt) return false;
  const isOn = reading.task.started;
  if (isOn === (last.action === 'start')) return false;
  // What is only paused by its schedule is started by people, wherever they do that.
  if (isOn ? wants === 'pause' : hasEnded(reading, last.doneAt)) return false;
  return !mayBeExplained(reading, last);
}

/** Whether a task that is off may have been switched off as its numbers ran out, since an instant (epoch ms). */
function hasEnded({ task, leftSince, startedAt }: Reading, since: number): boolean {
  if (isFull(task.progress)) return true;
  // It has new numbers by now, and was not seen on with them.
  return leftSince !== null && leftSince >= since && (startedAt ?? 0) < leftSince;
}

/** Whether what was done through Dialdeck since the schedule acted last explains how the task is, or may do so. */
function mayBeExplained({ acts, task }: Reading, last: NonNullable<Schedule['last']>): boolean {
  const own = last.action === 'start' ? 'started' : 'paused';
  // What came after its own act is known by their order; where it did nothing, only by the time.
  const acted = last.result === 'done' ? acts.findLastIndex(({ action }) => action === own) : -1;
  const since = acted < 0 ? acts.filter(({ at }) => at >= last.doneAt) : acts.slice(acted + 1);
  if (since.some(({ action }) => action === (task.started ? 'started' : 'paused'))) return true;
  // Of more acts than are remembered, the first are not known any more.
  return acted < 0 && since.length >= maxActs;
}
