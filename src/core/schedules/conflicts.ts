import type { QuietWindow } from '../model/quiet-hours.ts';
import type { SchedulePlan } from '../model/schedule.ts';
import type { Task } from '../model/task.ts';
import { quietIntervals } from '../quiet/week.ts';
import type { PreflightCode } from '../tasks/preflight.ts';
import { type Interval, intervalAt } from '../watch/intervals.ts';
import { dayMs, dayNumber, type ScheduleCalendar } from './calendar.ts';
import { nextMoments, openPeriods } from './moments.ts';

/** What a schedule meets: said before it is saved, and no reason to refuse it. */
export type Conflict =
  /** A start outside the legal hours is refused. The first one, epoch ms. */
  | { kind: 'starts_outside_legal'; at: number; hours: string }
  /** It keeps the task on outside the legal hours: the first such time. */
  | { kind: 'open_outside_legal'; at: number; hours: string }
  /** No calls are made in the quiet hours of the task: from … until, epoch ms. */
  | { kind: 'quiet_hours'; from: number; until: number; group: string }
  /** At that time others are on the line as well, and together they want more of it than it has. */
  | { kind: 'line_full'; at: number; line: string; total: number; wanted: number; others: string[] }
  /** What the preflight of a start says of the task now. */
  | { kind: 'preflight'; item: PreflightCode; room: number | null }
  /** An emergency stop is in force: nothing is started until it is resumed. */
  | { kind: 'stopped' }
  /** The public holidays of that year are not known: its days are Monday to Friday. */
  | { kind: 'holidays_unknown'; year: number };

/** The schedule of another task. */
interface OtherSchedule {
  plan: SchedulePlan;
  task: Pick<Task, 'name' | 'line' | 'concurrency'>;
}

export interface Surroundings {
  /** Epoch ms. */
  now: number;
  task: Pick<Task, 'name' | 'line' | 'concurrency' | 'quietHours'>;
  /** Whether calls may be made at an instant, and the hours as they are set; null where none are. */
  legal: { isOpenAt(instant: number): boolean; said: string } | null;
  /** The hours of its quiet-hours group; null where nobody has entered them. */
  quiet: readonly QuietWindow[] | null;
  /** How many calls the line takes; null where that is not known. */
  lineTotal: number | null;
  others: readonly OtherSchedule[];
  items: readonly PreflightCode[];
  /** How many calls its line has room for now; null where there are enough, or that is not known. */
  room: number | null;
  isStopped: boolean;
}

/** Schedules repeat within that: two weeks from the first moment on are compared. */
const comparedMs = 14 * dayMs;

/** A conflict names no more tasks than this. */
const maxNamed = 5;

/** What the schedule meets in its first two weeks, the most serious first. */
export function conflictsOf(plan: SchedulePlan, calendar: ScheduleCalendar, around: Surroundings): Conflict[] {
  const [first] = nextMoments(plan, calendar, { after: around.now, count: 1 });
  if (first === undefined) return [];
  const span = { from: first.at - 1, until: first.at + comparedMs };
  const periods = openPeriods(plan, calendar, span);
  return [
    ...(around.isStopped ? [{ kind: 'stopped' as const }] : []),
    ...around.items.map((item): Conflict => ({ kind: 'preflight', item, room: around.room })),
    ...outsideLegal(plan, calendar, around, { span, periods }),
    ...inQuietHours(calendar, around, { span, periods }),
    ...onFullLine(calendar, around, { span, periods }),
    ...unknownHolidays(plan, calendar, span),
  ];
}

interface Compared {
  span: Interval;
  periods: readonly Interval[];
}

/** Both are hours of the week: they are compared minute by minute where one of them begins or ends. */
function outsideLegal(
  plan: SchedulePlan,
  calendar: ScheduleCalendar,
  { legal }: Surroundings,
  { span, periods }: Compared,
): Conflict[] {
  if (legal === null) return [];
  const { said: hours } = legal;
  const moments = nextMoments(plan, calendar, { after: span.from, count: 200 }).filter(({ at }) => at <= span.until);
  const start = moments.find(({ at, action }) => action === 'start' && !legal.isOpenAt(at));
  if (start !== undefined) return [{ kind: 'starts_outside_legal', at: start.at, hours }];
  for (const { from, until } of periods) {
    for (let at = from; at < until; at += quarterMs) {
      if (!legal.isOpenAt(at)) return [{ kind: 'open_outside_legal', at, hours }];
    }
    if (!legal.isOpenAt(until - 1)) return [{ kind: 'open_outside_legal', at: until - 1, hours }];
  }
  return [];
}

const quarterMs = 15 * 60_000;

function inQuietHours(
  { zone }: ScheduleCalendar,
  { quiet, task }: Surroundings,
  { span, periods }: Compared,
): Conflict[] {
  const intervals = quiet === null ? [] : quietIntervals(quiet, zone, span);
  for (const period of periods) {
    for (const { from, until } of intervals) {
      const both = { from: Math.max(from, period.from), until: Math.min(until, period.until) };
      if (both.from < both.until) {
        return [{ kind: 'quiet_hours', ...both, group: task.quietHours.name ?? task.quietHours.id }];
      }
    }
  }
  return [];
}

/** At the beginning of each period, with the task that is on at that time: more than that is never on together. */
function onFullLine(
  calendar: ScheduleCalendar,
  { task, lineTotal: total, others }: Surroundings,
  { span, periods }: Compared,
): Conflict[] {
  const sharing = others
    .filter((other) => other.task.line.id === task.line.id)
    .map((other) => ({ ...other, periods: openPeriods(other.plan, calendar, span) }));
  if (total === null || sharing.length === 0) return [];
  const begins = [...periods, ...sharing.flatMap((other) => other.periods)].map(({ from }) => from);
  for (const at of begins.sort((a, b) => a - b)) {
    if (intervalAt(at, periods) === null) continue;
    const on = sharing.filter((other) => intervalAt(at, other.periods) !== null);
    const wanted = on.reduce((sum, other) => sum + other.task.concurrency, task.concurrency);
    if (on.length === 0 || wanted <= total) continue;
    const names = on.slice(0, maxNamed).map((other) => other.task.name);
    return [{ kind: 'line_full', at, line: task.line.name ?? task.line.id, total, wanted, others: names }];
  }
  return [];
}

function unknownHolidays({ days, until }: SchedulePlan, calendar: ScheduleCalendar, span: Interval): Conflict[] {
  if (days.kind !== 'working') return [];
  const yearOf = (instant: number): number => new Date(dayNumber(calendar.shows(instant)) * dayMs).getUTCFullYear();
  const first = yearOf(span.from);
  const last = until === null ? first + 1 : Number(until.slice(0, 4));
  for (let year = first; year <= Math.min(last, first + 1); year += 1) {
    if (!calendar.isKnown(year)) return [{ kind: 'holidays_unknown', year }];
  }
  return [];
}
