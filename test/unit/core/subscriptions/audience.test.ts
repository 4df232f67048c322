import { describe, expect, test } from '@jest/globals';
import {
  type ChannelSettings,
  defaultChannelSettings,
  noticeGroups,
} from '../../../../src/core/model/channel-settings.ts';
import { defaultPersonSettings, type PersonSettings } from '../../../../src/core/model/person-settings.ts';
import type { Subscription, SubscriptionScope } from '../../../../src/core/model/subscription.ts';
import type { Watch } from '../../../../src/core/model/watch.ts';
import {
  type Audience,
  correctionsOf,
  type Destination,
  destinationsOf,
  type TaskEvent,
} from '../../../../src/core/subscriptions/audience.ts';
import { sampleNow, sampleTask } from '../../../support/samples.ts';

const task = sampleTask({ name: 'Spring renewal', line: { ...sampleTask().line, id: 'line-1' } });

function watchIn(channel: string, change: Partial<Watch> = {}): Watch {
  const base = { id: `w-${channel}`, taskId: task.id, channel, owner: 'UOWNER' };
  return { ...base, cardRef: null, cardHash: null, brokenBy: null, createdAt: 0, ...change };
}

function subscriptionOf(channel: string, scope: SubscriptionScope, change: Partial<Subscription> = {}): Subscription {
  return { id: `s-${channel}`, channel, scope, owner: 'UOWNER', createdAt: 0, brokenBy: null, ...change };
}

interface Shape {
  watches?: Watch[];
  subscriptions?: Subscription[];
  channels?: Record<string, Partial<ChannelSettings>>;
  people?: Record<string, Partial<PersonSettings>>;
  /** Channels that URUNS is not in. */
  outside?: string[];
}

function audienceOf({ watches = [], subscriptions = [], channels = {}, people = {}, outside = [] }: Shape): Audience {
  return {
    watches,
    subscriptions,
    settingsOf: (channel) => ({ ...defaultChannelSettings(channel), ...channels[channel] }),
    personSettingsOf: (person) => ({ ...defaultPersonSettings(person), ...people[person] }),
    reaches: (channel) => !outside.includes(channel),
  };
}

const event = (change: Partial<TaskEvent> = {}): TaskEvent => ({
  taskId: task.id,
  task,
  group: 'outcomes',
  runBy: 'URUNS',
  by: null,
  ...change,
});
const route = (shape: Shape, change: Partial<TaskEvent> = {}): Destination[] =>
  destinationsOf(event(change), audienceOf(shape), sampleNow);
const channelsOf = (destinations: Destination[]): string[] => destinations.map(({ channel }) => channel);
const here = (channel: string, change: Partial<Destination> = {}): Destination => ({
  channel,
  thread: false,
  mentions: [],
  direct: false,
  ...change,
});

test('a channel hears of a task once, however many of its wishes are about it', () => {
  const shape = {
    watches: [watchIn('C1'), watchIn('C2'), watchIn('C9', { taskId: 'another' })],
    subscriptions: [subscriptionOf('C1', { kind: 'all' }), subscriptionOf('U1', { kind: 'all' })],
  };
  expect(channelsOf(route(shape))).toEqual(['C1', 'C2', 'U1']);
});

describe('the tasks of a subscription', () => {
  test.each<[string, SubscriptionScope, Partial<TaskEvent>, boolean]>([
    ['all', { kind: 'all' }, {}, true],
    ['mine', { kind: 'mine', person: 'URUNS' }, {}, true],
    ['of someone else', { kind: 'mine', person: 'UOTHER' }, {}, false],
    ['of nobody', { kind: 'mine', person: 'UOTHER' }, { runBy: null }, false],
    ['on the line', { kind: 'line', lineId: 'line-1', name: 'x' }, {}, true],
    ['on another line', { kind: 'line', lineId: 'line-2', name: 'x' }, {}, false],
    ['named so, in any case', { kind: 'name', text: 'SPRING  ren' }, {}, true],
    ['named so, full width', { kind: 'name', text: 'ｓｐｒｉｎｇ' }, {}, true],
    ['named otherwise', { kind: 'name', text: 'autumn' }, {}, false],
  ])('%s', (_what, scope, change, covered) => {
    expect(channelsOf(route({ subscriptions: [subscriptionOf('C1', scope)] }, change))).toEqual(covered ? ['C1'] : []);
  });
});

