import { expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { lastOf, t0, tick } from '../../../support/core/looks.ts';

const reading = (id: string, takenAt: number): Reading => ({
  ...lastOf([{ on: true, bar: [1, 2], id }]),
  takenAt,
});
const error = new AppError('platform_unreachable', 'refused');

test('an older reading does not replace a newer one', () => {
  const board = createBoard();
  board.put(reading('a', t0 + 2));
  board.put(reading('a', t0 + 1));
  expect(board.get('a')?.takenAt).toBe(t0 + 2);
  expect(board.get('b')).toBeNull();
});

test('a complete read replaces everything but what is newer', () => {
  const board = createBoard();
  board.put(reading('old', t0));
  board.put(reading('acted', t0 + 3));
  board.replaceAll([reading('a', t0 + 2), reading('acted', t0 + 2)], t0 + 2);
  expect(board.all().map(({ task, takenAt }) => [task.id, takenAt - t0])).toEqual([
    ['a', 2],
    ['acted', 3],
  ]);
  expect(board.readAt).toBe(t0 + 2);
});

test('an outcome that comes late is dropped', () => {
  const board = createBoard();
  board.replaceAll([reading('a', t0 + 9)], t0 + 9);
  board.replaceAll([], t0 + 5);
  board.failed(error, t0 + 6);
  expect(board.all()).toHaveLength(1);
  expect(board.staleSince).toBeNull();
});

test('stale since the last good poll, until the next one', () => {
  const board = createBoard();
  board.replaceAll([reading('a', t0)], t0);
  board.failed(error, t0 + tick);
  board.failed(error, t0 + 2 * tick);
  expect(board.staleSince).toBe(t0);
  expect(board.lastError).toBe(error);
  board.replaceAll([reading('a', t0 + 3 * tick)], t0 + 3 * tick);
  expect(board.staleSince).toBeNull();
  expect(board.lastError).toBeNull();
});

test('after a restart, stale since the newest reading of the last life', () => {
  const board = createBoard();
  board.put(reading('a', t0));
  board.failed(error, t0 + 5 * tick);
  expect(board.staleSince).toBe(t0);
});
