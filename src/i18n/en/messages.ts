import type { NoticeKind } from '../../core/model/notice.ts';
import type { CardFilter } from '../../core/tasks/filter.ts';
import type { PreflightCode } from '../../core/tasks/preflight.ts';
import { counted, grouped } from '../format.ts';

export const card = {
  line: 'Line',
  script: 'Script',
  quietHours: 'Quiet hours',
  concurrency: 'Concurrency',
  noNumbers: 'No numbers yet',
  noProgress: 'Progress not reported by the platform',
  rate: (perMinute: number) => `${grouped(perMinute)} per minute`,
  endsAt: (at: string) => `done about ${at}`,
  updated: (at: string) => `Updated ${at}`,
  stale: (since: string) =>
    `The calling platform has not answered since ${since}. What stands here may be out of date.`,
  gone: 'This task no longer exists on the platform; its card stops here.',
  /** One line for notifications and screen readers. */
  summary: (name: string, state: string, progress: string) =>
    progress ? `${name}: ${state}, ${progress}` : `${name}: ${state}`,
};

export const notices = {
  finished: (name: string) => `*${name}* is finished.`,
  finishedFigures: (total: number, duration: string | null, rate: number | null) =>
    [
      `${counted(total, 'number', 'numbers')} dialed`,
      duration === null ? null : `in ${duration}`,
      rate === null ? null : `(${grouped(rate)} per minute)`,
    ]
      .filter((part) => part !== null)
      .join(' '),
  reopened: (name: string) => `*${name}* goes on: there are numbers to dial again.`,
  started: (name: string) => `*${name}* was started outside Dialdeck.`,
  paused: (name: string) => `*${name}* was paused outside Dialdeck.`,
  changed: (name: string) => `*${name}* was changed outside Dialdeck.`,
  gone: (name: string) => `*${name}* was deleted outside Dialdeck. Its card stops here.`,
  progress: (done: number, total: number) => `${grouped(done)} of ${counted(total, 'number', 'numbers')} dialed`,
  brokenWatch: (name: string, channel: string) => `*${name}* can no longer be followed in ${channel}.`,
  brokenBecause: {
    not_in_channel: 'I am not a member of that channel. Invite me with `/invite`, then watch the task there again.',
    is_archived: 'The channel is archived. Unarchive it, or watch the task in another channel.',
    channel_not_found:
      'The channel is deleted, or private without me. Invite me with `/invite`, or watch the task in another channel.',
    other: (code: string) =>
      `Slack refuses messages there (\`${code}\`). Watch the task in another channel, or ask your administrator.`,
  },
} satisfies Record<NoticeKind, unknown> & Record<string, unknown>;

export const list = {
  heading: (total: number) => `*Tasks* · ${grouped(total)}`,
  filtered: (filter: string, total: number) => `*Tasks* · ${filter} · ${grouped(total)}`,
  search: (text: string) => `matching ${text}`,
  summary: (total: number) => counted(total, 'task', 'tasks'),
  filters: { running: 'Running', paused: 'Paused', waiting: 'Waiting', done: 'Done' } satisfies Record<
    CardFilter,
    string
  >,
  footer: (page: number, pages: number, at: string) => `Page ${grouped(page)} of ${grouped(pages)} · read ${at}`,
  numbersHint: 'Name a task by its number in this list, for example `show 3`.',
  empty: 'There are no tasks yet. Create one with the command `new`.',
  noMatch: 'No task matches. Choose *All*, or search for a part of the name.',
};

export const panel = {
  heading: 'Calling tasks',
  /** A state and how many tasks are in it. */
  count: (n: number, state: string) => `${grouped(n)} ${state.toLowerCase()}`,
  none: 'There are no tasks yet. Start with *New task*.',
  running: 'Running',
  attention: 'Needs attention',
  more: (n: number) => `and ${grouped(n)} more`,
  hint: (command: string) => `\`${command} help\` lists everything you can do here.`,
};

export const watch = {
  all: 'all tasks',
  added: (name: string, channel: string) =>
    `*${name}* is now followed in ${channel}: one card, edited in place, and a message when it ends or somebody changes it.`,
  already: (name: string, channel: string) => `*${name}* is already followed in ${channel}.`,
  removed: (name: string, channel: string) => `*${name}* is no longer followed in ${channel}.`,
  notWatched: (name: string, channel: string) =>
    `*${name}* is not followed in ${channel}, so there was nothing to stop.`,
  heading: 'Followed tasks',
  none: 'No task is followed in this channel yet. Press *Watch here* on a card.',
  row: (name: string, channel: string) => `*${name}* in ${channel}`,
  broken: '⚠ cannot post there',
  more: (n: number) => `and ${grouped(n)} more`,
};

/** What the next press of Start meets: the rule, what was seen, how to mend it. */
export const preflight = {
  heading: (name: string) => `Start *${name}*?`,
  refused: (name: string) => `*${name}* cannot be started.`,
  left: 'Numbers left',
  leftUnknown: 'not reported',
  no_numbers: () => 'A task needs numbers to call, and this one has none. Import numbers first.',
  nothing_left: (total: string) =>
    `A task needs numbers that were not dialed yet, and all ${total} were. Import more numbers first.`,
  already_started: () => 'Only a paused task can be started, and this one is on already. There is nothing to do.',
  script_deleted: (script: string) =>
    `A call needs a script, and ${script} was deleted on the platform. Edit the task and choose another script.`,
  script_debug: (script: string) =>
    `${script} is in debug mode: every sentence is spoken by a computer voice (TTS). Switch debug off on the platform if that is not meant.`,
  line_gone: (line: string) =>
    `A call needs a line, and ${line} is no longer on the platform. Edit the task and choose another line.`,
  line_expired: (line: string, day: string) =>
    `A call needs a valid line, and ${line} expired${day === '' ? '' : ` on ${day}`}. Renew it on the platform, or edit the task and choose another line.`,
  rule_off: (rule: string) =>
    `The redial rule ${rule} is switched off, so numbers that are not reached may not be called again. Switch it on, or choose another.`,
  group_unusable: (group: string) =>
    `The agent group ${group} is disabled or has no transfer line, so calls cannot be handed over. Mend it on the platform, or choose another.`,
} satisfies Record<PreflightCode, (a: string, b: string) => string> & Record<string, unknown>;

export const answers = {
  started: (name: string) => `*${name}* is started.`,
  startedLeft: (left: string) => `${left} left to dial.`,
  quietHours: (name: string) => `Quiet hours: ${name}.`,
  paused: (name: string) => `*${name}* is paused. Calls in progress end by themselves.`,
  pick: 'Which task?',
  pickMore: (n: number) => `and ${grouped(n)} more. Type more of the name, or the start of the id.`,
  noSuchTask: (ref: string) => `There is no task ${ref}.`,
  didYouMean: 'Did you mean one of these?',
  howToName: 'Name a task by its number in your last list, by the start of its id, or by a part of its name.',
  unknownCommand: (word: string) => `There is no command ${word}.`,
  suggestion: (command: string) => `Did you mean ${command}?`,
  seeHelp: (command: string) => `See ${command} for all commands.`,
  openForm: 'The form could not be opened in time. Press the button to open it.',
  help: 'What you can do here',
  helpTopic: (example: string) => `${example} shows examples for one of them.`,
  noTopic: (topic: string) => `There is no command ${topic}. These exist:`,
  alias: (words: string) => `Also: ${words}`,
  examples: 'Examples',
  on: 'On',
  off: 'Paused',
};
