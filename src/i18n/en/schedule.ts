import type { MomentAction, ScheduleHold } from '../../core/model/schedule.ts';
import type { TimesIssue } from '../../core/schedules/read-times.ts';
import { counted, grouped } from '../format.ts';

/** When a task is started and paused by the clock. What `times` shows can be typed as it is. */
export const schedule = {
  heading: (name: string) => `Schedule of *${name}*`,
  list: 'Schedules',
  empty: (command: string) => `No task has a schedule. Give one to a task with ${command}.`,
  intro: 'Dialdeck starts and pauses the task at these times, in your name and with the checks of every start.',
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  /** A day on the clock of the platform. */
  day: (month: string, day: string, weekday: string) => `${weekday}, ${month} ${day}`,
  at: (day: string, time: string) => `${day}, ${time}`,
  today: 'today',
  tomorrow: 'tomorrow',
  moments: { start: (at: string) => `${at} – start`, pause: (at: string) => `${at} – pause` } satisfies Record<
    MomentAction,
    (at: string) => string
  >,
  days: {
    every: 'Every day',
    working: 'Chinese working days',
    week: 'Certain days of the week',
  },
  workingHint: 'Without public holidays, with make-up days',
  times: {
    period: (from: string, until: string) => `${from}–${until}`,
    start: (at: string) => `start ${at}`,
    pause: (at: string) => `pause ${at}`,
  },
  from: (day: string) => `from ${day}`,
  until: (day: string) => `until ${day}`,
  next: 'Next:',
  noNext: 'Nothing more: its last day is over.',
  wouldBe: 'Without that, next would be:',
  missed: {
    skip: 'Skip it',
    late: (duration: string) => `Start late, up to ${duration}`,
    ask: 'Ask me',
  },
  missedText: {
    skip: 'A missed start is skipped',
    late: (duration: string) => `A missed start is made up for within ${duration}`,
    ask: 'People are asked about a missed start',
  },
  savedBy: (who: string, at: string) => `saved by ${who} ${at}`,
  zone: (zone: string) => `Times are in the platform's time zone, ${zone}.`,
  onlyNext: 'It starts nothing before that. To start the task now, use *Start*.',
  held: {
    schedule: (who: string, at: string) => `${who} paused this schedule ${at}.`,
    paused: (who: string, at: string) => `Held, because ${who} paused the task ${at}.`,
    started: (who: string, at: string) => `Held, because ${who} started the task outside its hours ${at}.`,
  } satisfies Partial<Record<ScheduleHold['why'], unknown>>,
  heldSince: {
    elsewhere: (at: string) => `Held since ${at}, because it seems that someone paused the task outside Dialdeck.`,
    gone: (at: string) => `Held since ${at}, because the task no longer exists on the platform.`,
    restored: (at: string) =>
      `Held since the store was restored from a backup, in which it was last saved ${at}. Check it before you resume it.`,
  } satisfies Partial<Record<ScheduleHold['why'], unknown>>,
  untilResumed: 'It does nothing until someone resumes it.',
  form: {
    days: 'Days',
    week: 'Days of the week',
    weekHint: 'Only for “Certain days of the week”.',
    times: 'Times',
    timesHint:
      'The task is started when a period begins and paused when it ends. For a lunch break, enter two. Or only one of the two: “start 09:00”, “pause 18:00”.',
    since: 'First day',
    until: 'Last day',
    missed: 'If a start is missed',
    missedHint: 'While Dialdeck could not act. A missed pause is always made up for.',
  },
  review: 'Check the schedule',
  conflicts: 'Please note:',
  conflict: {
    starts_outside_legal: (at: string, hours: string) =>
      `Starts outside the legal hours (${hours}) are refused, the first one ${at}.`,
    open_outside_legal: (at: string, hours: string) =>
      `It keeps the task on outside the legal hours (${hours}), first ${at}.`,
    quiet_hours: (from: string, until: string, group: string) =>
      `Nobody is called during the quiet hours ${group}, first from ${from} to ${until}.`,
    /** Followed by the sentence below. */
    line: (line: string, total: number) => `Line ${line} takes ${counted(total, 'call', 'calls')} at a time.`,
    line_full: (at: string, others: string, wanted: number) =>
      `This task and ${others} together want ${grouped(wanted)}, first ${at}.`,
    stopped: 'An emergency stop is in force. Nothing is started before it is resumed.',
    holidays_unknown: (year: number) =>
      `The public holidays of ${year} are not known to this version. Monday to Friday count as working days then.`,
  },
  none: 'No conflicts were found.',
  saved: (name: string) => `The schedule of *${name}* is saved.`,
  removed: (name: string) => `The schedule of *${name}* is removed. The task stays as it is.`,
  resumed: 'The schedule goes on.',
  leftAlone: 'The task stays paused.',
  removeTitle: 'Remove the schedule?',
  removeText: 'The task stays as it is now: on, or paused.',
  buttons: {
    schedule: 'Schedule',
    edit: 'Edit schedule',
    review: 'Next',
    back: 'Change',
    pause: 'Pause schedule',
    resume: 'Resume schedule',
    remove: 'Remove schedule',
    startNow: 'Start now',
    leave: 'Leave it paused',
    show: 'Show',
  },
  aria: {
    show: (name: string) => `Show the schedule of ${name}`,
    resume: (name: string) => `Resume the schedule of ${name}`,
  },
  issues: {
    empty: () => 'Enter at least one period, for example 09:00–12:00.',
    too_long: () => 'That is too long: the limit is 500 characters.',
    too_many: () => 'Those are too many times: the limit is 12.',
    not_understood: (part: string) => `${part} is not understood. Write periods like 09:00–12:00, 13:30–18:00.`,
    not_a_time: (part: string) => `${part} has a time that does not exist. Use 00:00 to 24:00.`,
    no_length: (part: string) => `${part} begins and ends at the same time.`,
  } satisfies Record<TimesIssue['kind'], (part: string) => string>,
  noDays: 'Choose at least one day of the week.',
  badDay: 'That is not a day.',
  reversed: 'The last day is before the first.',
  never: 'With these days and times, the task is never started or paused.',
  more: (n: number) => `and ${grouped(n)} more`,
  /** What it did, or could not do, where the task is watched. */
  said: {
    started: (name: string, time: string) => `*${name}* was started by its schedule for ${time}.`,
    paused: (name: string, time: string) => `*${name}* was paused by its schedule for ${time}.`,
    late: (duration: string) => `That was ${duration} late.`,
    blocked: (name: string, time: string) => `The schedule did not start *${name}* at ${time}.`,
    failedStart: (name: string, time: string) => `The schedule could not start *${name}* at ${time}.`,
    failedPause: (name: string, time: string) =>
      `The schedule could not pause *${name}* at ${time}: it may still be calling. It keeps trying.`,
    missed: (name: string, time: string) =>
      `The schedule has missed the start of *${name}* at ${time}, because Dialdeck could not act then.`,
    asked: (name: string, time: string) => `The schedule has missed the start of *${name}* at ${time}. Start it now?`,
    held: (name: string) => `The schedule of *${name}* is on hold.`,
    saved: (who: string, name: string) => `${who} replaced your schedule of *${name}*, and owns it from now on.`,
    removedBy: (who: string, name: string) => `${who} removed your schedule of *${name}*.`,
    resumedBy: (who: string, name: string) => `${who} resumed your schedule of *${name}*.`,
    next: (moment: string) => `Next: ${moment}`,
    once: 'said once, until it works again',
  },
};
