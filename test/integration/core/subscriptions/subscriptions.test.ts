import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Act, createPermission } from '../../../../src/core/access/permission.ts';
import type { WideWish } from '../../../../src/core/subscriptions/subscriptions.ts';
import { createSubscriptionUseCases } from '../../../../src/core/subscriptions/subscriptions.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import type { Store } from '../../../../src/store/store.ts';
import { t0, taskOf } from '../../../support/core/looks.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';

const clock = createManualClock(t0);
let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
const asked: Act[] = [];
let allowed = true;
beforeEach(async () => {
  folder = await storeFolder(clock, recordingLog());
  store = await folder.open();
  asked.splice(0);
  allowed = true;
});
afterEach(() => folder.remove());

function useCases(names: string[] = []) {
  const board = createBoard(clock);
  for (const [i, name] of names.entries()) {
    const task = { ...taskOf({ on: true, bar: [1, 9], id: `t${i}` }), name };
    board.put({ ...nextReading(null, task, clock.now()), revision: i + 1, runBy: i === 0 ? 'U1' : null });
  }
  return createSubscriptionUseCases({
    store,
    board,
    lines: async () => [{ id: 'l1', name: 'East 1' }],
    clock,
    may: createPermission(async (_person, act) => {
      asked.push(act);
      return allowed;
    }),
    changed: () => undefined,
  });
}
const here = { channel: 'C1', person: 'U1' };

test('everything that changes something asks for permission, and changes nothing without it', async () => {
  const subscriptions = useCases();
  await subscriptions.add({ ...here, scope: { kind: 'all' } });
  allowed = false;
  const refused = { code: 'not_permitted' };
  await expect(subscriptions.add({ ...here, scope: { kind: 'mine', person: 'U1' } })).rejects.toMatchObject(refused);
  await expect(subscriptions.remove({ ...here, wish: { kind: 'all' } })).rejects.toMatchObject(refused);
  await expect(subscriptions.change({ ...here, change: { own: { alertsBy: 'direct' } } })).rejects.toMatchObject(
    refused,
  );
  await expect(subscriptions.mute({ ...here, forMs: 1 })).rejects.toMatchObject(refused);
  expect(asked).toEqual(['watch', 'watch', 'unwatch', 'notice_settings', 'notice_settings']);
  expect((await store.subscriptions()).map(({ scope }) => scope.kind)).toEqual(['all']);
  expect(await store.channelSettings()).toEqual([]);
  expect(await store.personSettings()).toEqual([]);
});

test('the subscription that a wish means is ended, and no other', async () => {
  const subscriptions = useCases();
  const scopes = [
    { kind: 'all' },
    { kind: 'mine', person: 'U1' },
    { kind: 'mine', person: 'U2' },
    { kind: 'line', lineId: 'l1', name: 'East 1' },
    { kind: 'name', text: 'Spring' },
  ] as const;
  for (const scope of scopes) await subscriptions.add({ ...here, scope });
  await subscriptions.add({ ...here, channel: 'C2', scope: { kind: 'all' } });
  const left = async (wish: WideWish) => {
    const removed = await subscriptions.remove({ ...here, wish });
    return [
      removed.kind === 'removed' ? removed.subscription.scope : removed.kind,
      (await store.subscriptions()).length,
    ];
  };
  expect(await left({ kind: 'name', text: 'SPRING ' })).toEqual([scopes[4], 5]);
  expect(await left({ kind: 'name', text: 'spr' })).toEqual(['none', 5]);
  expect(await left({ kind: 'line', text: 'east', whole: '' })).toEqual([scopes[3], 4]);
  expect(await left({ kind: 'mine' })).toEqual([scopes[1], 3]);
  expect(await left({ kind: 'mine' })).toEqual(['none', 3]);
  expect(await left({ kind: 'all' })).toEqual([scopes[0], 2]);
});

test('of several lines that a text may mean, none is unwatched until it names one', async () => {
  const subscriptions = useCases();
  const line = (lineId: string, name: string) => ({ kind: 'line', lineId, name }) as const;
  const lines = [line('l1', 'Line 10'), line('l2', 'Line 11'), line('l3', 'Line 1'), line('l4', 'West')];
  for (const scope of lines) await subscriptions.add({ ...here, scope });
  const unwatch = async (text: string): Promise<unknown> => {
    const removal = await subscriptions.remove({ ...here, wish: { kind: 'line', text, whole: '' } });
    if (removal.kind === 'removed') return removal.subscription.scope;
    return removal.kind === 'many' ? removal.lines.map(({ id }) => id).sort() : removal.kind;
  };
  expect(await unwatch('line')).toEqual(['l1', 'l2', 'l3']);
  expect(await unwatch('line 1')).toEqual(lines[2]);
  expect(await unwatch('line 1')).toEqual(['l1', 'l2']);
  expect(await unwatch('l2')).toEqual(lines[1]);
  expect(await unwatch('line 1')).toEqual(lines[0]);
  expect(await unwatch('line 1')).toBe('none');
  expect((await store.subscriptions()).map(({ scope }) => scope)).toEqual([lines[3]]);
});

test('what a channel follows is counted once per task', async () => {
  const subscriptions = useCases(['Spring one', 'Spring two', 'Autumn']);
  await store.addWatch({ taskId: 't0', channel: 'C1', owner: 'U1', createdAt: 0 });
  await subscriptions.add({ ...here, scope: { kind: 'mine', person: 'U1' } });
  expect((await subscriptions.of('C1')).tasks).toBe(1);
  await subscriptions.add({ ...here, scope: { kind: 'name', text: 'spring' } });
  expect((await subscriptions.of('C1')).tasks).toBe(2);
  expect((await subscriptions.of('C2')).tasks).toBe(0);
});

test('a line is known by what the platform offers and by what tasks use', async () => {
  const subscriptions = useCases(['Spring']);
  expect(await subscriptions.lineNamed('east')).toEqual({ kind: 'one', line: { id: 'l1', name: 'East 1' } });
  const used = taskOf({ on: true, bar: [1, 9] }).line;
  expect(await subscriptions.lineNamed(used.id)).toMatchObject({ kind: 'one', line: { id: used.id } });
});

test('a mute is for so long from now on, and changes nothing else', async () => {
  const subscriptions = useCases();
  await subscriptions.change({ ...here, change: { channel: { threads: false } } });
  expect(await subscriptions.mute({ ...here, forMs: 7_200_000 })).toBe(clock.now() + 7_200_000);
  expect(await store.channelSettingsOf('C1')).toMatchObject({ threads: false, mutedUntil: clock.now() + 7_200_000 });
  expect(await subscriptions.mute({ ...here, forMs: null })).toBeNull();
  expect((await subscriptions.settings(here)).channel.mutedUntil).toBeNull();
});
