import { expect, test } from '@jest/globals';
import { createPermission } from '../../../../src/core/access/permission.ts';
import { AppError } from '../../../../src/core/errors.ts';
import { daysOfWeek, type QuietHours } from '../../../../src/core/model/quiet-hours.ts';
import { createKnownHours } from '../../../../src/core/quiet/known-hours.ts';
import { createQuietHoursUseCases } from '../../../../src/core/quiet/quiet-hours.ts';
import type { DatedMetadata } from '../../../../src/core/tasks/metadata-cache.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { goneReading, nextReading } from '../../../../src/core/watch/infer.ts';
import { metadataOf, now, taskOf } from '../../../support/core/task-samples.ts';

const windows = [{ days: [...daysOfWeek], from: 720, until: 810 }];
const named = (id: string) => ({ id, name: id.toUpperCase() });

function rig({ may = createPermission() } = {}) {
  const stored = new Map<string, QuietHours>();
  const store = {
    quietHours: async () => [...stored.values()],
    setQuietHours: async (hours: QuietHours) => void stored.set(hours.groupId, hours),
    forgetQuietHours: async (groupId: string) => void stored.delete(groupId),
  };
  const platform = {
    groups: [named('noon'), named('night')],
    fails: false,
    reads: 0,
    last: null as DatedMetadata | null,
  };
  const metadata = {
    peek: () => null,
    last: () => platform.last,
    fresh: async () => {
      platform.reads += 1;
      if (platform.fails) throw new AppError('platform_timeout', 'silent');
      platform.last = { metadata: metadataOf({ quietHours: platform.groups }), readAt: now };
      return platform.last;
    },
  };
  const board = createBoard({ now: () => now, elapsed: () => now });
  const known = createKnownHours({ store, zone: 'Asia/Shanghai' });
  let changes = 0;
  const changed = () => {
    changes += 1;
  };
  const clock = { now: () => now };
  const quiet = createQuietHoursUseCases({ store, known, metadata, board, clock, may, zone: 'Asia/Shanghai', changed });
  return { quiet, platform, board, stored, changes: () => changes };
}

test('the groups are those the platform names, and those that only tasks use', async () => {
  const { quiet, board } = rig();
  const reading = (id: string, quietHours: { id: string; name: string | null }) =>
    nextReading(null, taskOf({ id, quietHours }), now);
  for (const [i, quietHours] of [named('noon'), named('noon'), { id: 'old', name: null }].entries()) {
    board.put(reading(`t${i}`, quietHours));
  }
  board.put(goneReading(reading('t9', { id: 'gone', name: 'Gone' }), now));
  board.put(reading('t8', { id: '', name: null }));
  expect(await quiet.groups()).toEqual([
    { ...named('noon'), tasks: 2, hours: null },
    { ...named('night'), tasks: 0, hours: null },
    { id: 'old', name: 'old', tasks: 1, hours: null },
  ]);
});

test('hours are entered once for all, by whoever may, and forgotten again', async () => {
  const { quiet, stored, changes } = rig();
  const entered = { groupId: 'noon', windows, person: 'U1', at: now };
  expect(await quiet.set({ groupId: 'noon', windows, person: 'U1' })).toMatchObject({ id: 'noon', hours: entered });
  expect([...stored.values(), changes()]).toEqual([entered, 1]);
  expect((await quiet.group('noon')).hours).toEqual(entered);
  expect(await quiet.set({ groupId: 'noon', windows: null, person: 'U2' })).toMatchObject({ hours: null });
  expect([stored.size, changes()]).toEqual([0, 2]);
});

test('what may not be is refused before anything is asked', async () => {
  const { quiet, platform, stored } = rig({ may: createPermission(async (_, act) => act !== 'quiet_hours') });
  await expect(quiet.set({ groupId: 'noon', windows, person: 'U1' })).rejects.toMatchObject({ code: 'not_permitted' });
  expect([platform.reads, stored.size]).toEqual([0, 0]);
});

test('a group that the platform does not name gets no hours', async () => {
  const { quiet, stored } = rig();
  for (const groupId of ['', 'forged', 'x'.repeat(5_000)]) {
    await expect(quiet.set({ groupId, windows, person: 'U1' })).rejects.toMatchObject({ code: 'group_gone' });
  }
  expect(stored.size).toBe(0);
});

test('while the platform is silent, the groups it named last are shown; before that, why there are none', async () => {
  const { quiet, platform } = rig();
  platform.fails = true;
  await expect(quiet.groups()).rejects.toMatchObject({ code: 'platform_timeout' });
  platform.fails = false;
  await quiet.groups();
  platform.fails = true;
  expect((await quiet.groups()).map(({ id }) => id)).toEqual(['noon', 'night']);
});

test('what is typed is read with the groups there are', async () => {
  const { quiet } = rig();
  expect(await quiet.read('noon 12:00-13:30')).toMatchObject({ kind: 'set', group: { id: 'noon' } });
  expect(await quiet.read('Night')).toMatchObject({ kind: 'open', group: { id: 'night' } });
  expect(await quiet.read('lunch')).toEqual({ kind: 'none' });
});
