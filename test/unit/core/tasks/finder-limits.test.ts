import { beforeEach, describe, expect, test } from '@jest/globals';
import { maxReferences } from '../../../../src/core/tasks/find.ts';
import { createFinder, type TaskFinder, wholeList } from '../../../../src/core/tasks/finder.ts';
import { maxReferenceLength } from '../../../../src/core/tasks/list-numbers.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import { taskOf } from '../../../support/core/task-samples.ts';
import { createManualClock } from '../../../support/manual-clock.ts';

const count = 1_205;
let remembered: string[];
let finder: TaskFinder;

beforeEach(() => {
  remembered = [];
  const clock = createManualClock(0);
  const board = createBoard(clock);
  const tasks = Array.from({ length: count }, (_, index) =>
    taskOf({ id: `id-${String(index).padStart(4, '0')}`, name: `Campaign ${index}`, createdAt: count - index }),
  );
  board.complete(
    tasks.map((task) => nextReading(null, task, 0, { look: 'glance' })),
    board.beginRead(),
  );
  finder = createFinder({
    board,
    store: {
      rememberList: async (_person, ids) => {
        remembered = ids;
      },
      lastList: async () => remembered,
    },
    clock,
    read: async () => finder.known(),
  });
});

describe('a list', () => {
  test.each([
    [1, 1_000],
    [100, 1_000],
    [110, 1_100],
    [121, count],
    [999, count],
  ])('opened at page %d can be named by its first %d numbers', async (page, numbers) => {
    const shown = await finder.list('U1', { ...wholeList, page });
    expect(shown.total).toBe(count);
    expect(remembered).toEqual(Array.from({ length: numbers }, (_, index) => `id-${String(index).padStart(4, '0')}`));
  });
});

describe('several tasks', () => {
  const numbers = (most: number): string => Array.from({ length: most }, (_, index) => index + 1).join(' ');
  beforeEach(() => finder.list('U1', wholeList));

  test.each([[true], [false]])('up to ten of them, urgent: %s', async (urgent) => {
    const found = await finder.findSeveral('U1', numbers(maxReferences), urgent);
    expect(found.kind === 'tasks' && found.tasks.map(({ name }) => name)).toEqual(
      Array.from({ length: maxReferences }, (_, index) => `Campaign ${index}`),
    );
    expect(await finder.findSeveral('U1', numbers(maxReferences + 1), urgent)).toEqual({ kind: 'too_many' });
  });

  test('more text than a command is looked at is refused, not cut', async () => {
    const text = `1 ${' '.repeat(maxReferenceLength)}2`;
    expect(await finder.findSeveral('U1', text, false)).toEqual({ kind: 'too_many' });
    expect(await finder.find('U1', text)).toEqual({ kind: 'none', suggestions: [] });
  });

  test('many words that fit nothing are one mistyped name', async () => {
    const found = await finder.findSeveral('U1', 'one name of rather many words all of which are quite unknown', false);
    expect(found).toMatchObject({ kind: 'unclear', found: { kind: 'none' } });
  });
});
