import { type DaySheet, noFigures } from '../model/day-sheet.ts';
import type { Reading } from '../model/reading.ts';
import type { Day, Days } from '../time/days.ts';
import { lastSignOf, tallyOf } from './tally.ts';

/** Whether a task stands still for a reason that is not known to be quiet hours. */
export function isStalled({ state, quietUntil, task }: Pick<Reading, 'state' | 'quietUntil' | 'task'>): boolean {
  return state === 'waiting' && quietUntil === null && (task.progress?.total ?? 0) > 0;
}

/** What a look adds to the day of a task. */
interface Step extends Omit<DaySheet, 'day' | 'hours'> {
  hour: number;
}

/** The kinds of news that count. */
interface Ends {
  finished: boolean;
  takenBack: boolean;
}

/**
 * The sheet of a task after a look, and the one that is over: that of an earlier day on which something happened, or of
 * a task that was deleted. Time alone opens no sheet.
 */
export function nextSheet(
  before: Reading | null,
  after: Reading,
  ends: Ends,
  days: Days,
): { sheet: DaySheet | null; closed: DaySheet[] } {
  const held = before?.sheet ?? null;
  const today = days.dayOf(after.takenAt);
  const step = stepOf(before, after, ends, days);
  if (isNothing(step)) return after.state === 'gone' ? over(held) : { sheet: held, closed: [] };
  const isSame = held !== null && held.day === today;
  const sheet = added(isSame ? held : emptySheet(today), step);
  const closed = isSame || held === null ? [] : [closedAt(held, before, days)];
  return after.state === 'gone' ? { sheet: null, closed: [...closed, sheet] } : { sheet, closed };
}

const over = (held: DaySheet | null) => ({ sheet: null, closed: held === null ? [] : [held] });

/** @internal Exported for tests. */
export function emptySheet(day: Day): DaySheet {
  return { day, ...noFigures, hours: [] };
}

function stepOf(before: Reading | null, after: Reading, { finished, takenBack }: Ends, days: Days): Step {
  const [was, is] = [before === null ? null : tallyOf(before), tallyOf(after)];
  const goesOn = was !== null && was.since === is.since;
  const gained = (key: 'dialed' | 'dialingMs'): number => {
    return before === null ? 0 : Math.max(0, is[key] - (goesOn ? was[key] : 0));
  };
  const begins = isStalled(after) && !(before !== null && isStalled(before));
  const ended = before !== null && isStalled(before) && !isStalled(after);
  const today = days.instantOf(days.dayOf(after.takenAt), 0);
  const ofToday = Math.max(0, after.takenAt - today);
  return {
    hour: days.hourOf(after.takenAt),
    dialed: gained('dialed'),
    // What was dialed before midnight cannot be told apart; the time can.
    dialingMs: Math.min(gained('dialingMs'), ofToday),
    finished: Number(finished),
    takenBack: Number(takenBack),
    stalls: Number(begins),
    unsureStalls: Number(begins && !after.quietKnown),
    stalledMs: ended ? Math.max(0, after.takenAt - Math.max(stalledSince(before), today)) : 0,
  };
}

/** Since when a task that stands still has done so, epoch ms. */
export function stalledSince(reading: Reading): number {
  return lastSignOf(reading) || reading.takenAt;
}

function isNothing({ hour: _when, ...step }: Step): boolean {
  return Object.values(step).every((value) => value === 0);
}

function added(sheet: DaySheet, step: Step): DaySheet {
  return {
    day: sheet.day,
    dialed: sheet.dialed + step.dialed,
    dialingMs: sheet.dialingMs + step.dialingMs,
    finished: sheet.finished + step.finished,
    takenBack: sheet.takenBack + step.takenBack,
    stalls: sheet.stalls + step.stalls,
    unsureStalls: sheet.unsureStalls + step.unsureStalls,
    stalledMs: sheet.stalledMs + step.stalledMs,
    hours: withHour(sheet.hours, step),
  };
}

function withHour(hours: DaySheet['hours'], { hour, dialed }: Step): DaySheet['hours'] {
  if (dialed === 0) return hours;
  const earlier = hours.find(([known]) => known === hour)?.[1] ?? 0;
  return [...hours.filter(([known]) => known !== hour), [hour, earlier + dialed]];
}

/** A sheet whose day is over; a task that stood still at its end did so until midnight. */
function closedAt(sheet: DaySheet, before: Reading | null, days: Days): DaySheet {
  if (before === null || !isStalled(before)) return sheet;
  return { ...sheet, stalledMs: sheet.stalledMs + stalledWithin(before, sheet.day, days) };
}

const minutesPerDay = 24 * 60;

/** For how long of a day a task has stood still that does so now, ms; all of the rest of the day. */
function stalledWithin(reading: Reading, day: Day, days: Days): number {
  const [begin, end] = [days.instantOf(day, 0), days.instantOf(day, minutesPerDay)];
  return Math.max(0, end - Math.max(begin, stalledSince(reading)));
}
