import { beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Actor, Reading } from '../../../../src/core/model/reading.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import type { ReadingChange, Readings } from '../../../../src/core/watch/ports.ts';
import { recordAction } from '../../../../src/core/watch/record-action.ts';
import { issued, lastOf, t0, taskOf, tick } from '../../../support/core/looks.ts';
import { recordingLog } from '../../../support/real-store.ts';

const polled = issued(lastOf([{ on: false, bar: [0, 9] }]), 1);
const started = taskOf({ on: true, bar: [0, 9] });
const actor: Actor = { person: 'U1', action: 'started', at: t0 + tick };

let board: Board;
let log: ReturnType<typeof recordingLog>;
let stored: Reading;
let revision: number;
/** What is called before a reading is saved: what another bot does in between. */
let meanwhile: () => void;
let offered: ReadingChange[];

/** Takes what was derived from the stored reading, and nothing else. */
const store: Readings = {
  readings: async () => new Map([[stored.task.id, stored]]),
  async saveReadings(changes) {
    offered.push(...changes);
    meanwhile();
    return changes.flatMap(({ reading }) => (reading.revision === stored.revision ? [save(reading)] : []));
  },
};

function save(reading: Reading): Reading {
  revision += 1;
  stored = issued(reading, revision);
  return stored;
}

beforeEach(() => {
  board = createBoard();
  board.put(polled);
  log = recordingLog();
  [stored, revision, meanwhile, offered] = [polled, 1, () => undefined, []];
});

test('an action is saved as what is known of its task, without notices, and is on the board', async () => {
  const reading = await recordAction({ store, board, log }, started, actor);
  expect(reading).toEqual(stored);
  expect(reading).toMatchObject({ state: 'dialing', actor, takenAt: actor.at, revision: 2, campaign: 1 });
  expect(board.get('task-1')).toEqual(reading);
  expect(offered).toEqual([{ reading: { ...reading, revision: 1 }, notices: [] }]);
});

test('the first that is known of a task begins a campaign', async () => {
  stored = { ...polled, revision: 0 };
  const reading = await recordAction({ store, board: createBoard(), log }, started, actor);
  expect(reading).toMatchObject({ revision: 2, campaign: 2 });
});

describe('another bot that saved a reading in between', () => {
  test('is not overwritten: the action is recorded on top of its reading', async () => {
    let once = true;
    meanwhile = () => {
      if (once) save({ ...polled, stillPolls: 5, movedAt: t0 - 3, fullPolls: 1 });
      once = false;
    };
    const reading = await recordAction({ store, board, log }, started, actor);
    expect(offered.map((change) => change.reading.revision)).toEqual([1, 2]);
    expect(reading).toEqual(stored);
    // `movedAt` is a thing that only the reading of the other bot knew.
    expect(reading).toMatchObject({ revision: 3, movedAt: t0 - 3, state: 'dialing', actor });
    expect(board.get('task-1')).toEqual(reading);
    expect(log.lines).toEqual([]);
  });

  test('is given way to after three attempts; the board shows the action all the same', async () => {
    meanwhile = () => {
      save({ ...stored, movedAt: t0 + revision });
    };
    const reading = await recordAction({ store, board, log }, started, actor);
    expect(offered.map((change) => change.reading.revision)).toEqual([1, 2, 3]);
    expect(stored.actor).toBeNull();
    expect(reading).toMatchObject({ state: 'dialing', actor });
    expect(board.get('task-1')).toEqual(reading);
  });
});

test('a store that fails is reported to the log only: the platform has done what was asked', async () => {
  const failing: Readings = {
    ...store,
    saveReadings: async () => {
      throw new AppError('store_failed', 'disk full');
    },
  };
  const reading = await recordAction({ store: failing, board, log }, started, actor);
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
  const reading = await recordAction({ store, board, log }, polled.task, { ...actor, action: 'deleted' });
  expect(reading).toMatchObject({ state: 'gone', revision: 2 });
  expect(stored).toEqual(reading);
});
