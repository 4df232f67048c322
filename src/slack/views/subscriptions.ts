import type { ChannelSettings } from '../../core/model/channel-settings.ts';
import { noticeGroups } from '../../core/model/channel-settings.ts';
import type { PersonSettings } from '../../core/model/person-settings.ts';
import type { Subscription, SubscriptionScope } from '../../core/model/subscription.ts';
import { isMuted, isThreaded } from '../../core/subscriptions/audience.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { textMessage } from './answers.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, person as mention, named, toType } from './mrkdwn.ts';
import { settingsText } from './notice-settings.ts';
import { actions, button, context, present, section } from './parts.ts';
import { placeText, scopeText } from './scope.ts';
import { warning } from './state.ts';

/** Who reads an answer about a place, and what that place is. */
export interface About {
  place: string;
  reader: string;
}

export interface Subscribed extends About {
  kind: 'added' | 'already';
  scope: SubscriptionScope;
  settings: ChannelSettings;
  now: number;
  /** What stands before the words of a command there. */
  command: string;
}

/** The reply to a subscription: what to expect, so that nobody is surprised, and how to change it. */
export function subscribedMessage(
  { kind, scope, settings, now, command, ...about }: Subscribed,
  t: Catalogue,
): MessageBody {
  const { subscriptions } = t;
  const said = subscriptions[kind](scopeText(scope, t), placeText(about.place, about.reader, t));
  const groups = noticeGroups.filter((group) => settings.kinds.includes(group));
  const muted = mutedText(settings, now, t);
  const expected =
    groups.length === 0
      ? subscriptions.expectNothing
      : subscriptions.expect(groups.map((group) => subscriptions.when[group]));
  return fitMessage({
    text: said,
    blocks: present([
      section(t.units.sentences([said, ...(kind === 'added' ? [expected] : [])])),
      muted === null ? null : context(`${warning} ${muted}`),
      context(subscriptions.change(toType(command, t.commands.watch.examples.at(-1) ?? ''))),
    ]),
  });
}

/** The reply to the end of a subscription; without one, `what` was meant. */
export function unsubscribedMessage(
  { removed, what, ...about }: About & { removed: Subscription | null; what: string },
  t: Catalogue,
): MessageBody {
  const where = placeText(about.place, about.reader, t);
  if (removed !== null) return textMessage(t.subscriptions.removed(scopeText(removed.scope, t), where));
  return textMessage(t.subscriptions.notWatched(t.units.quote(named(what)), where));
}

const shownRows = 30;

/** A watched task with the address of its card on the web, if there is one. */
interface ListedWatch {
  taskName: string;
  link: string | null;
  /** Slack's error code, when the channel can no longer be posted to. */
  brokenBy: string | null;
}

export interface FollowingList extends About {
  watches: readonly ListedWatch[];
  subscriptions: readonly Subscription[];
  settings: ChannelSettings;
  /** How many tasks exist that are followed. */
  tasks: number;
  now: number;
  command: string;
}

/** The reply to `watch list`: what is watched in a place, with links to the cards, and how it is notified. */
export function followingMessage(
  { watches, subscriptions, settings, ...rest }: FollowingList,
  t: Catalogue,
): MessageBody {
  const { place, reader, tasks, now, command } = rest;
  const openSettings = actions('notices', [button(actionIds.openSettings, t.buttons.settings, place)]);
  if (watches.length + subscriptions.length === 0) {
    const example = t.subscriptions.example(toType(command, t.commands.watch.examples[1] ?? ''));
    return fitMessage({
      text: t.subscriptions.none,
      blocks: [section(t.units.sentences([t.subscriptions.none, example])), openSettings],
    });
  }
  const broken = (brokenBy: string | null): string => (brokenBy === null ? '' : t.units.separator + t.watch.broken);
  const rows = [
    ...subscriptions.map(({ scope, brokenBy }) => `• *${scopeText(scope, t)}*${broken(brokenBy)}`),
    ...watches.map(({ taskName, link, brokenBy }) => {
      const card = link === null ? '' : `${t.units.separator}<${link}|${t.subscriptions.card}>`;
      return `• *${named(taskName)}*${card}${broken(brokenBy)}`;
    }),
  ];
  const more = rows.length - shownRows;
  const heading = `*${t.subscriptions.heading}*${t.units.separator}${placeText(place, reader, t)}`;
  return fitMessage({
    text: t.subscriptions.heading,
    blocks: present([
      section(`${heading}${t.units.separator}${t.subscriptions.tasks(tasks)}`),
      section(rows.slice(0, shownRows).join('\n')),
      more > 0 ? context(t.subscriptions.more(more)) : null,
      context(settingsText(settings, now, t)),
      openSettings,
    ]),
  });
}

