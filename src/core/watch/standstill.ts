import type { Task } from '../model/task.ts';

/** How long a conversation may last before a slot counts as stuck, seconds: of one call, and of any call at all. */
const talkSeconds = { oneAtATime: 180, always: 60 };

/** A task that dialed at an even pace may pause for this many times its average interval. */
const intervals = 6;
/** Own pace extends the limit up to this. */
const maxOwnMs = 60 * 60_000;

/**
 * How long a task may go without a dialed number before that is called waiting, ms. In that time a number must have
 * rung out, its conversation ended and the pause passed; several calls at once are unlikely to all be long. A task that
 * was slower so far (it shares its line, or it redials as fast as it dials) is given more.
 * @param intervalMs the average time between two of its calls lately, by the platform's time; null when not known.
 * @param platformSpeed see `Circumstances`; > 0.
 */
export function standstillLimitMs(
  { ringTimeout, pauseSeconds, concurrency, progress }: Task,
  intervalMs: number | null,
  platformSpeed = 1,
): number {
  const left = progress === null ? concurrency : Math.max(1, progress.total - progress.done);
  const calls = Math.max(1, Math.min(concurrency, left));
  const one = (ringTimeout + pauseSeconds + talkSeconds.always + talkSeconds.oneAtATime / calls) * 1000;
  const own = Math.min(maxOwnMs, intervals * (intervalMs ?? 0));
  return Math.round(Math.max(one, own) / platformSpeed);
}
