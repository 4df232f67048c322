import type { Reading } from '../model/reading.ts';
import type { Schedule } from '../model/schedule.ts';

/**
 * Whether someone has started or paused the task elsewhere, as far as can be inferred: its schedule last left it
 * otherwise, it is not at its end, and nothing that was done through Dialdeck since explains how it is now.
 */
export function isTakenOver({ last }: Pick<Schedule, 'last'>, reading: Reading | null): boolean {
  if (last === null || reading === null || reading.doubt !== null) return false;
  if (last.result !== 'done' && last.result !== 'already') return false;
  if (reading.state === 'finished' || reading.state === 'gone' || reading.takenAt <= last.doneAt) return false;
  const isOn = reading.task.started;
  if (isOn === (last.action === 'start')) return false;
  const explains = isOn ? 'started' : 'paused';
  return !reading.acts.some(({ action, at }) => action === explains && at >= last.doneAt);
}
