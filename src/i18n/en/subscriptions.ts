import type { NoticeGroup } from '../../core/model/channel-settings.ts';
import { counted, grouped } from '../format.ts';

const anyOf = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')}, or ${items.at(-1)}`;

/** Subscriptions, and the settings of notices. */
export const subscriptions = {
  /** Which tasks; begins a sentence. */
  scopes: {
    all: 'All tasks',
    mine: (person: string) => `Tasks run by ${person}`,
    line: (name: string) => `Tasks on line ${name}`,
    name: (text: string) => `Tasks named “${text}”`,
  },
  ownMessages: 'your direct messages',
  added: (scope: string, where: string) => `*${scope}* are now watched in ${where}.`,
  already: (scope: string, where: string) => `*${scope}* are already watched in ${where}.`,
  removed: (scope: string, where: string) => `*${scope}* are no longer watched in ${where}.`,
  notWatched: (what: string, where: string) => `${what} is not watched in ${where}, so there is nothing to stop.`,
  ended: (who: string, scope: string, where: string) => `${who} ended your subscription in ${where}: *${scope}*.`,
  /** What the messages of each kind are about, as clauses of `expect`. */
  when: {
    outcomes: 'a task finishes or is deleted',
    changes: 'someone starts, pauses or edits one elsewhere',
    milestones: 'one reaches 25, 50 or 75% of its numbers',
    alerts: 'something is wrong that someone can fix',
  } satisfies Record<NoticeGroup, string>,
  /** Which messages to expect; at least one. */
  expect: (clauses: readonly string[]) => `You get a message when ${anyOf(clauses)}.`,
  expectNothing: 'Every kind of message is turned off there, so nothing is posted.',
  mutedUntil: (at: string) => `Muted until ${at}: nothing is posted before that.`,
  change: (command: string) => `Change this with ${command}.`,

  heading: 'Watched here',
  none: 'Nothing is watched here yet. Choose *Watch here* in the menu of a card, or subscribe to all tasks.',
  example: (command: string) => `For example ${command}.`,
  /** How many tasks there are that are followed. */
  tasks: (n: number) => counted(n, 'task at present', 'tasks at present'),
  posts: (groups: readonly string[]) => `Posts ${groups.join(', ').toLowerCase()}`,
  postsNothing: 'Posts nothing',
  inThreads: 'changes in the thread of the card',
  /** What leads to the card of a task. */
  card: 'card',
  more: (n: number) => `and ${grouped(n)} more`,

  muted: (where: string, at: string) => `${where} is muted until ${at}. Cards stay up to date.`,
  unmuted: (where: string) => `${where} is not muted.`,
  muteUnclear: (examples: string) =>
    `That is no time I understand. Say how long, up to 30 days, or “off”: for example ${examples}.`,
  noLine: (name: string) => `No line and no task matches ${name}.`,
  whichLine: (names: string) => `Several lines match: ${names}. Type more of the name.`,
  nameTooLong: 'That is longer than the name of a task can be. Type a part of the name, up to 100 characters.',

  testPosted: (person: string) => `🔔 Test by ${person}: Dialdeck can post here.`,
  testHeading: (where: string) => `What arrives in ${where}`,
  testSent: 'A test message was posted there.',
  testMuted: 'No test message was posted, because of the mute.',
  testFailed: (why: string) => `A test message could not be posted. ${why}`,
  testNothing: 'Nothing is watched there, so only what concerns tasks you run can reach you.',
  testPaused:
    'Everything watched there is paused, because a message could not be posted once. Watch it again to resume it; until then, only what concerns tasks you run can reach you.',
  arrives: {
    channel: 'posted as a message',
    thread: 'posted in the thread of the card, or as a message where there is no card',
    off: 'turned off',
    muted: 'not during the mute',
  },
  alertsReach: {
    mention: 'Alerts about tasks you run mention you; where no channel gets them, they come by direct message.',
    direct: 'Alerts about tasks you run, and what colleagues do to them, come to you by direct message.',
  },
  ownActs: 'What you do yourself is never announced to you.',

  settings: {
    kinds: 'Post messages about',
    groups: {
      outcomes: 'Outcomes',
      changes: 'Changes',
      milestones: 'Milestones',
      alerts: 'Alerts',
    } satisfies Record<NoticeGroup, string>,
    groupHints: {
      outcomes: 'A task finishes or is deleted',
      changes: 'Someone starts, pauses or edits a task elsewhere',
      milestones: '25, 50 and 75% of the numbers are dialed',
      alerts: 'Something is wrong that someone can fix',
    } satisfies Record<NoticeGroup, string>,
    threads: 'Changes and milestones',
    inThread: 'In the thread of the card or board',
    inChannel: 'As messages',
    style: 'Show watched tasks as',
    cards: 'One card per task',
    board: 'One board with a line per task',
    mute: 'Mute',
    notMuted: 'Not muted',
    keepMuted: 'Stay muted as it is',
    muteFor: (duration: string) => `For ${duration}`,
    own: 'Alerts about tasks you run',
    ownHint: 'For you alone, in every channel. What colleagues do to your tasks reaches you the same way.',
    mention: 'Mention me where they are posted',
    direct: 'Send me a direct message',
    about: (where: string) => `These settings apply to ${where}.`,
    saved: (where: string) => `The settings of ${where} are saved.`,
  },
};
