import type { Reading } from '../model/reading.ts';
import { finishedAfterPolls, isFinish, isFull, reopens } from './doubt.ts';
import { instantAfter } from './intervals.ts';
import type { Look } from './look.ts';

const defaultRedialQuietMs = 30 * 60_000;

export interface Ending {
  finished: boolean;
  /** Something is left to dial although the task had finished. */
  reopened: boolean;
  /** Whether a campaign begins. */
  begins: boolean;
  fullPolls: number;
  fullSince: number | null;
  /** Set while everything is dialed and the redial rule may take numbers back. */
  presumedEnd: number | null;
}

/** Whether the campaign is over, or goes on after all. */
export function endingOf(before: Reading | null, look: Look): Ending {
  const { task, takenAt, glance, counts, earlier, comparable } = look;
  const now = task.progress;
  const full = isFull(now);
  const wasFinished = before !== null && isFinish(before);
  const reopened = wasFinished && (reopens(earlier, now) || (glance && now !== null && !full));
  // Added numbers begin a campaign; numbers to be dialed again continue the one that was thought to be over.
  const begins = before === null || (reopened && (now?.total ?? 0) > (earlier?.total ?? 0));

  const unchanged = comparable && now?.done === earlier?.done && now?.total === earlier?.total;
  const fullPolls = !full ? 0 : unchanged ? (before?.fullPolls ?? 0) + counts : counts;
  const fullSince = fullSinceOf(before, { full, unchanged: unchanged || !comparable }, takenAt);
  const mayRedial = fullSince !== null && look.redials === true && task.started;
  const presumedEnd = mayRedial ? presumedEndOf(before, fullSince, look) : null;
  const ended = fullPolls >= finishedAfterPolls && (presumedEnd === null || takenAt >= presumedEnd);
  const finished = (wasFinished && !reopened) || (!glance && ended);
  return { finished, reopened, begins, fullPolls, fullSince, presumedEnd };
}

function fullSinceOf(
  before: Reading | null,
  { full, unchanged }: { full: boolean; unchanged: boolean },
  takenAt: number,
): number | null {
  if (!full) return null;
  if (before === null || !unchanged || !isFull(before.task.progress)) return takenAt;
  // 0.1.0 did not record it.
  return before.fullSince ?? before.movedAt ?? before.takenAt;
}

/** Without the setting, what was announced holds. */
function presumedEndOf(
  before: Reading | null,
  fullSince: number,
  { redialQuietMs, quiet }: Pick<Look, 'redialQuietMs' | 'quiet'>,
): number {
  const announced = before?.fullSince === fullSince ? before.presumedEnd : null;
  if (redialQuietMs === undefined && announced !== null) return announced;
  return instantAfter(fullSince, redialQuietMs ?? defaultRedialQuietMs, quiet.hours);
}
