import { expect, test } from '@jest/globals';
import { createPermission } from '../../../../src/core/access/permission.ts';
import { createWatchUseCases } from '../../../../src/core/subscriptions/watches.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';

test('a channel watches a task once; a broken watch is taken up anew; both ends wake the outbox or not', async () => {
  const clock = { now: () => 1_000, elapsed: () => 1_000, sleep: async () => {} };
  const folder = await storeFolder(clock, recordingLog());
  const store = await folder.open();
  let changed = 0;
  const watches = createWatchUseCases({
    store,
    board: createBoard(clock),
    finder: { find: async () => ({ kind: 'none', suggestions: [] }) },
    clock,
    may: createPermission(),
    changed: () => {
      changed += 1;
    },
  });
  const taskId = 't';
  expect(await watches.add({ taskId, channel: 'C1', person: 'U1' })).toEqual({ already: false });
  expect(await watches.add({ taskId, channel: 'C1', person: 'U2' })).toEqual({ already: true });
  expect(await watches.add({ taskId, channel: 'C2', person: 'U2' })).toEqual({ already: false });
  expect(changed).toBe(3);
  expect(await watches.of('C1')).toMatchObject([{ taskName: 't', channel: 'C1', owner: 'U1' }]);

  const [watch] = (await store.watches()).filter(({ channel }) => channel === 'C1');
  await store.updateWatch(watch?.id ?? '', { brokenBy: 'is_archived' });
  expect(await watches.add({ taskId, channel: 'C1', person: 'U1' })).toEqual({ already: false });
  expect((await watches.of('C1')).map(({ brokenBy }) => brokenBy)).toEqual([null]);

  // Who had set it up is told when someone else ends it.
  expect(await watches.remove({ taskId: 't', channel: 'C1', person: 'U2' })).toBe('U1');
  expect(await watches.remove({ taskId: 't', channel: 'C1', person: 'U2' })).toBeNull();
  expect(await watches.of('C1')).toEqual([]);
  await folder.remove();
});
