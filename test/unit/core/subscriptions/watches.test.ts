import { expect, test } from '@jest/globals';
import { createPermission } from '../../../../src/core/access/permission.ts';
import type { Watch } from '../../../../src/core/model/watch.ts';
import { createWatchUseCases, type WatchDeps } from '../../../../src/core/subscriptions/watches.ts';
import type { Found } from '../../../../src/core/tasks/find.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { cardHash } from '../../../../src/core/watch/card.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { sampleCard, sampleNow, sampleTask } from '../../../support/samples.ts';

const person = 'U0ALICE';
const spring = sampleTask({ id: 'task-spring', name: 'Spring sale' });
const summer = sampleTask({ id: 'task-summer', name: 'Summer sale' });
const elsewhere: Found = { kind: 'one', task: sampleTask({ id: 'task-autumn', name: 'Autumn sale' }) };

const watch = (taskId: string, channel: string, change: Partial<Watch> = {}): Watch => ({
  id: `${taskId} in ${channel}`,
  taskId,
  channel,
  owner: person,
  createdAt: sampleNow,
  cardRef: null,
  cardHash: null,
  brokenBy: null,
  ...change,
});

/** Watches in memory of the tasks that a board knows; a look-up among all tasks finds one of autumn. */
function rig(watches: Watch[], lastList: string[] = []) {
  const board = createBoard(createManualClock(sampleNow));
  for (const task of [spring, summer]) board.put(nextReading(null, task, sampleNow));
  const lookups: string[] = [];
  const updates: [string, object][] = [];
  const store: Partial<WatchDeps['store']> = {
    watches: async () => watches,
    updateWatch: async (id, change) => void updates.push([id, change]),
    lastList: async () => lastList,
  };
  const useCases = createWatchUseCases({
    store: store as WatchDeps['store'],
    board,
    finder: {
      async find(_person, ref) {
        lookups.push(ref);
        return elsewhere;
      },
    },
    clock: { now: () => sampleNow },
    may: createPermission(),
    changed() {},
  });
  return { useCases, lookups, updates };
}

test('a channel has its own watches, by the last known names of their tasks', async () => {
  const { useCases } = rig([watch(spring.id, 'C1'), watch('task-lost', 'C1'), watch(summer.id, 'C2')]);
  const names = (await useCases.of('C1')).map(({ taskName }) => taskName);
  expect(names).toEqual(['Spring sale', 'task-lost']);
});

test('a task is looked up among those the channel watches first, then among all', async () => {
  const { useCases, lookups } = rig([watch(spring.id, 'C1'), watch(summer.id, 'C2')]);
  expect(await useCases.find({ person, channel: 'C1', ref: 'sale' })).toEqual({ kind: 'one', task: spring });
  expect(lookups).toEqual([]);
  expect(await useCases.find({ person, channel: 'C1', ref: 'summer' })).toBe(elsewhere);
  expect(lookups).toEqual(['summer']);
});

test('two watched tasks that fit are looked up among all', async () => {
  const { useCases } = rig([watch(spring.id, 'C1'), watch(summer.id, 'C1')]);
  expect(await useCases.find({ person, channel: 'C1', ref: 'sale' })).toBe(elsewhere);
});

test('a number means the task of the last list, watched or not', async () => {
  const { useCases } = rig([watch(spring.id, 'C1')], [summer.id, spring.id]);
  expect(await useCases.find({ person, channel: 'C1', ref: '2' })).toEqual({ kind: 'one', task: spring });
  expect(await useCases.find({ person, channel: 'C1', ref: '1' })).toBe(elsewhere);
});

test('what a card shows is noted at the watch of that message and channel alone', async () => {
  const shown = watch(spring.id, 'C1', { cardRef: '1.0' });
  const { useCases, updates } = rig([watch(spring.id, 'C2', { cardRef: '1.0' }), watch(summer.id, 'C1'), shown]);
  const card = sampleCard();
  await useCases.cardShown({ channel: 'C1', message: '1.0', card });
  await useCases.cardShown({ channel: 'C1', message: '2.0', card });
  expect(updates).toEqual([[shown.id, { cardHash: cardHash(card) }]]);
});
