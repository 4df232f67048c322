import type { NoticeKind } from '../../core/model/notice.ts';
import type { ActorAction } from '../../core/model/reading.ts';
import { counted, grouped } from '../format.ts';

export const card = {
  line: 'Line',
  script: 'Script',
  quietHours: 'Quiet hours',
  concurrency: 'Concurrency',
  noNumbers: 'No numbers yet',
  noProgress: 'Progress not reported by the platform',
  /** Before the name of a quiet-hours group, in a line with other names. */
  quiet: (name: string) => `quiet hours: ${name}`,
  atOnce: (n: number) => `${grouped(n)} at a time`,
  rate: (perMinute: number) => `${grouped(perMinute)}/min`,
  endsAt: (at: string) => `done about ${at}`,
  /** What was dialed since the task was first looked at. */
  firstSeen: (dialed: number, at: string) => `${grouped(dialed)} dialed since ${at}`,
  updated: (at: string) => `Updated ${at}`,
  stale: (since: string) => `No complete response since ${since}. This may be out of date.`,
  gone: 'This task no longer exists on the platform, and this card is no longer updated.',
  /** What a card says in the end; the name of a person and a time follow. */
  unwatched: 'No longer followed here',
  onBoard: 'The board of this channel shows this task now',
  /** One line for notifications and screen readers. */
  summary: (name: string, state: string, progress: string) =>
    progress ? `${name}: ${state}, ${progress}` : `${name}: ${state}`,
};

type ActSentences = Record<ActorAction, (who: string, name: string, count: number | null) => string>;

export const notices = {
  finished: (name: string) => `*${name}* has finished.`,
  dialed: (total: number) => `${counted(total, 'number', 'numbers')} dialed`,
  /** What was dialed since the task was first looked at, which was not all. */
  dialedSince: (dialed: number, total: number, at: string) =>
    `${grouped(dialed)} of ${counted(total, 'number', 'numbers')} dialed since ${at}`,
  finishedFigures: (dialed: string, duration: string | null, rate: number | null) =>
    [dialed, duration === null ? null : `in ${duration}`, rate === null ? null : `(${grouped(rate)} per minute)`]
      .filter((part) => part !== null)
      .join(' '),
  reopened: (name: string) => `*${name}* is running again: new numbers to dial.`,
  started: (name: string) => `*${name}* was started outside Dialdeck.`,
  paused: (name: string) => `*${name}* was paused outside Dialdeck.`,
  changed: (name: string) => `*${name}* was changed outside Dialdeck.`,
  gone: (name: string) => `*${name}* was deleted outside Dialdeck. Its card is no longer updated.`,
  not_finished: (name: string) => `*${name}* is not finished: some of its numbers are to be dialed again.`,
  not_gone: (name: string) => `*${name}* was not deleted: the platform lists it again.`,
  quarter: (name: string) => `*${name}* is 25% done.`,
  half: (name: string) => `*${name}* is 50% done.`,
  three_quarters: (name: string) => `*${name}* is 75% done.`,
  /** One changed field of a task. */
  change: (label: string, before: string, after: string) => `${label}: ${before} → *${after}*`,
  moreChanges: (n: number) => `and ${counted(n, 'other field', 'other fields')}`,
  /** What a person did through Dialdeck. */
  acted: {
    created: (who, name) => `${who} created *${name}*.`,
    edited: (who, name) => `${who} edited *${name}*.`,
    started: (who, name) => `${who} started *${name}*.`,
    paused: (who, name) => `${who} paused *${name}*.`,
    imported: (who, name, count) =>
      `${who} imported ${count === null ? 'numbers' : counted(count, 'number', 'numbers')} into *${name}*.`,
    deleted: (who, name) => `${who} deleted *${name}*. Its card is no longer updated.`,
  } satisfies ActSentences as ActSentences,
  /** Beneath a message that replaces one that turned out wrong. */
  /** Leads to the card or board that shows the task. */
  live: 'Live status',
  corrected: (at: string) => `Corrected: this message said otherwise ${at}`,
  progress: (done: number, total: number) => `${grouped(done)} of ${counted(total, 'number', 'numbers')} dialed`,
  scheduled: (name: string) => `The schedule of *${name}* has news.`,
  brokenWatch: (name: string, channel: string) => `*${name}* can no longer be watched in ${channel}.`,
  brokenBecause: {
    not_in_channel: 'I am not a member of that channel. Invite me with `/invite`, then watch the task there again.',
    is_archived: 'The channel is archived. Unarchive it, or watch the task in another channel.',
    channel_not_found:
      'The channel was deleted, or it is private and I am not a member. Invite me with `/invite`, or watch the task in another channel.',
    other: (code: string) =>
      `Slack does not let me post there (\`${code}\`). Watch the task in another channel, or ask your administrator.`,
  },
} satisfies Record<NoticeKind, unknown> & Record<string, unknown>;

