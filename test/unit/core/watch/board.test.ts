import { beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import { issued, lastOf, t0, tick } from '../../../support/core/looks.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';

let clock: ManualClock;
let board: Board;
beforeEach(() => {
  clock = createManualClock(t0);
  board = createBoard(clock);
});

const reading = (id: string, revision: number, takenAt = t0): Reading => ({
  ...issued(lastOf([{ on: true, bar: [1, 2], id }]), revision),
  takenAt,
});
const error = new AppError('platform_unreachable', 'refused');
const hour = 3_600_000;

describe('of two readings of a task', () => {
  test.each(['put', 'adopt'] as const)('the one of the later revision stays, whatever time is on it (%s)', (enter) => {
    board[enter](reading('a', 5, t0));
    board[enter](reading('a', 4, t0 + hour));
    expect(board.get('a')).toMatchObject({ revision: 5, takenAt: t0 });
    board[enter](reading('a', 6, t0 - hour));
    expect(board.get('a')).toMatchObject({ revision: 6, takenAt: t0 - hour });
    expect(board.get('b')).toBeNull();
  });

  test('what could not be saved is newer than what it was derived from, until the store has a later one', () => {
    board.adopt(reading('a', 5));
    board.put({ ...reading('a', 5), state: 'paused' });
    board.adopt(reading('a', 5));
    expect(board.get('a')?.state).toBe('paused');
    board.adopt(reading('a', 6));
    expect(board.get('a')?.state).toBe('dialing');
  });
});

test('a complete read replaces what it shows, but not what came after it was requested', () => {
  board.put(reading('old', 1));
  const read = board.beginRead();
  expect(board.hasNewer('old', read)).toBe(false);
  board.put(reading('acted', 3));
  expect(board.hasNewer('acted', read)).toBe(true);
  board.complete([reading('a', 2), reading('acted', 2)], read);
  expect(board.all().map(({ task, revision }) => [task.id, revision])).toEqual([
    ['old', 1],
    ['acted', 3],
    ['a', 2],
  ]);
  expect(board.readAt).toBe(t0);
});

test('a complete read dates what it did not change, except what is gone or was missing', async () => {
  for (const id of ['a', 'b', 'missing']) board.put(reading(id, 1));
  board.put({ ...reading('gone', 1), state: 'gone' });
  const held = board.held('a');
  for (let reads = 1; reads <= 2; reads += 1) {
    await clock.advance(tick);
    board.complete([], board.beginRead(), new Set(reads === 2 ? ['missing'] : []));
  }
  // Nothing is made anew before it is asked for.
  expect(board.held('a')).toBe(held);
  const dates = Object.fromEntries(board.all().map(({ task, takenAt }) => [task.id, (takenAt - t0) / tick]));
  expect(dates).toEqual({ a: 2, b: 2, missing: 1, gone: 0 });
  expect(board.get('b')?.takenAt).toBe(t0 + 2 * tick);
  expect(board.allBut(new Set(['b', 'gone'])).map(({ task }) => task.id)).toEqual(['a', 'missing']);
});

test('an outcome that comes late is dropped', () => {
  const [slow, failing, quick] = [board.beginRead(), board.beginRead(), board.beginRead()];
  board.complete([reading('a', 1)], quick);
  board.complete([], slow);
  board.failed(error, failing);
  expect(board.all()).toHaveLength(1);
  expect(board.staleSince).toBeNull();
});

test('stale since the last good poll, until the next one', async () => {
  board.complete([reading('a', 1)], board.beginRead());
  for (let polls = 0; polls < 2; polls += 1) {
    await clock.advance(tick);
    board.failed(error, board.beginRead());
  }
  expect(board.staleSince).toBe(t0);
  expect(board.lastError).toBe(error);
  board.complete([reading('a', 2)], board.beginRead());
  expect(board.staleSince).toBeNull();
  expect(board.lastError).toBeNull();
});

test('after a restart, stale since the newest reading of the last life', async () => {
  board.adopt(reading('a', 1));
  await clock.advance(5 * tick);
  board.failed(error, board.beginRead());
  expect(board.staleSince).toBe(t0);
});

describe('a clock that is set', () => {
  const actor = { person: 'U1', action: 'started' as const, at: t0 - tick };
  const dated = {
    ...reading('a', 1),
    movedAt: t0 - tick,
    startedAt: t0 - 2 * tick,
    leftSince: t0 - 3 * tick,
    fullSince: t0 - 4 * tick,
    presumedEnd: t0 + tick,
    endsAt: t0 + 9 * tick,
    quietUntil: t0 + hour,
    actor,
    acts: [{ ...actor, count: null }],
  };

  test.each([hour, -hour, 26 * hour])('by %d ms dates everything anew: it is as old as before', async (by) => {
    board.put(dated);
    board.complete(board.all(), board.beginRead());
    await clock.advance(tick);
    board.failed(error, board.beginRead());
    const read = board.beginRead();
    clock.set(by);
    const { tally } = dated;
    expect(board.get('a')).toEqual({
      ...dated,
      takenAt: t0 + by,
      movedAt: t0 - tick + by,
      startedAt: t0 - 2 * tick + by,
      leftSince: t0 - 3 * tick + by,
      fullSince: t0 - 4 * tick + by,
      presumedEnd: t0 + tick + by,
      endsAt: t0 + 9 * tick + by,
      tally: tally && { ...tally, since: tally.since + by, countedTo: tally.countedTo && tally.countedTo + by },
      actor: { ...actor, at: actor.at + by },
      acts: [{ ...actor, at: actor.at + by, count: null }],
    });
    expect([board.readAt, board.readAge, board.staleSince]).toEqual([t0 + by, tick, t0 + by]);
    expect(read.askedAt).toBe(t0 + tick + by);
  });

  test('by a little is no step, however often', async () => {
    board.put(dated);
    for (let looks = 0; looks < 100; looks += 1) {
      clock.set(100);
      expect(board.get('a')).toEqual(dated);
    }
  });

  test('before the start: a stored reading from the future is as old as a new one', () => {
    board.adopt({ ...dated, takenAt: t0 + hour, movedAt: t0 + hour - tick });
    expect(board.get('a')).toMatchObject({ takenAt: t0, movedAt: t0 - tick, startedAt: t0 - 2 * tick - hour });
  });

  test('before the start: a reading that was true until a time that lies in the future is as old as that makes it', () => {
    board.adopt({ ...dated, takenAt: t0 - tick, movedAt: t0 - 2 * tick }, t0 + hour);
    expect(board.get('a')).toMatchObject({ takenAt: t0 - tick - hour, movedAt: t0 - 2 * tick - hour });
  });

  test('differs between bots: a poll of one whose clock is ahead or behind is a poll all the same', async () => {
    board.adopt(dated);
    // When it was is not known at first.
    board.seenAt(t0 + hour);
    expect(board.readAt).toBeNull();
    await clock.advance(tick);
    board.seenAt(t0 + hour + tick);
    expect([board.readAt, board.readAge]).toEqual([t0 + tick, 0]);
    await clock.advance(tick);
    // Nobody has polled since.
    board.seenAt(t0 + hour + tick);
    expect([board.readAt, board.readAge]).toEqual([t0 + tick, tick]);
    board.failed(error, board.beginRead());
    board.seenAt(t0 + hour + 2 * tick);
    expect([board.readAt, board.staleSince]).toEqual([t0 + 2 * tick, null]);
  });

  test('counts how long tasks are missing by the time that passed', async () => {
    expect(board.absence(board.beginRead())).toEqual({ ms: 0, reads: 1 });
    clock.set(hour);
    await clock.advance(tick);
    expect(board.absence(board.beginRead())).toEqual({ ms: tick, reads: 2 });
    clock.set(-2 * hour);
    await clock.advance(tick);
    expect(board.absence(board.beginRead())).toEqual({ ms: 2 * tick, reads: 3 });
    expect(board.absence(null)).toEqual({ ms: 0, reads: 0 });
  });
});
