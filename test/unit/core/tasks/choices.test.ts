import { describe, expect, test } from '@jest/globals';
import type { LineEntry } from '../../../../src/core/model/metadata.ts';
import { choicesOf } from '../../../../src/core/tasks/choices.ts';
import { metadataOf, now } from '../../../support/core/task-samples.ts';

const line = (id: string, free: number): LineEntry => ({ id, name: id, free, total: 10, callerNumber: null });

describe('lines', () => {
  const lines = [-1, 0, 1, 2, 7].map((free) => line(`free ${free}`, free));

  test.each([
    [2, ['free 2', 'free 7']],
    [1, ['free 1', 'free 2', 'free 7']],
    // The setting can never allow a line without free concurrency.
    [0, ['free 1', 'free 2', 'free 7']],
    [-5, ['free 1', 'free 2', 'free 7']],
    [8, []],
  ])('with at least %i free', (minResidue, expected) => {
    const choices = choicesOf(metadataOf({ lines }), now, { minResidue });
    expect(choices.line.map(({ id }) => id)).toEqual(expected);
    expect(choices.line.every(({ max, free }) => max === free)).toBe(true);
    expect(choices.hidden).toEqual([
      { field: 'line', reason: 'line_no_free_concurrency', count: lines.length - expected.length },
    ]);
  });

  test.each([
    ['full', 0, 3, 3],
    ['nearly full', 1, 3, 4],
    ['free', 6, 2, 8],
    ['used beyond its concurrency', -4, 2, 1],
  ])('the line of the edited task stays when it is %s', (_, free, concurrency, max) => {
    const metadata = metadataOf({ lines: [line('own', free), line('other', 0)] });
    const choices = choicesOf(metadata, now, { minResidue: 2, current: { line: 'own', concurrency } });
    expect(choices.line).toEqual([{ ...line('own', free), max }]);
    expect(choices.hidden).toEqual([{ field: 'line', reason: 'line_no_free_concurrency', count: 1 }]);
  });

  test('a line the platform no longer lists is not brought back for its task', () => {
    const choices = choicesOf(metadataOf({ lines: [] }), now, {
      minResidue: 2,
      current: { line: 'x', concurrency: 1 },
    });
    expect(choices.line).toEqual([]);
  });
});

test('deleted scripts, rules that are off and unusable groups are left out and counted by reason', () => {
  const choices = choicesOf(
    metadataOf({
      scripts: [
        { id: '1', name: 'one', debug: true, deleted: false },
        { id: '2', name: 'two', debug: false, deleted: true },
      ],
      redialRules: [
        { id: '1', name: 'on', remark: 'twice', enabled: true },
        { id: '2', name: 'off', remark: null, enabled: false },
        { id: '3', name: 'off too', remark: null, enabled: false },
      ],
      agentGroups: [
        { id: '1', name: 'usable', lineId: 'a', enabled: true },
        { id: '2', name: 'disabled', lineId: 'a', enabled: false },
        { id: '3', name: 'disabled, no line', lineId: null, enabled: false },
        { id: '4', name: 'no line', lineId: null, enabled: true },
      ],
    }),
    now,
    { minResidue: 2 },
  );
  expect(choices.script).toEqual([{ id: '1', name: 'one', debug: true, deleted: false }]);
  expect(choices.redial_rule).toEqual([{ id: '1', name: 'on', remark: 'twice' }]);
  expect(choices.agent_group.map(({ id }) => id)).toEqual(['1']);
  expect(choices.quiet_hours).toEqual([{ id: 'noon', name: '午休时间' }]);
  expect(choices.readAt).toBe(now);
  expect(choices.hidden).toEqual([
    { field: 'script', reason: 'script_deleted', count: 1 },
    { field: 'redial_rule', reason: 'rule_off', count: 2 },
    { field: 'agent_group', reason: 'group_disabled', count: 2 },
    { field: 'agent_group', reason: 'group_without_line', count: 1 },
  ]);
});

test('nothing hidden, nothing counted', () => {
  expect(choicesOf(metadataOf(), now, { minResidue: 2 }).hidden).toEqual([]);
});
