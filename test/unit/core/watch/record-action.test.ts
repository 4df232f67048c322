import { beforeEach, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Actor, Reading } from '../../../../src/core/model/reading.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import type { Readings } from '../../../../src/core/watch/ports.ts';
import { recordAction } from '../../../../src/core/watch/record-action.ts';
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

/** One row, as the store keeps it. */
const store: Pick<Readings, 'deriveReading'> = {
  deriveReading: async (_taskId, derive) => save(derive(stored)),
};

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
  const failing = { deriveReading: () => Promise.reject(new AppError('store_failed', 'disk full')) };
  await recordAction({ store: failing, board, log }, started, actor);
  const { reading } = await recordAction({ store, board, log }, started, { ...actor, action: 'imported' });
  expect(reading).toMatchObject({ state: 'dialing', startedAt: actor.at, actor: { action: 'imported' }, revision: 2 });
});

test('a store that fails is reported to the log only: the platform has done what was asked', async () => {
  const failing = { deriveReading: () => Promise.reject(new AppError('store_failed', 'disk full')) };
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
