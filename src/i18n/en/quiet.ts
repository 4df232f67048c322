import type { HoursIssue } from '../../core/quiet/read-hours.ts';
import { counted, grouped } from '../format.ts';

/** The hours of the platform's quiet-hours groups. What `hours` shows can be typed as it is. */
export const quiet = {
  heading: 'Quiet hours',
  intro:
    "The calling platform names its quiet-hours groups but does not say which hours they are. Enter them once per group, as the platform's console shows them. Cards then say when calling resumes, and point out a task that stands still at other times.",
  zone: (zone: string) => `Times are in the platform's time zone, ${zone}.`,
  hours: {
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    daily: 'daily',
    dayRange: (first: string, last: string) => `${first}–${last}`,
    dayList: (items: readonly string[]) => items.join(', '),
    fromUntil: (from: string, until: string) => `${from}–${until}`,
    periodList: (items: readonly string[]) => items.join(', '),
    lineList: (items: readonly string[]) => items.join('; '),
    ofDays: (days: string, periods: string) => `${days} ${periods}`,
  },
  /** What to type for that. */
  noneWord: 'none',
  unknown: 'hours not entered yet',
  none: 'no quiet hours, calls at any time',
  used: (tasks: number) => `used by ${counted(tasks, 'task', 'tasks')}`,
  entered: (person: string, at: string) => `entered by ${person} ${at}`,
  empty: "The calling platform has no quiet-hours groups. Add one in the platform's console.",
  which: 'Which group?',
  more: (n: number) => `and ${grouped(n)} more. Name one to see it, or part of its name.`,
  noSuchGroup: (ref: string) => `No quiet-hours group matches ${ref}.`,
  hint: (command: string) =>
    `Enter hours with a button, or in one line: the group, then its hours, for example ${command}.`,
  label: 'Hours without calls',
  placeholder: '12:00–13:30, 21:00–08:30',
  formHint:
    'For certain days: Mon–Fri 21:00–08:30; Sat, Sun 00:00–24:00. Type “none” if calls are made at any time, or “unknown” to clear the hours.',
  saved: (name: string, hours: string) => `Quiet hours of *${name}*: ${hours}.`,
  applies: 'Cards follow within a minute.',
  issue: (name: string, what: string) => `The quiet hours of *${name}* were not changed. ${what}`,
  issues: {
    empty: () => 'Enter at least one period, for example 21:00–08:30.',
    too_long: () => 'That is too long: the limit is 1,000 characters.',
    too_many: () => 'Those are too many periods: the limit is 21.',
    whole_week: () => 'These hours leave no time for calls in the whole week.',
    not_understood: (part: string) =>
      `${part} is not understood. Write periods like 21:00–08:30, with the days before them if they are not daily.`,
    not_a_time: (part: string) => `${part} has a time that does not exist. Use 00:00 to 24:00.`,
    no_length: (part: string) =>
      `${part} begins and ends at the same time. For a whole day, write 00:00–24:00; for no quiet hours, “none”.`,
    over_a_day: (part: string) => `${part} is longer than a day.`,
    days_alone: (part: string) => `${part} has no hours. Write them after the days, for example 00:00–24:00.`,
  } satisfies Record<HoursIssue['kind'], (part: string) => string>,
};