export const panel = {
  heading: 'Calling tasks',
  /** A state and how many tasks are in it. */
  count: (n: number, state: string) => `${grouped(n)} ${state.toLowerCase()}`,
  none: 'There are no tasks yet. Start with *New task*.',
  /** Beneath what is shown while the platform cannot be read. */
  before: 'This is how things were when the platform was last read.',
  attention: 'Needs attention',
  more: (n: number) => `and ${grouped(n)} more`,
  hint: (help: string) => `${help} lists everything you can do here.`,
};

export const watch = {
  all: 'all tasks',
  added: (name: string, channel: string) =>
    `*${name}* is now watched in ${channel}: its card, or its line on the board, stays up to date, and a message is posted when the task finishes or someone changes it.`,
  addedToBoard: (name: string, channel: string) =>
    `*${name}* is now watched in ${channel}: it is on the board there, and there is a message when the task finishes or someone changes it.`,
  already: (name: string, channel: string) => `*${name}* is already watched in ${channel}.`,
  removed: (name: string, channel: string) => `*${name}* is no longer watched in ${channel}.`,
  notWatched: (name: string, channel: string) => `*${name}* is not watched in ${channel}, so there is nothing to stop.`,
  broken: '⚠ cannot post there',
  chooseFor: (channel: string) => `The card of this task will be kept up to date in ${channel}.`,
};

/** The reply to a pause of many tasks at once. */
export const pauseMany = {
  none: (what: string) => `${what}: none of them is on.`,
  noneKnown: (what: string) => `${what}: nothing was paused. None of them is known to be on, but some may be.`,
  paused: (n: number) =>
    n === 1
      ? 'One task is paused. Calls in progress will finish.'
      : `${grouped(n)} tasks are paused. Calls in progress will finish.`,
  partly: (paused: number, failed: number) =>
    `${counted(failed, 'task', 'tasks')} may still be calling. ${counted(paused, 'task is', 'tasks are')} paused.`,
  more: (n: number) => `and ${grouped(n)} more`,
  schedules: (n: number) =>
    n === 1
      ? 'The schedule of one of them is on hold: it does nothing until someone resumes it.'
      : `The schedules of ${grouped(n)} of them are on hold: they do nothing until someone resumes them.`,
  incomplete:
    'The task list could not be read meanwhile: a task that was started a moment ago may be missing here. Pause again.',
};

export const answers = {
  started: (name: string) => `*${name}* has started.`,
  startedLeft: (left: string) => `${left} left to dial.`,
  quietHours: (name: string) => `Quiet hours: ${name}.`,
  paused: (name: string) => `*${name}* is paused. Calls in progress will finish.`,
  pick: 'Which task?',
  pickMore: (n: number) => `and ${grouped(n)} more. Type more of the name, or the start of the ID.`,
  noSuchTask: (ref: string) => `No task matches ${ref}.`,
  didYouMean: 'Did you mean one of these?',
  howToName: 'Refer to a task by its number in your last list, the start of its ID, or part of its name.',
  unknownCommand: (word: string) => `There is no ${word} command.`,
  suggestion: (command: string) => `Did you mean ${command}?`,
  seeHelp: (command: string) => `See ${command} for all commands.`,
  openForm: 'The form could not be opened in time. Press the button to open it.',
  formByButton: 'This needs a form. Press the button to open it.',
  inPassing: 'Press the button if you want me to do this.',
  help: 'What you can do here',
  helpTopic: (example: string) => `Type ${example} for examples of a command.`,
  noTopic: (topic: string) => `There is no ${topic} command. Available commands:`,
  alias: (words: string) => `Also: ${words}`,
  examples: 'Examples',
};
