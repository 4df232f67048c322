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
  line: 'Choose another line',
  concurrency: 'Lower concurrency',
  lines: 'Lines',
  move: 'Move concurrency',
  do_not_call: 'Do-not-call list',
  notices: 'Notification settings',
  schedule: 'Schedule',
  watch: 'Watch a task here',
  select: 'Select tasks',
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
  startCalls: (n: number) => `Start, call ${counted(n, 'number', 'numbers')}`,
  pause: 'Pause',
  pauseAll: 'Pause all',
  import: 'Import numbers',
  /** Where there is little room. */
  importShort: 'Import',
  anotherTask: 'Another task',
  edit: 'Edit',
  clone: 'Clone',
  deleteTask: 'Delete…',
  postHere: 'Post here',
  followAgain: 'Follow again',
  show: 'Show',
  choose: 'Choose',
  newTask: 'New task',
  tasks: 'Tasks',
  lines: 'Lines',
  allTasks: 'All tasks',
  previous: 'Previous',
  nextPage: 'Next page',
  all: 'All',
  watch: 'Watch',
  help: 'Help',
  openForm: 'Open form',
  check: 'Check now',
  enterHours: 'Enter hours',
  chooseLine: 'Choose another line',
  lowerConcurrency: 'Lower concurrency',
  lowerTo: (n: number) => `Lower concurrency to ${grouped(n)}`,
  move: 'Move concurrency',
  addToList: 'Add to the list',
  settings: 'Settings',
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
  stalled: (since: string) => `no calls since ${since} although no quiet hours are on; check the line`,
  quiet_hours: (until: string) => `quiet hours; resumes ${until}`,
  may_redial: (rule: string, numbers: number, endsAt: string) =>
    `all dialed once; *${rule}* may redial up to ${grouped(numbers)}, otherwise finished at ${endsAt}`,
  switched_off: 'switched off on the platform',
  all_dialed: 'all numbers dialed',
  unsure_redial: (rule: string) => `all dialed; the platform does not say whether *${rule}* redials any`,
  absent: (at: string) => `missing from the platform since ${at}`,
  no_progress_source: 'on; the platform does not report progress',
};

/** Who changed a task through Dialdeck, and when; an import with the count of its numbers where that is known. */
export const actions: Record<ActorAction, (person: string, at: string, count: number | null) => string> = {
  created: (person, at) => `${at} ${person} created it`,
  edited: (person, at) => `${at} ${person} edited`,
  started: (person, at) => `${at} ${person} started`,
  paused: (person, at) => `${at} ${person} paused`,
  imported: (person, at, count) =>
    `${at} ${person} imported ${count === null ? 'numbers' : counted(count, 'number', 'numbers')}`,
  deleted: (person, at) => `${at} ${person} deleted it`,
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
  someone: 'someone',
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
  clone: (name: string) => `Clone ${name}`,
  show: (name: string) => `Show ${name}`,
  choose: (name: string) => `Choose ${name}`,
  move: (line: string) => `Move concurrency on ${line}`,
  tasksOf: (line: string) => `Tasks on ${line}`,
  followAgain: (name: string) => `Follow ${name} again`,
  enterHours: (name: string) => `Enter the hours of ${name}`,
};
