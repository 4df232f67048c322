import type { Reading } from '../model/reading.ts';

const minute = 60_000;

/**
 * Numbers dialed per minute in this run, to one decimal; null when no movement was seen in it. Depends on the reading
 * alone, not on the time of day, so that a card on which nothing moved stays unchanged.
 */
export function rateOf({ task, startedAt, doneAtStart, movedAt }: Reading): number | null {
  if (task.progress === null || startedAt === null || doneAtStart === null || movedAt === null) return null;
  const dialed = task.progress.done - doneAtStart;
  const duration = movedAt - startedAt;
  if (dialed <= 0 || duration <= 0) return null;
  return Math.round((dialed * 10 * minute) / duration) / 10;
}

/** When a dialing task would reach its last number at this rate, epoch ms; null when unknown. */
export function endOf(reading: Reading): number | null {
  const rate = rateOf(reading);
  const { task, movedAt, state } = reading;
  if (state !== 'dialing' || task.progress === null || movedAt === null || rate === null || rate === 0) return null;
  const left = task.progress.total - task.progress.done;
  return left > 0 ? movedAt + Math.round((left * minute) / rate) : null;
}
