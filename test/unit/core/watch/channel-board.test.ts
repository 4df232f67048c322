import { describe, expect, test } from '@jest/globals';
import { boardGroups, maxBoardRows } from '../../../../src/core/model/channel-board.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { channelBoardHash, channelBoardOf } from '../../../../src/core/watch/channel-board.ts';
import { goneReading } from '../../../../src/core/watch/infer.ts';
import { type Look, lastOf, t0, tick } from '../../../support/core/looks.ts';
import { reading } from '../../../support/store/samples.ts';

const now = 1_700_000_000_000;

/** A reading of a task of that name, dialing unless said otherwise. */
function of(id: string, change: Partial<Omit<Reading, 'task'>> & { task?: Partial<Task> } = {}): Reading {
  const { task, ...rest } = change;
  const whole = reading(id, now, rest);
  return { ...whole, task: { ...whole.task, ...task } };
}

const ids = (readings: Reading[]): string[] => channelBoardOf(readings, null).rows.map(({ card }) => card.task.id);

describe('the rows of a channel board', () => {
  const wrong = of('wrong', { state: 'waiting' });
  const quiet = of('quiet', { state: 'waiting', quietKnown: true, quietUntil: now + 1 });
  const perhapsQuiet = of('perhaps quiet', { state: 'waiting' });
  const dialing = of('dialing');
  const redials = of('redials', { state: 'awaiting_redial' });
  const paused = of('paused', { state: 'paused', task: { started: false } });
  const draft = of('draft', {
    state: 'draft',
    task: { started: false, progress: { total: 0, done: 0, source: 'endpoint' } },
  });
  const finished = of('finished', { state: 'finished', task: { started: false } });
  const finishedOn = of('finished and on', { state: 'finished' });
  const leftOn = of('left on', { state: 'finished' });
  const gone = goneReading(of('gone'), now);

  test('are grouped by what matters', () => {
    const all = [gone, finishedOn, finished, draft, paused, redials, dialing, leftOn, wrong, quiet, perhapsQuiet];
    const troubles = new Map([wrong, leftOn, gone].map(({ task }) => [task.id, ['stalled' as const]]));
    const { rows, counts } = channelBoardOf(all, null, troubles);
    const found = Object.fromEntries(
      boardGroups.map((group) => [group, rows.filter((row) => row.group === group).map(({ card }) => card.task.id)]),
    );
    expect(found).toEqual({
      attention: ['left on', 'wrong'],
      dialing: ['dialing'],
      waiting: ['perhaps quiet', 'quiet', 'redials'],
      paused: ['draft', 'paused'],
      finished: ['finished', 'finished and on'],
      gone: ['gone'],
    });
    expect(counts).toEqual({ attention: 2, dialing: 1, waiting: 3, paused: 2, finished: 2, gone: 1 });
    expect(rows.map(({ group }) => boardGroups.indexOf(group))).toEqual(
      rows.map(({ group }) => boardGroups.indexOf(group)).sort((a, b) => a - b),
    );
    expect(rows.filter(({ troubles }) => troubles.length > 0).map(({ card }) => card.task.id)).toEqual([
      'left on',
      'wrong',
    ]);
  });

  test.each([
    [quiet, 'pause'],
    [dialing, 'pause'],
    [finishedOn, 'pause'],
    [paused, 'start'],
    [of('no figures', { state: 'paused', task: { started: false, progress: null } }), 'start'],
    [draft, 'import'],
    [finished, null],
    [gone, null],
  ] as const)('offer what can be done: %#', (one, lever) => {
    expect(channelBoardOf([one], null).rows[0]?.lever).toBe(lever);
  });

  test.each([
    ['line_dead', 'line'],
    ['line_full', 'line'],
    ['line_gone', 'line'],
    ['line_expired', 'line'],
    ['line_expiring', 'pause'],
    ['slowed', 'pause'],
    ['stalled', 'pause'],
    ['script_deleted', 'pause'],
    ['left_on', 'pause'],
  ] as const)('offer what repairs %s', (kind, lever) => {
    const troubles = new Map([['dialing', [kind]]]);
    expect(channelBoardOf([dialing], null, troubles).rows[0]?.lever).toBe(lever);
    const off = new Map([['paused', [kind]]]);
    expect(channelBoardOf([paused], null, off).rows[0]?.lever).toBe('start');
  });

  test('show the newest task of a group first, whatever its figures, and in one order however they come', () => {
    const made = [1, 3, 2, 3].map((createdAt, i) => of(`task-${i}`, { task: { createdAt } }));
    expect(ids(made)).toEqual(['task-1', 'task-3', 'task-2', 'task-0']);
    expect(ids(made.toReversed())).toEqual(ids(made));
    const moved = made.map((one, i) => ({ ...one, endsAt: now - i, movedAt: now + i }));
    expect(ids(moved)).toEqual(ids(made));
  });

  test('are as many as a message holds; all tasks are counted', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => of(`task-${i}`));
    const { rows, counts } = channelBoardOf(many, null, new Map([['task-9999', ['stalled']]]));
    expect(rows).toHaveLength(maxBoardRows);
    expect(rows[0]?.card.task.id).toBe('task-9999');
    expect(counts).toEqual({ attention: 1, dialing: 9_999, waiting: 0, paused: 0, finished: 0, gone: 0 });
  });

  test('none: the board of a channel without tasks', () => {
    expect(channelBoardOf([], null)).toMatchObject({ rows: [], updatedAt: null });
  });
});

describe('the fingerprint of a channel board', () => {
  const hashOf = (...looks: Look[][]): string =>
    channelBoardHash(
      channelBoardOf(
        looks.map((series) => lastOf(series)),
        null,
      ),
    );
  const on = (done: number, id = 'task-1'): Look => ({ on: true, bar: [done, 100], id });
  const off = (done: number, id = 'task-1'): Look => ({ on: false, bar: [done, 100], id });

  test('stays while nothing happens', () => {
    const still = [off(4), off(4)];
    expect(hashOf(still)).toBe(hashOf([...still, off(4), off(4)]));
  });

  test.each([
    ['figures', [[on(1), on(2)]]],
    ['a pause', [[on(1), off(1)]]],
    ['another task', [[on(1), on(1)], [off(3, 'task-2')]]],
    ['the deletion of the task', []],
  ] as [string, Look[][]][])('changes with %s', (_, looks) => {
    expect(hashOf(...looks)).not.toBe(hashOf([on(1), on(1)]));
  });

  test('changes when the platform cannot be read', () => {
    const shown = [lastOf([on(1)])];
    const [fresh, stale] = [null, t0 + tick].map((since) => channelBoardHash(channelBoardOf(shown, since)));
    expect(stale).not.toBe(fresh);
  });

  test('changes with what is wrong', () => {
    const shown = [lastOf([on(1)])];
    const [one, other] = (['line_dead', 'line_full'] as const).map((kind) =>
      channelBoardHash(channelBoardOf(shown, null, new Map([['task-1', [kind]]]))),
    );
    expect(other).not.toBe(one);
  });

  test('changes with tasks that have no row', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => of(`task-${i}`));
    const [before, after] = [60, 61].map((count) => channelBoardHash(channelBoardOf(many(count), null)));
    expect(after).not.toBe(before);
  });
});
