import type { Schedule } from '../model/schedule.ts';

/** Whether a schedule, if there is one, has wanted its task paused since an instant (epoch ms), and nothing else after that. */
export function isPausedSince(schedule: Pick<Schedule, 'held' | 'acting' | 'last'> | null, since: number): boolean {
  if (schedule === null || schedule.held !== null) return false;
  const { acting, last } = schedule;
  if (acting !== null) return acting.action === 'pause';
  return last?.action === 'pause' && last.doneAt >= since;
}
