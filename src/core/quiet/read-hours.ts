import { daysOfWeek, minutesPerDay, type QuietWindow } from '../model/quiet-hours.ts';
import { fold } from '../text/fold.ts';
import { type Token, tokensOf } from './tokens.ts';
import { coversWeek } from './week.ts';

/** What is wrong with hours as they were typed; `text` is the part that is meant, at most `maxQuoted` characters. */
export type HoursIssue =
  | { kind: 'empty' | 'too_long' | 'too_many' | 'whole_week' }
  | { kind: 'not_understood' | 'not_a_time' | 'no_length' | 'over_a_day' | 'days_alone'; text: string };

/** `unknown`: what was entered before is to be forgotten. Known without windows: there are no quiet hours. */
export type GivenHours =
  | { kind: 'known'; windows: QuietWindow[] }
  | { kind: 'unknown' }
  | { kind: 'issue'; issue: HoursIssue };

/** @internal Exported for tests. */
export const maxHoursLength = 1_000;
/** @internal Exported for tests. */
export const maxWindows = 21;
const maxQuoted = 30;

const noneWords = new Set(['none', 'no quiet hours', '无', '没有', '不限', '不限时段']);
const unknownWords = new Set(['unknown', 'forget', '未知', '清除']);

/**
 * Reads quiet hours as people write them, in English and Chinese: `12:00-13:30, 20:30-08:30`,
 * `Mon-Fri 9pm–8:30am; Sat Sun 00:00-24:00`, `每天晚上9点至次日8点半`. Days are named before their periods and hold for all
 * that follow, up to a semicolon or the end of the line; without any, a period is on every day. One whose end is before
 * its beginning ends on the following day. What is not clear is an issue, and never guessed.
 */
export function readHours(typed: string): GivenHours {
  if (typed.length > maxHoursLength) return { kind: 'issue', issue: { kind: 'too_long' } };
  const whole = fold(typed);
  if (noneWords.has(whole)) return { kind: 'known', windows: [] };
  if (unknownWords.has(whole)) return { kind: 'unknown' };
  const windows: QuietWindow[] = [];
  for (const line of typed.split(/[;；\r\n]/)) {
    const read = readLine(tokensOf(fold(line)));
    if ('kind' in read) return { kind: 'issue', issue: read };
    windows.push(...read.windows);
  }
  if (windows.length === 0) return { kind: 'issue', issue: { kind: 'empty' } };
  if (windows.length > maxWindows) return { kind: 'issue', issue: { kind: 'too_many' } };
  if (coversWeek(windows)) return { kind: 'issue', issue: { kind: 'whole_week' } };
  return { kind: 'known', windows };
}

function readLine(tokens: readonly Token[]): { windows: QuietWindow[] } | HoursIssue {
  const windows: QuietWindow[] = [];
  let days: readonly number[] = daysOfWeek;
  /** Named since the last period. */
  let named: { texts: string[]; days: number[] } = { texts: [], days: [] };
  for (let rest = tokens; rest.length > 0; ) {
    const read = readDays(rest) ?? readPeriod(rest);
    if (read.kind === 'issue') return read.issue;
    if (read.kind === 'days') {
      named = { texts: [...named.texts, read.text], days: [...named.days, ...read.days] };
    } else {
      if (named.days.length > 0) days = [...new Set(named.days)].sort((a, b) => a - b);
      named = { texts: [], days: [] };
      windows.push({ days: [...days], from: read.from, until: read.until });
    }
    rest = rest.slice(read.taken);
  }
  if (named.days.length === 0) return { windows };
  return { kind: 'days_alone', text: named.texts.join(' ').slice(0, maxQuoted) };
}

type Read =
  | { kind: 'days'; days: readonly number[]; text: string; taken: number }
  | { kind: 'period'; from: number; until: number; taken: number }
  | { kind: 'issue'; issue: HoursIssue };

const textOf = (tokens: readonly Token[]): string =>
  tokens
    .map(({ text }) => text)
    .join(' ')
    .slice(0, maxQuoted);

function notUnderstood(tokens: readonly Token[]): Read {
  return { kind: 'issue', issue: { kind: 'not_understood', text: textOf(tokens) } };
}

/** `Mon`, `Mon-Fri`, `Fri-Mon`; null when the line does not go on with days. */
export function readDays(tokens: readonly Token[]): Read | null {
  const [first, to, last] = tokens;
  if (first?.kind !== 'days') return null;
  if (to?.kind !== 'to') return { kind: 'days', days: first.days, text: first.text, taken: 1 };
  const [begin, end] = [first.days.at(-1), last?.kind === 'days' ? last.days[0] : undefined];
  if (begin === undefined || end === undefined || first.days.length > 1) return notUnderstood(tokens.slice(0, 3));
  const length = ((end - begin + 7) % 7) + 1;
  const days = Array.from({ length }, (_, i) => ((begin - 1 + i) % 7) + 1);
  // 周一至周五六: what follows the end of the range is named as well.
  const further = last?.kind === 'days' ? last.days.slice(1) : [];
  return { kind: 'days', days: [...days, ...further], text: textOf(tokens.slice(0, 3)), taken: 3 };
}

function readPeriod(tokens: readonly Token[]): Read {
  const [begin, to, end, after] = tokens;
  if (begin?.kind !== 'time' || to?.kind !== 'to' || end?.kind !== 'time') return notUnderstood(tokens.slice(0, 3));
  const taken = after?.kind === 'next_day' ? 4 : 3;
  const text = textOf(tokens.slice(0, taken));
  const { minutes: from } = begin;
  const nextDay = end.nextDay || taken === 4;
  // Midnight is the end of the day that begins with `from`.
  const midnight = end.minutes === 0 && (nextDay || from !== 0);
  const until = midnight ? minutesPerDay : end.minutes;
  if (from === null || until === null || from === minutesPerDay || begin.nextDay) {
    return { kind: 'issue', issue: { kind: 'not_a_time', text } };
  }
  if (from === until) return { kind: 'issue', issue: { kind: 'no_length', text } };
  if (nextDay && !midnight && until > from) return { kind: 'issue', issue: { kind: 'over_a_day', text } };
  return { kind: 'period', from, until, taken };
}
