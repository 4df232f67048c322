import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SubscriptionScope } from '../../../src/core/model/subscription.ts';
import type { Store } from '../../../src/store/store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';

reportSkipped();

describe.each(engines)('subscriptions and settings on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  const add = (scope: SubscriptionScope, channel = 'C1', createdAt = 1) =>
    store.addSubscription({ channel, scope, owner: 'U1', createdAt });

  test('come back as they were, in their order, also to another bot', async () => {
    const scopes: SubscriptionScope[] = [
      { kind: 'all' },
      { kind: 'mine', person: 'U1' },
      { kind: 'line', lineId: 'line-1', name: '华东 "1"' },
      { kind: 'name', text: "春季 O'Neil 📞 \0" },
    ];
    for (const [i, scope] of scopes.entries()) await add(scope, 'C1', i);
    await add({ kind: 'all' }, 'U1', 9);
    const other = await database.open();
    const stored = await other.subscriptions();
    expect(stored.map(({ scope }) => scope)).toEqual([...scopes, { kind: 'all' }]);
    expect(stored.at(-1)).toMatchObject({ channel: 'U1', owner: 'U1', createdAt: 9, brokenBy: null });
    expect(await other.subscriptionsOf('U1')).toEqual(stored.slice(-1));
  });

  test('the same tasks are subscribed to once per channel, however they are written and by however many at once', async () => {
    const other = await database.open();
    const made = await Promise.all(
      ['Spring', 'SPRING', ' spring '].map((text, i) =>
        (i === 1 ? other : store).addSubscription({
          channel: 'C1',
          scope: { kind: 'name', text },
          owner: 'U1',
          createdAt: 1,
        }),
      ),
    );
    expect(made.filter(({ already }) => !already)).toHaveLength(1);
    expect(new Set(made.map(({ subscription }) => subscription.id)).size).toBe(1);
    expect(await store.subscriptions()).toHaveLength(1);
    expect((await add({ kind: 'name', text: 'spring' }, 'C2')).already).toBe(false);
  });

  test('a channel that cannot be posted to is broken until someone subscribes it again', async () => {
    await add({ kind: 'all' });
    await add({ kind: 'mine', person: 'U1' });
    await add({ kind: 'all' }, 'C2');
    expect(await store.breakSubscriptions('C1', 'is_archived')).toHaveLength(2);
    expect(await store.breakSubscriptions('C1', 'is_archived')).toEqual([]);
    const broken = await add({ kind: 'all' });
    expect([broken.already, broken.subscription.brokenBy]).toEqual([false, null]);
    expect((await store.subscriptionsOf('C1')).map(({ brokenBy }) => brokenBy).sort()).toEqual(['is_archived', null]);
    expect((await store.subscriptionsOf('C2'))[0]?.brokenBy).toBeNull();
  });

  test('what is removed is gone, once', async () => {
    const { subscription } = await add({ kind: 'all' });
    expect(await store.removeSubscription(subscription.id)).toEqual(subscription);
    expect(await store.removeSubscription(subscription.id)).toBeNull();
    expect(await store.subscriptions()).toEqual([]);
  });

  test('settings that nobody changed have their defaults; changes of several people add up', async () => {
    expect(await store.channelSettingsOf('C1')).toEqual({
      channel: 'C1',
      kinds: ['outcomes', 'changes', 'alerts'],
      threads: true,
      style: 'cards',
      mutedUntil: null,
      digest: null,
    });
    expect(await store.personSettingsOf('U1')).toEqual({ person: 'U1', alertsBy: 'mention' });
    const other = await database.open();
    await Promise.all([
      store.changeChannelSettings('C1', { threads: false }),
      other.changeChannelSettings('C1', { mutedUntil: 5 }),
      store.changeChannelSettings('C1', { kinds: [] }),
      other.changeChannelSettings('C2', { style: 'board' }),
      store.changePersonSettings('U1', { alertsBy: 'direct' }),
    ]);
    const settings = { channel: 'C1', kinds: [], threads: false, style: 'cards', mutedUntil: 5, digest: null };
    expect(await store.channelSettingsOf('C1')).toEqual(settings);
    expect((await other.channelSettings()).find(({ channel }) => channel === 'C1')).toEqual(settings);
    expect(await other.channelSettings()).toHaveLength(2);
    expect(await other.personSettings()).toEqual([{ person: 'U1', alertsBy: 'direct' }]);
    expect(await other.personSettingsOf('U1')).toEqual({ person: 'U1', alertsBy: 'direct' });
  });

  test('every change raises the version that bots follow', async () => {
    const rises = async (change: () => Promise<unknown>): Promise<boolean> => {
      const before = (await store.versions()).watches;
      await change();
      return (await store.versions()).watches > before;
    };
    let id = '';
    expect(
      await rises(async () => {
        ({ id } = (await add({ kind: 'all' })).subscription);
      }),
    ).toBe(true);
    expect(await rises(() => store.breakSubscriptions('C1', 'x'))).toBe(true);
    expect(await rises(() => store.removeSubscription(id))).toBe(true);
    expect(await rises(() => store.changeChannelSettings('C1', { threads: false }))).toBe(true);
    expect(await rises(() => store.changePersonSettings('U1', { alertsBy: 'direct' }))).toBe(true);
  });

  test('a row of a later or broken release does not hide the others', async () => {
    await add({ kind: 'all' });
    await add({ kind: 'all' }, 'C2');
    await store.changeChannelSettings('C1', { threads: false });
    await store.changeChannelSettings('C2', { threads: false });
    await database.sql(`update subscriptions set scope = '{"kind":"moon"}' where channel = 'C1'`);
    await database.sql(`update channel_settings set body = '{' where channel = 'C1'`);
    expect((await store.subscriptions()).map(({ channel }) => channel)).toEqual(['C2']);
    expect((await store.channelSettings()).map(({ channel }) => channel)).toEqual(['C2']);
    expect((await store.channelSettingsOf('C1')).threads).toBe(true);
  });
});
