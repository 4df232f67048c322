import { describe, expect, test } from '@jest/globals';
import type { Task } from '../../../../src/core/model/task.ts';
import { findTasks } from '../../../../src/core/tasks/find.ts';
import { maxReferenceLength } from '../../../../src/core/tasks/list-numbers.ts';
import { taskOf } from '../../../support/core/task-samples.ts';
import { growthOf, superlinear } from '../../../support/cpu-time.ts';

describe('what a command costs', () => {
  const named = (count: number, name: (index: number) => string): Task[] =>
    Array.from({ length: count }, (_, index) => taskOf({ id: `id-${index}`, name: name(index) }));
  const worst: [string, string, (index: number) => string][] = [
    [
      'words of no name',
      Array.from({ length: 1_000 }, (_, index) => `w${index}`).join(' '),
      (index) => `Wave ${index}`,
    ],
    ['words of a long name', 'a '.repeat(maxReferenceLength / 2), () => 'a '.repeat(500)],
    ['quotes never closed', '“'.repeat(maxReferenceLength), () => '“'.repeat(500)],
    ['letters of every name', 'godyzal ehtrevo spmujxof', () => 'the quick brown fox jumps over the lazy dog'],
  ];

  test.each(worst)('%s: no more than the tasks are more, whatever was typed', (_name, typed, nameOf) => {
    const text = typed.slice(0, maxReferenceLength);
    const growth = growthOf(
      (count) => named(count, nameOf),
      1_600,
      (tasks) => findTasks(text, tasks, []),
    );
    expect(growth).toBeLessThan(superlinear);
  });
});
