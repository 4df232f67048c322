import { minutesPerDay } from '../model/quiet-hours.ts';
import type { ScheduleTime } from '../model/schedule.ts';
import { type Token, tokensOf } from '../quiet/tokens.ts';
import { fold } from '../text/fold.ts';

/** What is wrong with times as they were typed; `text` is the part that is meant, at most `maxQuoted` characters. */
export type TimesIssue =
  | { kind: 'empty' | 'too_long' | 'too_many' }
  | { kind: 'not_understood' | 'not_a_time' | 'no_length'; text: string };

export type GivenTimes = { kind: 'times'; times: ScheduleTime[] } | { kind: 'issue'; issue: TimesIssue };

/** @internal Exported for tests. */
export const maxTimesLength = 500;
/** @internal Exported for tests. */
export const maxTimes = 12;
const maxQuoted = 30;

/** Words for one of the two actions alone; each is anchored, and linear in what it takes. */
const startWord = /^(?:start|begin|启动|开始|开启)(?: at)?[ :]*/;
const pauseWord = /^(?:pause|stop|end|暂停|停止|结束)(?: at)?[ :]*/;

/**
 * Reads the times of a day as people write them, in English and Chinese: `09:00–12:00, 13:30–18:00`, `9点至12点`,
 * `start 9am; pause 6pm`. In the order of the day. What is not clear is an issue, and never guessed.
 */
export function readTimes(typed: string): GivenTimes {
  if (typed.length > maxTimesLength) return { kind: 'issue', issue: { kind: 'too_long' } };
  const parts = fold(typed.replaceAll(/[\r\n]/g, ','))
    .split(/[,;、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return { kind: 'issue', issue: { kind: 'empty' } };
  if (parts.length > maxTimes) return { kind: 'issue', issue: { kind: 'too_many' } };
  const times: ScheduleTime[] = [];
  for (const part of parts) {
    const read = readPart(part);
    if ('kind' in read) return { kind: 'issue', issue: read };
    times.push(read);
  }
  return { kind: 'times', times: times.sort((a, b) => beginOf(a) - beginOf(b)) };
}

const beginOf = ({ from, until }: ScheduleTime): number => from ?? until ?? 0;

function readPart(part: string): ScheduleTime | TimesIssue {
  const text = part.slice(0, maxQuoted);
  for (const [word, side] of [
    [startWord, 'from'],
    [pauseWord, 'until'],
  ] as const) {
    if (!word.test(part)) continue;
    const minutes = single(tokensOf(part.replace(word, '')));
    if (minutes === undefined) return { kind: 'not_understood', text };
    if (minutes === null || (side === 'from' && minutes === minutesPerDay)) return { kind: 'not_a_time', text };
    return { from: null, until: null, [side]: minutes };
  }
  return readPeriod(tokensOf(part), text);
}

/** undefined: it is not one time alone. */
function single(tokens: readonly Token[]): number | null | undefined {
  const [first] = tokens;
  return tokens.length === 1 && first?.kind === 'time' && !first.nextDay ? first.minutes : undefined;
}

function readPeriod(tokens: readonly Token[], text: string): ScheduleTime | TimesIssue {
  const [begin, to, end, after] = tokens;
  const whole = tokens.length === 3 || (tokens.length === 4 && after?.kind === 'next_day');
  if (!whole || begin?.kind !== 'time' || to?.kind !== 'to' || end?.kind !== 'time') {
    return { kind: 'not_understood', text };
  }
  const { minutes: from } = begin;
  // Midnight is the end of the day that begins with `from`.
  const until = end.minutes === 0 ? minutesPerDay : end.minutes;
  if (from === null || until === null || from === minutesPerDay || begin.nextDay) return { kind: 'not_a_time', text };
  if (from === until || (from === 0 && end.minutes === 0)) return { kind: 'no_length', text };
  const isNextDay = end.nextDay || after !== undefined;
  // What is said to be of the next day, and would be more than a day later.
  if (isNextDay && end.minutes !== 0 && until > from) return { kind: 'not_a_time', text };
  return { from, until };
}
