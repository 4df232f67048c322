import { beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Actor, Reading } from '../../../../src/core/model/reading.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import type { NewNotice } from '../../../../src/core/watch/ports.ts';
import { type RecordDeps, recordAction } from '../../../../src/core/watch/record-action.ts';
import { issued, lastOf, t0, taskOf, tick } from '../../../support/core/looks.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';

const polled = issued(lastOf([{ on: false, bar: [0, 9] }]), 1);
const started = taskOf({ on: true, bar: [0, 9] });
const actor: Actor = { person: 'U1', action: 'started', at: t0 + tick };

const clock = createManualClock(t0);
let board: Board;
let log: ReturnType<typeof recordingLog>;
let stored: Reading | null;
let revision: number;
let written: NewNotice[];
let audienceReads: number;

/** One row, as the store keeps it. */
const store: RecordDeps['store'] = {
  readings: async () => new Map(stored === null ? [] : [[stored.task.id, stored]]),
  deriveReading: async (_taskId, derive) => {
    const { reading, notices } = derive(stored);
    written.push(...notices);
    return save(reading);
  },
  watches: async () => {
    audienceReads += 1;
    return [{ ...newWatch, id: 'w1', cardRef: null, cardHash: null, brokenBy: null }];
  },
  subscriptions: async () => [],
  channelSettings: async () => [],
  personSettings: async () => [],
};
const newWatch = { taskId: 'task-1', channel: 'C1', owner: 'U3', createdAt: t0 };

function save(reading: Reading): Reading {
  revision += 1;
  stored = issued(reading, revision);
  return stored;
}

beforeEach(() => {
  board = createBoard(clock);
  board.put(polled);
  log = recordingLog();
  [stored, revision] = [polled, 1];
  [written, audienceReads] = [[], 0];
});

test('an action is saved as what is known of its task, without notices, and is on the board', async () => {
  const { reading } = await recordAction({ store, board, log }, started, actor);
  expect(reading).toEqual(stored);
  expect(reading).toMatchObject({ state: 'dialing', actor, takenAt: actor.at, revision: 2, campaign: 1 });
  expect(board.get('task-1')).toEqual(reading);
});

test('the first that is known of a task begins a campaign', async () => {
  stored = null;
  const { reading } = await recordAction({ store, board: createBoard(clock), log }, started, actor);
  expect(reading).toMatchObject({ revision: 2, campaign: 2 });
});

test('it is recorded on top of what other bots have saved, also when this bot has not heard of it', async () => {
  // `movedAt` is a thing that only the reading of the other bot knew.
  save({ ...polled, stillPolls: 5, movedAt: t0 - 3, fullPolls: 1 });
  for (const itsBoard of [board, createBoard(clock)]) {
    const { reading } = await recordAction({ store, board: itsBoard, log }, started, actor);
    expect(reading).toEqual(stored);
    expect(reading).toMatchObject({ movedAt: t0 - 3, state: 'dialing', actor, campaign: 1 });
    expect(itsBoard.get('task-1')).toEqual(reading);
  }
  expect(log.lines).toEqual([]);
});

test('what could not be recorded is recorded with the next action', async () => {
  const failing = { ...store, deriveReading: () => Promise.reject(new AppError('store_failed', 'disk full')) };
  await recordAction({ store: failing, board, log }, started, actor);
  const { reading } = await recordAction({ store, board, log }, started, { ...actor, action: 'imported' });
  expect(reading).toMatchObject({ state: 'dialing', startedAt: actor.at, actor: { action: 'imported' }, revision: 2 });
});

test('a store that fails is reported to the log only: the platform has done what was asked', async () => {
  const failing = { ...store, deriveReading: () => Promise.reject(new AppError('store_failed', 'disk full')) };
  const { reading } = await recordAction({ store: failing, board, log }, started, actor);
  expect(reading).toMatchObject({ state: 'dialing', actor, revision: 1 });
  expect(board.get('task-1')).toEqual(reading);
  expect(log.lines).toEqual([
    {
      level: 'error',
      message: 'an action could not be recorded',
      fields: { action: 'started', code: 'store_failed' },
    },
  ]);
});

test('a deletion leaves a task that is gone', async () => {
  const { reading } = await recordAction({ store, board, log }, polled.task, { ...actor, action: 'deleted' });
  expect(reading).toMatchObject({ state: 'gone', revision: 2 });
  expect(stored).toEqual(reading);
});

describe('who ran the task until then', () => {
  const ranBy = (runBy: string | null, task = polled.task): void => {
    save({ ...polled, task, runBy });
  };
  const edited = { ...polled.task, concurrency: polled.task.concurrency + 1 };

  test.each([
    ['started', polled.task, started],
    ['paused', started, polled.task],
    ['edited', polled.task, edited],
    ['imported', polled.task, polled.task],
    ['deleted', polled.task, polled.task],
  ] as const)('is notified of an act of someone else: %s', async (action, before, after) => {
    ranBy('U2', before);
    const count = action === 'imported' ? 40 : null;
    const { reading } = await recordAction({ store, board, log }, after, { ...actor, action, count });
    expect(reading.runBy).toBe(action === 'started' ? 'U1' : 'U2');
    expect(written).toMatchObject([
      {
        channel: 'C1',
        once: 'revision',
        body: {
          notice: { kind: 'acted', at: actor.at, act: { person: 'U1', action, count } },
          by: 'U1',
          mentions: ['U2'],
        },
      },
    ]);
  });

  test('is not when they did it themselves, and nobody is asked for', async () => {
    ranBy('U1');
    await recordAction({ store, board, log }, started, actor);
    expect([written, audienceReads]).toEqual([[], 0]);
  });

  test('is the one who has it watched, where nobody is known to have run it', async () => {
    ranBy(null);
    await recordAction({ store, board, log }, started, actor);
    expect(written).toMatchObject([{ channel: 'C1', body: { by: 'U1', mentions: [newWatch.owner] } }]);
  });

  test('is notified once, though the act is recorded twice', async () => {
    ranBy('U2');
    await recordAction({ store, board, log }, edited, { ...actor, action: 'edited' });
    await recordAction({ store, board, log }, edited, { ...actor, action: 'edited' });
    expect(written).toHaveLength(1);
  });

  test('an audience that cannot be read does not keep the act from being recorded', async () => {
    ranBy('U2');
    const silent = { ...store, subscriptions: () => Promise.reject(new AppError('store_failed', 'disk full')) };
    const { saved } = await recordAction({ store: silent, board, log }, started, actor);
    expect([saved, stored?.actor, written]).toEqual([true, actor, []]);
    expect(log.lines).toHaveLength(1);
  });
});
