import { type ChannelSettings, defaultChannelSettings, noticeGroups } from '../../src/core/model/channel-settings.ts';
import type { SubscriptionScope } from '../../src/core/model/subscription.ts';
import { settingsSavedMessage, settingsView } from '../../src/slack/views/notice-settings.ts';
import * as views from '../../src/slack/views/subscriptions.ts';
import type { drawing, Rendered } from './every-view.ts';
import { sampleNow } from './samples.ts';

export const scopesOf = (name: string): SubscriptionScope[] => [
  { kind: 'all' },
  { kind: 'mine', person: 'U0ALICE' },
  { kind: 'line', lineId: 'line-1', name },
  { kind: 'name', text: name },
];

const settingsOf = (change: Partial<ChannelSettings> = {}): ChannelSettings => ({
  ...defaultChannelSettings('C0SALES'),
  ...change,
});

/**
 * Every view of subscriptions and of the settings of notices.
 * @param why a failure in words: mrkdwn
 */
export function subscriptionViews(draw: ReturnType<typeof drawing>, name: string, why: string): Rendered[] {
  const about = { place: 'C0SALES', reader: 'U0ALICE', now: sampleNow, command: '/dial' };
  const subscriptions = scopesOf(name).map((scope, i) => ({
    ...{ id: `s${i}`, channel: 'C0SALES', scope, owner: 'U0ALICE', createdAt: 0 },
    brokenBy: i % 2 === 0 ? null : 'is_archived',
  }));
  const settings = [
    settingsOf(),
    settingsOf({ kinds: [], style: 'board' }),
    settingsOf({ kinds: [...noticeGroups], threads: false, mutedUntil: sampleNow + 3_600_000 }),
    settingsOf({ channel: 'U0ALICE', kinds: ['alerts'], mutedUntil: sampleNow - 1 }),
  ];
  const owns = (['mention', 'direct'] as const).map((alertsBy) => ({ person: 'U0ALICE', alertsBy }));
  const [own = { person: 'U0ALICE', alertsBy: 'mention' as const }] = owns;
  return [
    ...settings.flatMap((channel, i) => [
      ...owns.flatMap((each) => [
        draw(`settings ${i} ${each.alertsBy}`, settingsView, {
          channel,
          own: each,
          person: 'U0ALICE',
          now: sampleNow,
          privateMetadata: '{}',
        }),
        draw(`settings saved ${i} ${each.alertsBy}`, settingsSavedMessage, {
          channel,
          own: each,
          person: 'U0ALICE',
          now: sampleNow,
        }),
      ]),
      ...scopesOf(name).map((scope) =>
        draw(`subscribed ${i} ${scope.kind}`, views.subscribedMessage, {
          ...about,
          kind: i % 2 === 0 ? 'added' : 'already',
          scope,
          settings: channel,
        }),
      ),
      draw(`rehearsal ${i}`, views.rehearsalMessage, {
        ...about,
        settings: channel,
        own,
        follows: (['tasks', 'paused', 'nothing'] as const)[i % 3] ?? 'tasks',
        test: [{ kind: 'sent' as const }, { kind: 'muted' as const }, { kind: 'failed' as const, why }][i % 3] ?? {
          kind: 'sent',
        },
      }),
      draw(`followed ${i}`, views.followingMessage, {
        ...about,
        settings: channel,
        subscriptions,
        tasks: 12,
        watches: Array.from({ length: i * 20 }, (_, n) => ({
          taskName: name,
          link: n % 2 === 0 ? 'https://acme.slack.com/archives/C0SALES/p1700000000000100' : null,
          brokenBy: n % 3 === 0 ? 'is_archived' : null,
        })),
      }),
    ]),
    draw('nothing followed', views.followingMessage, {
      ...about,
      settings: settingsOf(),
      subscriptions: [],
      tasks: 0,
      watches: [],
    }),
    ...[...subscriptions, null].map((removed, i) =>
      draw(`unsubscribed ${i}`, views.unsubscribedMessage, { ...about, removed, what: name }),
    ),
    ...[sampleNow, null].map((until) => draw(`mute ${until}`, views.mutedMessage, { ...about, until })),
    draw('test message', views.testMessage, { person: 'U0ALICE', name }),
    draw('test message by a mention', views.testMessage, { person: 'U0ALICE', name: null }),
  ];
}

/** The list of what a place follows, with a row for each task. */
export function followedTasks(draw: ReturnType<typeof drawing>, tasks: readonly { name: string }[]): Rendered[] {
  const watches = tasks.map(({ name }, i) => ({ taskName: name, link: null, brokenBy: i % 2 ? 'is_archived' : null }));
  const about = { place: 'C0SALES', reader: 'U0ALICE', now: sampleNow, command: '/dial' };
  const list = { ...about, watches, subscriptions: [], settings: settingsOf(), tasks: tasks.length };
  return [draw('followed tasks', views.followingMessage, list)];
}
