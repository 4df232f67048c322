import { daysOfWeek, minutesPerDay } from '../model/quiet-hours.ts';

/** A piece of a line of quiet hours, with the text it stands for. */
export type Token = { text: string } & (
  | { kind: 'days'; days: readonly number[] }
  /** Minutes since midnight, 0…1440; null for none of a clock. `nextDay`: said to be of the following day. */
  | { kind: 'time'; minutes: number | null; nextDay: boolean; half: Half }
  | { kind: 'to' | 'next_day' }
  /** Everything from the first thing that cannot be read. */
  | { kind: 'unreadable' }
);

/** Which half of the day a time is of: it is said (下午, pm), open (a bare 6点), or clear from the time itself (18点, 06:00). */
type Half = 'said' | 'open' | 'clear';

type Made = Token extends infer T ? (T extends Token ? Omit<T, 'text'> : never) : never;

const blank = /[\s,、和及&]+|and\b|on\b/y;

/** Each is anchored, and linear in what it takes. */
const patterns: readonly (readonly [RegExp, (groups: Record<string, string | undefined>) => Made])[] = [
  [
    /(?<next>次日|第二天|翌日)?\s?(?<part>凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚)?\s?(?<hours>\d{1,2})(?::(?<minutes>\d{2})\s?(?<half>am|pm)?|\s?(?<only>am|pm)|[点时](?:(?<thirty>半)|整|(?<spelled>\d{1,2})分?)?)(?![\d:a-z])/y,
    (groups) => ({
      kind: 'time',
      minutes: minutesOf(groups),
      nextDay: groups.next !== undefined,
      half: halfOf(groups),
    }),
  ],
  [/\(?(?:the )?(?:next|following) day\)?|\(?\+1\)?(?!\d)/y, () => ({ kind: 'next_day' })],
  [/(?:daily|every ?day)(?![a-z])|每天|每日|天天/y, () => ({ kind: 'days', days: daysOfWeek })],
  [/(?:weekdays?|workdays?)(?![a-z])|工作日/y, () => ({ kind: 'days', days: [1, 2, 3, 4, 5] })],
  [/weekends?(?![a-z])|周末/y, () => ({ kind: 'days', days: [6, 7] })],
  [
    /(?<day>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?s?(?![a-z])/y,
    ({ day = '' }) => ({ kind: 'days', days: [englishDays.indexOf(day) + 1] }),
  ],
  [
    /(?:周|星期|礼拜)(?<days>[一二三四五六日天]{1,7})/y,
    ({ days = '' }) => ({ kind: 'days', days: [...days].map(chineseDay) }),
  ],
  [/[-~〜至到]|(?:to|until|through)\b/y, () => ({ kind: 'to' })],
];

/** A day whose 周 was said with the day before it: 周六、日 · 周一至五. */
const furtherDay = /[一二三四五六日天]/y;

const englishDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const chineseDay = (sign: string): number => (sign === '天' ? 7 : '一二三四五六日'.indexOf(sign) + 1);

/** The pieces of a line that was folded (`core/text/fold.ts`). */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const next = (): Made => {
    for (const [pattern, made] of patterns) {
      const found = take(pattern);
      if (found !== null) return made(found.groups ?? {});
    }
    const earlier = tokens.findLast(({ kind }) => kind !== 'to');
    const further = earlier?.kind === 'days' ? take(furtherDay) : null;
    if (further !== null) return { kind: 'days', days: [chineseDay(further[0])] };
    at = line.length;
    return { kind: 'unreadable' };
  };
  while (at < line.length) {
    if (take(blank) !== null) continue;
    const from = at;
    const made = next();
    tokens.push({ ...made, text: line.slice(from, at) });
  }
  return tokens.map((token, index) => inItsHalf(token, index, tokens));
}

const noon = minutesPerDay / 2;

/**
 * The end of 下午1点半到6点 and `9am-6:30`, of which only the beginning says its half of the day, is the next time at
 * which a clock shows it: a period goes past midnight only when it cannot end before.
 */
function inItsHalf(token: Token, index: number, tokens: readonly Token[]): Token {
  if (token.kind !== 'time' || token.half !== 'open' || token.minutes === null) return token;
  const [begin, to] = tokens.slice(Math.max(0, index - 2), index);
  if (to?.kind !== 'to' || begin?.kind !== 'time' || begin.half !== 'said' || begin.minutes === null) return token;
  if (token.nextDay || tokens[index + 1]?.kind === 'next_day') return token;
  const later = token.minutes + noon;
  return begin.minutes >= token.minutes && begin.minutes < later ? { ...token, minutes: later } : token;
}

function halfOf({ hours = '', half, only, part }: Record<string, string | undefined>): Half {
  const given = Number(hours);
  if (given === 0 || given > 11 || hours.startsWith('0')) return 'clear';
  return (half ?? only ?? part) === undefined ? 'open' : 'said';
}

const pm = new Set(['pm', '下午', '傍晚', '晚上', '晚']);

function minutesOf({ hours, minutes, half, only, thirty, spelled, part }: Record<string, string | undefined>) {
  const given = Number(hours);
  const minute = thirty === undefined ? Number(minutes ?? spelled ?? 0) : 30;
  const said = half ?? only ?? part;
  // 中午 is around noon: 12 is before it, 1 after it.
  const afternoon = said !== undefined && (pm.has(said) || (said === '中午' && given < 11));
  const hour = hourOf(given, { said, afternoon, twelve: half !== undefined || only !== undefined });
  if (hour === null || minute > 59) return null;
  const total = hour * 60 + minute;
  return total > minutesPerDay ? null : total;
}

/** `twelve`: of a clock that shows twelve hours only. */
function hourOf(
  given: number,
  { said, afternoon, twelve }: { said: string | undefined; afternoon: boolean; twelve: boolean },
): number | null {
  if (twelve && (given < 1 || given > 12)) return null;
  if (said === undefined || given > 12) return given;
  if (afternoon) return given === 12 ? (said.startsWith('晚') ? 24 : 12) : given + 12;
  return given === 12 && said !== '中午' ? 0 : given;
}
