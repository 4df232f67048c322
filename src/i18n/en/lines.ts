import { counted, grouped } from '../format.ts';

/** The board of lines, and moving concurrency between two tasks of a line. */
export const lines = {
  heading: (total: number) => `*Lines* · ${grouped(total)}`,
  found: (search: string, total: number) => `*Lines* · ${search} · ${grouped(total)}`,
  /** For notifications and screen readers. */
  summary: (total: number) => counted(total, 'line', 'lines'),
  none: 'The calling platform names no lines, and no task is on one.',
  noMatch: 'No line has that name.',
  free: (free: number, total: number | null) =>
    total === null ? `${grouped(free)} free` : `${grouped(free)} of ${grouped(total)} free`,
  freeUnknown: (total: number | null) =>
    total === null ? 'free concurrency not known' : `${grouped(total)} in all, free concurrency not known`,
  used: (used: number) => `${grouped(used)} in use`,
  usedUnknown: 'use not known',
  gone: 'no longer offered by the platform',
  expired: (day: string) => `expired on ${day}`,
  expiring: (day: string) => `expires soon, on ${day}`,
  expires: (day: string) => `expires on ${day}`,
  full: 'full',
  oversubscribed: (claimed: number, total: number) =>
    `Tasks that are on may hold ${grouped(claimed)} together, more than its ${grouped(total)}.`,
  /** A task of a line: its name with its concurrency and state. */
  holder: (name: string, calls: number, state: string) => `${name} ${grouped(calls)} (${state})`,
  noTasks: 'No task is on this line.',
  moreTasks: (n: number) => `${counted(n, 'more task', 'more tasks')}`,
  footer: (page: number, pages: number) => `Page ${grouped(page)} of ${grouped(pages)}`,
  asOf: (tasks: string, metadata: string) => `Tasks as of ${tasks}, free concurrency as of ${metadata}`,
  metadataUnknown: (tasks: string) =>
    `Tasks as of ${tasks}. The lines themselves could not be read, so free concurrency is not known.`,
  /** On buttons. */
  tasksOf: 'Tasks',
  refresh: 'Refresh',
  back: 'All lines',

  move: {
    intro: (line: string) =>
      `Line *${line}*. The first task is lowered and read back; only then is the second one raised.`,
    from: 'From',
    fromHint: 'The task that gives up concurrency. It keeps at least 1.',
    to: 'To',
    count: 'How many',
    choose: 'Choose a task',
    nothing: (line: string) =>
      `There is nothing to move on *${line}*: that takes two tasks, one of which may make more than one call at a time.`,
    sameTask: 'Choose another task than the one that gives it up.',
    notOnLine: 'This task is no longer on the line. Choose another one.',
    tooMany: (max: number) => `At most ${grouped(max)}: the task keeps at least 1.`,
    /** A step that is certain. */
    lowered: (name: string, before: number, after: number) =>
      `*${name}* was lowered from ${grouped(before)} to ${grouped(after)}, which was read back.`,
    raising: (name: string, before: number, after: number) =>
      `Raising *${name}* from ${grouped(before)} to ${grouped(after)}…`,
    raised: (name: string, before: number, after: number) =>
      `*${name}* was raised from ${grouped(before)} to ${grouped(after)}, which was read back.`,
    notRaised: (name: string, before: number) => `*${name}* was *not* raised: it may still make ${grouped(before)}.`,
    notLowered: 'Nothing was changed.',
    loweredUnknown: (name: string, before: number, after: number) =>
      `It is not known yet whether *${name}* was lowered from ${grouped(before)} to ${grouped(after)}. The other task was not touched.`,
    raisedUnknown: (name: string, before: number, after: number) =>
      `It is not known yet whether *${name}* was raised from ${grouped(before)} to ${grouped(after)}.`,
    changed: (name: string, now: number) =>
      `*${name}* was changed meanwhile: it may now make ${grouped(now)}, or is on another line.`,
    invalid: (name: string, field: string, issue: string) => `*${name}* cannot be saved as it is: ${field}: ${issue}`,
    noRoom: (max: number) =>
      `The line has no room for it: it may have ${grouped(max)} at most now. Someone else took what was freed, or the platform has not freed it.`,
    busy: (name: string) => `Another action on *${name}* is still running.`,
    /** Buttons that open the forms of the two tasks. */
    editTask: (name: string) => `Edit ${name}`,
    again: 'Move again',
  },
};
