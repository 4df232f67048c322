import type { AlertKind } from '../../core/model/alert.ts';
import { counted, grouped } from '../format.ts';

/** Something that someone should act on, the message about it, and the forms that repair it. */
export const alerts = {
  /** `*Name*`, unless it is part of a sentence that names it otherwise. */
  stalled: (name: string, since: string) =>
    `*${name}* is on, but has made no calls since ${since}, and these are not its quiet hours.`,
  slowed: (name: string, now: number, own: number) =>
    `*${name}* has slowed down to ${grouped(now)} calls per minute; it was making ${grouped(own)}.`,
  line_full: (name: string, line: string, holders: string) =>
    `*${name}* gets no room on the line *${line}*. ${holders}`,
  line_dead: (name: string, line: string, since: string) =>
    `*${name}* has made no calls since ${since}: nothing moves on its line *${line}*.`,
  line_gone: (name: string, line: string) => `The platform no longer offers *${line}*, the line of *${name}*.`,
  line_expired: (name: string, line: string, day: string) => `The line *${line}* of *${name}* expired on ${day}.`,
  line_expiring: (name: string, line: string, day: string) => `The line *${line}* of *${name}* expires on ${day}.`,
  script_deleted: (name: string, script: string) =>
    `*${name}* is on, but its script *${script}* was deleted on the platform.`,
  script_debug: (name: string, script: string) =>
    `*${name}* is calling with the script *${script}* in debug mode: every sentence is spoken by a synthetic voice (TTS).`,
  rule_off: (name: string, rule: string) =>
    `The redial rule *${rule}* of *${name}* is turned off, so numbers that are not reached may not be called again.`,
  group_unusable: (name: string, group: string) =>
    `The agent group *${group}* of *${name}* is disabled or has no transfer line, so calls cannot be transferred.`,
  left_on: (name: string, at: string) =>
    `*${name}* finished ${at} and is still on: numbers that are imported now would be called at once.`,
  outside_hours: (name: string, since: string) => `*${name}* is on, although no calls may be made since ${since}.`,
  platform_down: (since: string) =>
    `No complete response from the calling platform since ${since}. Tasks that are on may go on calling.`,
  /** Who holds a line: names with their concurrency, ready to insert. */
  heldBy: (holders: readonly string[]) => `It is held by ${listed(holders)}.`,
  holder: (name: string, calls: number) => `*${name}* (${counted(calls, 'call', 'calls')})`,
  holderOutside: (calls: number) => `tasks that are not in this account (${counted(calls, 'call', 'calls')})`,
  heldOutside: 'It is held by calls of tasks that are not in this account.',
  atPace: (now: number, own: number) => `It makes ${grouped(now)} calls per minute instead of ${grouped(own)}.`,

  /** What ended it, by itself. */
  back: {
    stalled: (name) => `*${name}* is making calls again.`,
    slowed: (name) => `*${name}* is back at its pace.`,
    line_full: (name) => `*${name}* has room on its line again.`,
    line_dead: (name) => `*${name}* is making calls again.`,
    line_gone: (name) => `The line of *${name}* is offered again.`,
    line_expired: (name) => `The line of *${name}* was renewed.`,
    line_expiring: (name) => `The line of *${name}* was renewed.`,
    script_deleted: (name) => `The script of *${name}* is back.`,
    script_debug: (name) => `The script of *${name}* is no longer in debug mode.`,
    rule_off: (name) => `The redial rule of *${name}* is on again.`,
    group_unusable: (name) => `The agent group of *${name}* can be used again.`,
    left_on: (name) => `*${name}* has numbers to call again.`,
    outside_hours: (name) => `*${name}* may make calls again.`,
    platform_down: () => 'The calling platform responds again.',
  } satisfies Record<AlertKind, (name: string) => string> as Record<AlertKind, (name: string) => string>,
  /** What ended it instead. */
  ended: {
    paused: (name: string) => `*${name}* was paused.`,
    pausedBy: (name: string, person: string) => `*${name}* was paused by ${person}.`,
    finished: (name: string) => `*${name}* has finished.`,
    changed: (name: string) => `*${name}* was changed.`,
    changedBy: (name: string, person: string) => `*${name}* was changed by ${person}.`,
    deleted: (name: string) => `*${name}* was deleted.`,
    quiet: (name: string) => `The quiet hours of *${name}* have begun.`,
    wrong: (name: string) => `Taken back: *${name}* is in its quiet hours, so nothing was wrong.`,
  },
  /** Why the platform fails. */
  because: {
    platform_unauthorized: 'The platform rejects the token: an administrator must replace it (`DIALER_TOKEN`).',
    platform_forbidden: 'The platform does not let this token read tasks: contact its support.',
    platform_rate_limited: 'The platform limits the rate of requests.',
    platform_server_error: 'The platform has an internal error.',
    platform_timeout: 'The platform does not respond in time.',
    platform_unreachable: 'The platform cannot be reached.',
    other: 'The response of the platform cannot be read, or is incomplete.',
  },
  over: 'Over',
  lasted: (duration: string) => `lasted ${duration}`,
  /** Heads a message about several; `open`: how many are not over. */
  several: (total: number, open: number) => {
    if (open === total) return `*${counted(total, 'alert', 'alerts')}*`;
    return open === 0
      ? `*${counted(total, 'alert', 'alerts')}*, all over`
      : `*${counted(total, 'alert', 'alerts')}*, ${grouped(open)} still open`;
  },
  more: (n: number) => `and ${grouped(n)} more`,
  responds: 'The calling platform responds. The message is updated as soon as this is confirmed.',

  /** What a screen reader announces, and what a lever on another task is called in a menu. */
  leverOn: (lever: string, name: string) => `${lever}: ${name}`,
  forms: {
    line: (name: string, line: string) =>
      `*${name}* is on the line *${line}*. Only lines with free concurrency are listed.`,
    noLine: (name: string) =>
      `No other line has free concurrency for *${name}*. Pause another task or lower its concurrency, then try again.`,
    concurrency: (name: string, calls: string, line: string) => `*${name}* may make ${calls} on the line *${line}*.`,
    lowest: (name: string) => `*${name}* makes one call at a time, so its concurrency cannot be lowered.`,
    running: 'Nothing is saved before you have seen the change.',
  },
};

function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