/** The reply to a mute and to its end. */
export function mutedMessage({ until, ...about }: About & { until: number | null }, t: Catalogue): MessageBody {
  const where = placeText(about.place, about.reader, t);
  if (until === null) return textMessage(t.subscriptions.unmuted(where));
  return textMessage(t.subscriptions.muted(where, date(until, t.dates.moment)));
}

/** Posted where notices would be. `name`: what the person who asked is called; null: they are mentioned instead. */
export function testMessage({ person, name }: { person: string; name: string | null }, t: Catalogue): MessageBody {
  return textMessage(t.subscriptions.testPosted(name === null ? mention(person) : named(name)));
}

export interface Rehearsal extends About {
  settings: ChannelSettings;
  own: PersonSettings;
  /** `paused`: all that is watched there is, because a message could not be posted once. */
  follows: 'tasks' | 'paused' | 'nothing';
  now: number;
  /** What became of the test message; `failed` with the reason, mrkdwn. */
  test: { kind: 'sent' | 'muted' } | { kind: 'failed'; why: string };
}

/** The reply to `watch test`: what would arrive there, and why something would not. */
export function rehearsalMessage(
  { settings, own, follows, now, test, ...about }: Rehearsal,
  t: Catalogue,
): MessageBody {
  const { subscriptions } = t;
  const outcome = {
    sent: () => subscriptions.testSent,
    muted: () => subscriptions.testMuted,
    failed: () => `${warning} ${subscriptions.testFailed(test.kind === 'failed' ? test.why : '')}`,
  }[test.kind]();
  const rows = noticeGroups.map((group) => {
    const arrives = subscriptions.arrives[arrivalOf(group, settings, now)];
    return `• ${t.units.labeled(`*${subscriptions.settings.groups[group]}*`, arrives)}`;
  });
  const muted = mutedText(settings, now, t);
  return fitMessage({
    text: outcome,
    blocks: present([
      section(outcome),
      section(`*${subscriptions.testHeading(placeText(about.place, about.reader, t))}*\n${rows.join('\n')}`),
      follows === 'tasks'
        ? null
        : context(`${warning} ${follows === 'paused' ? subscriptions.testPaused : subscriptions.testNothing}`),
      muted === null ? null : context(`${warning} ${muted}`),
      context(t.units.sentences([subscriptions.alertsReach[own.alertsBy], subscriptions.ownActs])),
      actions('notices', [button(actionIds.openSettings, t.buttons.settings, about.place)]),
    ]),
  });
}

function arrivalOf(
  group: (typeof noticeGroups)[number],
  settings: ChannelSettings,
  now: number,
): 'channel' | 'thread' | 'off' | 'muted' {
  if (!settings.kinds.includes(group)) return 'off';
  if (isMuted(settings, now)) return 'muted';
  return isThreaded(group, settings) ? 'thread' : 'channel';
}

function mutedText({ mutedUntil }: ChannelSettings, now: number, t: Catalogue): string | null {
  if (mutedUntil === null || !isMuted({ mutedUntil }, now)) return null;
  return t.subscriptions.mutedUntil(date(mutedUntil, t.dates.moment));
}
