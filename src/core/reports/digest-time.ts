import type { DigestSettings } from '../model/channel-settings.ts';
import { daysOfWeek, minutesPerDay } from '../model/quiet-hours.ts';
import { readDays } from '../quiet/read-hours.ts';
import { tokensOf } from '../quiet/tokens.ts';
import { fold } from '../text/fold.ts';
import { type Day, type Days, daysAfter, weekdayOf } from '../time/days.ts';
import type { Span } from './period.ts';

/** When a digest is posted: minutes after midnight on these days of the week (1 for Monday). */
export type DigestTime = Pick<DigestSettings, 'minutes' | 'days'>;

/** The longest text that is read. */
const maxLength = 200;

/**
 * Reads when a digest is to be posted, in English and Chinese: `18:30`, `9am weekdays`, `Mon-Fri 18:30`, `工作日下午6点半`.
 * Without days it is every day. null for what is not clear.
 */
export function readDigestTime(text: string): DigestTime | null {
  if (text.length > maxLength) return null;
  let tokens = tokensOf(fold(text).replace(/^at /, ''));
  let minutes: number | null = null;
  const days: number[] = [];
  while (tokens.length > 0) {
    const [first] = tokens;
    const read = readDays(tokens);
    if (read?.kind === 'days') {
      days.push(...read.days);
      tokens = tokens.slice(read.taken);
    } else if (first?.kind === 'time' && minutes === null && !first.nextDay) {
      ({ minutes } = first);
      if (minutes === null || minutes === minutesPerDay) return null;
      tokens = tokens.slice(1);
    } else return null;
  }
  if (minutes === null) return null;
  return { minutes, days: days.length === 0 ? [...daysOfWeek] : [...new Set(days)].sort((a, b) => a - b) };
}

/**
 * A digest that is missed for longer than this is not posted any more, ms.
 * @internal Exported for tests.
 */
export const maxLateMs = 6 * 3_600_000;

/** Later than this is said, ms. */
const unsaidLateMs = 10 * 60_000;

export interface DueDigest {
  day: Day;
  dueAt: number;
  late: boolean;
  span: Span;
}

/** The digest that is due at an instant (epoch ms), if it is not too late for it; of several the newest. */
export function dueDigest(digest: DigestSettings, now: number, days: Days): DueDigest | null {
  const today = days.dayOf(now);
  for (const day of [today, daysAfter(today, -1)]) {
    if (!digest.days.includes(weekdayOf(day))) continue;
    const dueAt = days.instantOf(day, digest.minutes);
    if (dueAt > now) continue;
    if (dueAt <= digest.since || now - dueAt > maxLateMs) return null;
    return { day, dueAt, late: now - dueAt > unsaidLateMs, span: coveredBy(digest, day) };
  }
  return null;
}

/** When the next one is due after an instant, epoch ms. */
export function nextDigest(digest: DigestTime, now: number, days: Days): number {
  const today = days.dayOf(now);
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const day = daysAfter(today, ahead);
    const dueAt = days.instantOf(day, digest.minutes);
    if (dueAt > now && digest.days.includes(weekdayOf(day))) return dueAt;
  }
  return days.instantOf(daysAfter(today, 7), digest.minutes);
}

/** Before noon, a digest is about the days that are over. */
export const isMorning = ({ minutes }: Pick<DigestTime, 'minutes'>): boolean => minutes < minutesPerDay / 2;

/**
 * The days that the digest of a day is about: all since the one before it.
 * @internal Exported for tests.
 */
export function coveredBy(digest: DigestTime, day: Day): Span {
  const back = [1, 2, 3, 4, 5, 6, 7].find((count) => digest.days.includes(weekdayOf(daysAfter(day, -count)))) ?? 1;
  if (isMorning(digest)) return { from: daysAfter(day, -back), until: daysAfter(day, -1) };
  return { from: daysAfter(day, 1 - back), until: day };
}