test('what is broken gets nothing', () => {
  expect(
    route({
      watches: [watchIn('C1', { brokenBy: 'is_archived' })],
      subscriptions: [subscriptionOf('C2', { kind: 'all' }, { brokenBy: 'is_archived' })],
    }),
  ).toEqual([]);
});

describe('the settings of a channel', () => {
  test('every kind can be turned on and off by itself', () => {
    for (const group of noticeGroups) {
      const get = (kinds: ChannelSettings['kinds']) =>
        channelsOf(route({ watches: [watchIn('C1')], channels: { C1: { kinds } } }, { group, runBy: 'C1' }));
      expect([group, get([group])]).toEqual([group, ['C1']]);
      expect([group, get(noticeGroups.filter((kind) => kind !== group))]).toEqual([group, []]);
    }
  });

  test('unless someone asks for them, milestones go nowhere', () => {
    expect(route({ watches: [watchIn('C1')] }, { group: 'milestones' })).toEqual([]);
  });

  test('changes and milestones go into the thread of the card, outcomes and alerts never do', () => {
    const threads = (on: boolean) =>
      noticeGroups.map(
        (group) =>
          route(
            { watches: [watchIn('C1')], channels: { C1: { kinds: [...noticeGroups], threads: on } } },
            { group, runBy: null },
          )[0]?.thread,
      );
    expect(threads(true)).toEqual([false, true, true, false]);
    expect(threads(false)).toEqual([false, false, false, false]);
  });

  test('a muted channel hears nothing until the mute is over', () => {
    const muted = (mutedUntil: number | null) =>
      channelsOf(route({ watches: [watchIn('C1'), watchIn('C2')], channels: { C1: { mutedUntil } } }));
    expect(muted(sampleNow + 1)).toEqual(['C2']);
    expect(muted(sampleNow)).toEqual(['C1', 'C2']);
    expect(muted(null)).toEqual(['C1', 'C2']);
  });
});

describe('an alert', () => {
  const alert = (shape: Shape, change: Partial<TaskEvent> = {}) => route(shape, { group: 'alerts', ...change });

  test('mentions who runs the task in the channels that get it', () => {
    expect(alert({ watches: [watchIn('C1')], subscriptions: [subscriptionOf('C2', { kind: 'all' })] })).toEqual([
      here('C1', { mentions: ['URUNS'] }),
      here('C2', { mentions: ['URUNS'] }),
    ]);
  });

  test('goes to that person directly if they chose so, and the channels get it without a mention', () => {
    expect(alert({ watches: [watchIn('C1')], people: { URUNS: { alertsBy: 'direct' } } })).toEqual([
      here('C1'),
      here('URUNS', { direct: true }),
    ]);
  });

  test('goes to that person directly if no channel gets it', () => {
    expect(alert({})).toEqual([here('URUNS', { direct: true })]);
    expect(alert({ watches: [watchIn('C1')], channels: { C1: { kinds: ['outcomes'] } } })).toEqual([
      here('URUNS', { direct: true }),
    ]);
    expect(alert({ watches: [watchIn('C1')], channels: { C1: { mutedUntil: sampleNow + 1 } } })).toEqual([
      here('URUNS', { direct: true }),
    ]);
  });

  test('reaches that person once where their own direct messages follow the task', () => {
    for (const alertsBy of ['mention', 'direct'] as const) {
      const shape = { subscriptions: [subscriptionOf('URUNS', { kind: 'all' })], people: { URUNS: { alertsBy } } };
      expect(alert(shape)).toEqual([here('URUNS')]);
    }
  });

  test('does not go to a person who turned alerts off in their direct messages, or muted them', () => {
    expect(alert({ channels: { URUNS: { kinds: ['outcomes'] } } })).toEqual([]);
    expect(alert({ channels: { URUNS: { mutedUntil: sampleNow + 1 } } })).toEqual([]);
  });

  test('of a task that nobody is known to run concerns the owner of its watch', () => {
    const watches = [watchIn('C1', { owner: 'UFIRST' }), watchIn('C2', { owner: 'USECOND' })];
    expect(alert({ watches }, { runBy: null }).map(({ mentions }) => mentions)).toEqual([['UFIRST'], ['UFIRST']]);
    expect(alert({}, { runBy: null })).toEqual([]);
  });
});

