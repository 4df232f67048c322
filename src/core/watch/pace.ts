import type { Reading } from '../model/reading.ts';

const minute = 60_000;

/**
 * Numbers dialled per minute in this run, to one decimal; null when nothing was seen moving in it. A function of the
 * reading alone, not of the time of day: a card on which nothing moved stays as it is.
 */
export function rateOf({ task, startedAt, doneAtStart, movedAt }: Reading): number | null {
  if (task.progress === null || startedAt === null || doneAtStart === null || movedAt === null) return null;
  const dialled = task.progress.done - doneAtStart;
  const lasted = movedAt - startedAt;
  if (dialled <= 0 || lasted <= 0) return null;
  return Math.round((dialled * 10 * minute) / lasted) / 10;
}

/** When a dialing task would reach its last number at this rate, epoch ms; null when it cannot be said. */
export function endOf(reading: Reading): number | null {
  const rate = rateOf(reading);
  const { task, movedAt, state } = reading;
  if (state !== 'dialing' || task.progress === null || movedAt === null || rate === null || rate === 0) return null;
  const left = task.progress.total - task.progress.done;
  return left > 0 ? movedAt + Math.round((left * minute) / rate) : null;
}
