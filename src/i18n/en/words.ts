import type { ActorAction, TaskState } from '../../core/model/reading.ts';
import { counted, grouped, span } from '../format.ts';

/** Titles of modals: at most 24 characters. */
export const titles = {
  create: 'New calling task',
  edit: 'Edit task',
  review: 'Review changes',
  import: 'Import numbers',
  preview: 'Check the numbers',
  progress: 'Importing',
  imported: 'Import result',
  delete: 'Delete task',
  created: 'Task created',
  saved: 'Task saved',
  deleted: 'Task deleted',
  unknown: 'Outcome unknown',
  problem: 'Something went wrong',
  start: 'Start task',
  quiet_hours: 'Quiet hours',
};

/** Labels of buttons: short verbs, at most 24 characters where they submit or close a modal. */
export const buttons = {
  create: 'Create',
  review: 'Review changes',
  save: 'Save',
  overwrite: 'Overwrite',
  reload: 'Reload',
  delete: 'Delete',
  next: 'Next',
  importReady: (n: number) => `Import ${counted(n, 'number', 'numbers')}`,
  cancel: 'Cancel',
  close: 'Close',
  back: 'Back',
  done: 'Done',
  retry: 'Try again',
  start: 'Start',
  startAnyway: 'Start anyway',
  pause: 'Pause',
  import: 'Import numbers',
  edit: 'Edit',
  clone: 'Clone',
  watch: 'Watch here',
  deleteTask: 'Delete…',
  postHere: 'Post here',
  show: 'Show',
  choose: 'Choose',
  newTask: 'New task',
  tasks: 'Tasks',
  previous: 'Previous',
  nextPage: 'Next page',
  all: 'All',
  openForm: 'Open form',
  check: 'Check now',
  enterHours: 'Enter hours',
};

export const states: Record<TaskState, string> = {
  draft: 'Draft',
  dialing: 'Dialing',
  waiting: 'Waiting',
  awaiting_redial: 'Awaiting redial',
  paused: 'Paused',
  finished: 'Finished',
  gone: 'Deleted',
};

/** How the state is known. Times are passed in as finished date text. */
export const evidence = {
  never_started: 'never started',
  no_numbers: 'no numbers yet',
  moved: (at: string) => `last dialed ${at}`,
  just_started: (at: string) => `started ${at}`,
  on_since: (at: string) => `on; no calls seen yet since ${at}`,
  not_moved: (since: string) => `no calls since ${since}`,
  stalled: (since: string) => `no calls since ${since}, although no quiet hours are on; check the line`,
  quiet_hours: (until: string) => `quiet hours; resumes ${until}`,
  may_redial: (rule: string, numbers: number, endsAt: string) =>
    `every number dialed once; *${rule}* may call up to ${grouped(numbers)} again. Finished at ${endsAt} if it does not`,
  switched_off: 'switched off on the platform',
  all_dialed: 'all numbers dialed',
  unsure_redial: (rule: string) =>
    `all numbers dialed; the platform does not say whether *${rule}* calls any of them again`,
  absent: (at: string) => `missing from the platform since ${at}`,
  no_progress_source: 'on; the platform does not report progress',
};

/** Who last changed a task through Dialdeck. */
export const actions: Record<ActorAction, (person: string, at: string) => string> = {
  created: (person, at) => `Created by ${person} ${at}`,
  edited: (person, at) => `Edited by ${person} ${at}`,
  started: (person, at) => `Started by ${person} ${at}`,
  paused: (person, at) => `Paused by ${person} ${at}`,
  imported: (person, at) => `Numbers imported by ${person} ${at}`,
  deleted: (person, at) => `Deleted by ${person} ${at}`,
};

/** Patterns for Slack's date tokens; Slack renders them in each reader's time zone and language. */
export const dates = {
  time: '{time}',
  moment: '{date_short_pretty} {time}',
  day: '{date_num}',
};

export const units = {
  number: (n: number) => grouped(n),
  percent: (n: number) => `${n}%`,
  /** Marks a figure as approximate. */
  approximately: (text: string) => `≈ ${text}`,
  of: (done: number, total: number) => `${grouped(done)} / ${grouped(total)}`,
  seconds: (n: number) => `${grouped(n)} s`,
  calls: (n: number) => counted(n, 'concurrent call', 'concurrent calls'),
  numbers: (n: number) => counted(n, 'number', 'numbers'),
  duration: (ms: number) => {
    const { hours, minutes, seconds } = span(ms);
    if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
    return minutes > 0 ? `${minutes} min` : `${seconds} s`;
  },
  quote: (text: string) => `“${text}”`,
  none: 'none',
  thisConversation: 'this conversation',
  /** Separates the clauses of one line. */
  separator: ' · ',
  labeled: (label: string, value: string) => `${label}: ${value}`,
  /** Joins whole sentences. */
  sentences: (items: readonly string[]) => items.join(' '),
};

/** What a screen reader announces for buttons that look the same on every row. */
export const aria = {
  start: (name: string) => `Start ${name}`,
  pause: (name: string) => `Pause ${name}`,
  import: (name: string) => `Import numbers into ${name}`,
  show: (name: string) => `Show ${name}`,
  choose: (name: string) => `Choose ${name}`,
  enterHours: (name: string) => `Enter the hours of ${name}`,
};