describe('where a colleague follows by direct message', () => {
  const bob = subscriptionOf('UBOB', { kind: 'all' }, { owner: 'UBOB' });

  test('an alert reaches that colleague, and who runs the task all the same', () => {
    expect(route({ subscriptions: [bob] }, { group: 'alerts' })).toEqual([
      here('UBOB'),
      here('URUNS', { direct: true }),
    ]);
    expect(route({ subscriptions: [bob], watches: [watchIn('C1')] }, { group: 'alerts' })).toEqual([
      here('C1', { mentions: ['URUNS'] }),
      here('UBOB'),
    ]);
  });

  test('an alert mentions who runs the task only where they are, and reaches them elsewhere if that is nowhere', () => {
    const watches = [watchIn('C1'), watchIn('C2')];
    const alert = { group: 'alerts' } as const;
    expect(route({ watches, outside: ['C1'] }, alert)).toEqual([here('C1'), here('C2', { mentions: ['URUNS'] })]);
    expect(route({ watches, outside: ['C1', 'C2'] }, alert)).toEqual([
      here('C1'),
      here('C2'),
      here('URUNS', { direct: true }),
    ]);
  });

  test('what they do themselves is not announced to them, but to who runs the task', () => {
    const act = { group: 'changes', by: 'UBOB' } as const;
    expect(route({ subscriptions: [bob] }, act)).toEqual([here('URUNS', { direct: true })]);
    expect(route({ subscriptions: [bob], watches: [watchIn('C1')] }, act)).toEqual([
      here('C1', { thread: true, mentions: ['URUNS'] }),
    ]);
  });
});

describe('what a person did through Dialdeck', () => {
  const acted = (shape: Shape, change: Partial<TaskEvent> = {}) =>
    route(shape, { group: 'changes', by: 'UCOLLEAGUE', ...change });

  test('is not announced to that person, wherever they would hear of it', () => {
    const shape = {
      watches: [watchIn('C1'), watchIn('URUNS')],
      subscriptions: [subscriptionOf('URUNS', { kind: 'all' })],
    };
    for (const alertsBy of ['mention', 'direct'] as const) {
      expect(acted({ ...shape, people: { URUNS: { alertsBy } } }, { by: 'URUNS' })).toEqual([]);
    }
  });

  test('reaches who runs the task, once: in the card of one channel', () => {
    expect(acted({ watches: [watchIn('C1'), watchIn('C2')] })).toEqual([
      here('C1', { thread: true, mentions: ['URUNS'] }),
    ]);
  });

  test('in a channel that they are in, else by direct message', () => {
    const watches = [watchIn('C1'), watchIn('C2')];
    expect(acted({ watches, outside: ['C1'] })).toEqual([here('C2', { thread: true, mentions: ['URUNS'] })]);
    expect(acted({ watches, outside: ['C1', 'C2'] })).toEqual([here('URUNS', { direct: true })]);
  });

  test('needs no watch in their direct messages', () => {
    expect(acted({ watches: [watchIn('URUNS', { owner: 'URUNS' })] })).toEqual([
      here('URUNS', { thread: true, direct: true }),
    ]);
  });

  test('by direct message if they chose so, or no channel gets it', () => {
    const direct = [here('URUNS', { direct: true })];
    expect(acted({ watches: [watchIn('C1')], people: { URUNS: { alertsBy: 'direct' } } })).toEqual(direct);
    expect(acted({})).toEqual(direct);
    expect(acted({ watches: [watchIn('C1')], channels: { C1: { kinds: ['outcomes'] } } })).toEqual(direct);
    expect(acted({ channels: { URUNS: { kinds: ['outcomes'] } } })).toEqual(direct);
  });

  test('not while they have muted their direct messages', () => {
    expect(acted({ channels: { URUNS: { mutedUntil: sampleNow + 1 } } })).toEqual([]);
  });

  test('concerns nobody where nobody runs the task', () => {
    expect(acted({ subscriptions: [subscriptionOf('C1', { kind: 'all' })] }, { runBy: null })).toEqual([]);
  });
});

test('a correction goes wherever the message may be, and posts nothing new where that is not wanted', () => {
  const shape = { watches: [watchIn('C1'), watchIn('C2')], channels: { C2: { mutedUntil: sampleNow + 1 } } };
  expect(correctionsOf(event(), audienceOf(shape), sampleNow)).toEqual([
    { channel: 'C1', wanted: true },
    { channel: 'C2', wanted: false },
  ]);
});
