import type { AlertKind } from '../../core/model/alert.ts';
import type { BoardGroup } from '../../core/model/channel-board.ts';
import { counted, grouped } from '../format.ts';

/** The board of a channel: one message with a line per task. */
export const board = {
  heading: (total: number) => `*Calling tasks* · ${grouped(total)}`,
  /** For notifications and screen readers. */
  summary: (overview: string) => `Calling tasks: ${overview}`,
  /** How many tasks are in a group. */
  counts: {
    attention: (n) => (n === 1 ? '1 needs attention' : `${grouped(n)} need attention`),
    dialing: (n) => `${grouped(n)} dialing`,
    waiting: (n) => `${grouped(n)} waiting`,
    paused: (n) => `${grouped(n)} paused`,
    finished: (n) => `${grouped(n)} finished`,
    gone: (n) => `${grouped(n)} deleted`,
  } satisfies Record<BoardGroup, (n: number) => string>,
  empty: 'There are no tasks here yet. Watch one with the `watch` command, or all of them with `watch all`.',
  /** What a board says in the end. */
  closed: 'This channel no longer has a board: its tasks have a card each.',
  /** When a task will probably have dialed all its numbers. */
  until: (at: string) => `until ${at}`,
  resumes: (at: string) => `quiet hours until ${at}`,
  noCallsSince: (at: string) => `no calls since ${at}`,
  noNumbers: 'no numbers yet',
  left: (n: number) => `${grouped(n)} left`,
  mayRedial: 'dialed once, may redial',
  /** What is wrong with a task, in a few words. */
  troubles: {
    stalled: 'no calls',
    slowed: 'slowed down',
    line_full: 'line full',
    line_dead: 'line dead',
    line_gone: 'line no longer offered',
    line_expired: 'line expired',
    line_expiring: 'line expires soon',
    script_deleted: 'script deleted',
    script_debug: 'script in debug mode',
    rule_off: 'redial rule off',
    group_unusable: 'agent group unusable',
    left_on: 'finished, still on',
    outside_hours: 'on outside the legal hours',
    platform_down: 'platform unreachable',
  } satisfies Record<AlertKind, string>,
  /** On the button of a task that needs another line. */
  chooseLine: 'Line…',
  more: (n: number) => `${counted(n, 'more task', 'more tasks')} not shown`,
  /** On the button of a task without numbers; short, as it stands beside a line. */
  import: 'Import',
  allTasks: 'All tasks',
  /** In the menu that opens the card of one of its tasks. */
  open: 'Details of…',
};
