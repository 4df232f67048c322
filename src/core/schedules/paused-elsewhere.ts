import type { Reading } from '../model/reading.ts';
import type { Schedule } from '../model/schedule.ts';
import { maxActs } from '../watch/acts.ts';
import { isFull } from '../watch/doubt.ts';

/**
 * Whether someone has paused the task elsewhere, as far as can be inferred: its schedule last left it on, and neither its
 * end nor what was done through Dialdeck since explains that it is off.
 */
export function isPausedElsewhere({ last }: Pick<Schedule, 'last'>, reading: Reading | null): boolean {
  if (last?.action !== 'start' || reading === null || reading.task.started || reading.doubt !== null) return false;
  if (last.result !== 'done' && last.result !== 'already') return false;
  if (reading.state === 'finished' || reading.state === 'gone' || reading.takenAt <= last.doneAt) return false;
  return !hasEnded(reading, last.doneAt) && !mayBeExplained(reading, last);
}

/** Whether a task that is off may have been switched off as its numbers ran out, since an instant (epoch ms). */
function hasEnded({ task, leftSince, startedAt }: Reading, since: number): boolean {
  if (isFull(task.progress)) return true;
  // It has new numbers by now, and was not seen on with them.
  return leftSince !== null && leftSince >= since && (startedAt ?? 0) < leftSince;
}

/** Whether what was done through Dialdeck since the schedule started the task explains that it is off, or may do so. */
function mayBeExplained({ acts }: Reading, last: NonNullable<Schedule['last']>): boolean {
  // What came after its own act is known by their order; where it did nothing, only by the time.
  const acted = last.result === 'done' ? acts.findLastIndex(({ action }) => action === 'started') : -1;
  const since = acted < 0 ? acts.filter(({ at }) => at >= last.doneAt) : acts.slice(acted + 1);
  if (since.some(({ action }) => action === 'paused')) return true;
  // Of more acts than are remembered, the first are not known any more.
  return acted < 0 && since.length >= maxActs;
}
