import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { CardData } from '../../../../src/core/model/card.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import type { Found } from '../../../../src/core/tasks/find.ts';
import { createFinder, pageSize, type TaskFinder, wholeList } from '../../../../src/core/tasks/finder.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { cardOf } from '../../../../src/core/watch/card.ts';
import { goneReading, nextReading } from '../../../../src/core/watch/infer.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { sampleTask } from '../../../support/samples.ts';

const person = 'U0ALICE';
/** A poll of this age, ms, still answers a question. */
const recentMs = 60_000;

const task = (name: string): Task => sampleTask({ id: `id-of-${name}`, name });
const named = (names: readonly string[]): Task[] => names.map(task);

/** A finder of an account with these tasks, of which `polled` were seen by the last poll. */
async function rig({ tasks, polled, lastList = [] }: { tasks: string[]; polled?: string[]; lastList?: string[] }) {
  const clock = createManualClock();
  const board = createBoard(clock);
  const readingOf = (one: Task): Reading => nextReading(null, one, clock.now());
  if (polled !== undefined) board.complete(named(polled).map(readingOf), board.beginRead());
  const lists = new Map([[person, lastList.map((name) => task(name).id)]]);
  const reads: number[] = [];
  const finder = createFinder({
    board,
    clock,
    store: {
      rememberList: async (who, ids) => void lists.set(who, ids),
      lastList: async (who) => lists.get(who) ?? [],
    },
    async read(): Promise<CardData[]> {
      reads.push(clock.now());
      await clock.sleep(500);
      return named(tasks).map((one) => cardOf(readingOf(one), null));
    },
  });
  return { finder, clock, board, lists, reads: () => reads.length, readingOf };
}

const namesOf = (cards: readonly { task: Task }[]): string[] => cards.map((card) => card.task.name);

/** `=name` for one, names joined by `|` for many, `?` for none. */
function short(found: Found | null): string | null {
  if (found?.kind === 'many') return found.tasks.map(({ name }) => name).join('|');
  return found?.kind === 'one' ? `=${found.task.name}` : found && '?';
}

function shortSeveral(found: Awaited<ReturnType<TaskFinder['findSeveral']>>): string {
  if (found.kind === 'tasks') return `=${found.tasks.map(({ name }) => name).join(' ')}`;
  return found.kind === 'unclear' ? `${found.ref}: ${short(found.found)}` : found.kind;
}

describe('the tasks at hand', () => {
  test('none before the first poll; then those of a recent poll, with its moment and without a reading', async () => {
    expect((await rig({ tasks: ['A'] })).finder.atHand()).toBeNull();
    const { finder, clock, reads } = await rig({ tasks: ['A', 'B'], polled: ['A'] });
    const polledAt = clock.now();
    await clock.advance(recentMs);
    expect(finder.atHand()?.readAt).toBe(polledAt);
    expect(namesOf((await finder.cards()).cards)).toEqual(['A']);
    expect(reads()).toBe(0);
  });

  test('those of an older poll are only known, and read again with the moment at which they came', async () => {
    const { finder, clock } = await rig({ tasks: ['A', 'B'], polled: ['A'] });
    await clock.advance(recentMs + 1);
    expect(finder.atHand()).toBeNull();
    expect(namesOf(finder.known())).toEqual(['A']);
    const { cards, readAt } = await clock.until(finder.cards());
    expect([namesOf(cards), readAt]).toEqual([['A', 'B'], clock.now()]);
  });

  test('a poll that failed puts none at hand, however recent the one before it', async () => {
    const { finder, board } = await rig({ tasks: [], polled: ['A'] });
    board.failed(new AppError('platform_timeout', 'slow'), board.beginRead());
    expect(finder.atHand()).toBeNull();
    expect(namesOf(finder.known())).toEqual(['A']);
  });

  test('a task that is gone is neither at hand nor known', async () => {
    const { finder, clock, board, readingOf } = await rig({ tasks: [], polled: ['A', 'B'] });
    board.put(goneReading(readingOf(task('A')), clock.now()));
    expect([namesOf(finder.atHand()?.cards ?? []), namesOf(finder.known())]).toEqual([['B'], ['B']]);
  });
});

describe('one task', () => {
  test('among those at hand, without a reading', async () => {
    const { finder, reads } = await rig({ tasks: [], polled: ['Spring', 'Autumn one', 'Autumn two'] });
    expect(short(await finder.findAtHand(person, 'spring'))).toBe('=Spring');
    expect(short(await finder.find(person, 'spring'))).toBe('=Spring');
    expect(short(await finder.find(person, 'autumn'))).toBe('Autumn one|Autumn two');
    expect(reads()).toBe(0);
  });

  test('made after the last poll, it is read', async () => {
    const { finder, clock } = await rig({ tasks: ['Spring', 'Summer'], polled: ['Spring'] });
    expect(short(await finder.findAtHand(person, 'summer'))).toBe('?');
    expect(short(await clock.until(finder.find(person, 'summer')))).toBe('=Summer');
  });

  test('with none at hand it is not looked up there, but read', async () => {
    const { finder, clock } = await rig({ tasks: ['Summer'] });
    expect(await finder.findAtHand(person, 'summer')).toBeNull();
    expect(short(await clock.until(finder.find(person, 'summer')))).toBe('=Summer');
  });

  test('by its number in the list that this person saw last', async () => {
    const { finder, clock } = await rig({ tasks: [], polled: ['A', 'B'], lastList: ['B', 'A'] });
    expect(short(await finder.find(person, '1'))).toBe('=B');
    expect(short(await clock.until(finder.find('U0BOB', '1')))).toBe('?');
  });
});

describe('a list', () => {
  const all = Array.from({ length: pageSize + 2 }, (_, i) => `Task ${String(i).padStart(2, '0')}`);

  test('numbers run on over its pages, and count for that person from then on', async () => {
    const { finder } = await rig({ tasks: [], polled: all });
    const second = await finder.list(person, { ...wholeList, page: 2, filter: null, text: '' });
    expect(second).toMatchObject({ page: 2, pages: 2, total: all.length });
    expect(namesOf(second.items)).toEqual(all.slice(pageSize));
    expect(short(await finder.find(person, String(pageSize + 1)))).toBe(`=${all[pageSize]}`);
    expect(short(await finder.find(person, '1'))).toBe(`=${all[0]}`);
  });

  test('a page beyond the end is the last, and a filter numbers anew', async () => {
    const { finder, lists } = await rig({ tasks: [], polled: all });
    const found = await finder.list(person, { ...wholeList, page: 9, filter: 'paused', text: 'task 11' });
    expect(found).toMatchObject({ page: 1, pages: 1, total: 1 });
    expect(lists.get(person)).toEqual([task('Task 11').id]);
    expect((await finder.list(person, { ...wholeList, page: 1, filter: 'done', text: '' })).total).toBe(0);
  });

  test('is dated by the poll it was made of', async () => {
    const { finder, clock } = await rig({ tasks: all, polled: all });
    const polledAt = clock.now();
    await clock.advance(recentMs);
    const list = () => finder.list(person, wholeList);
    expect((await list()).readAt).toBe(polledAt);
    await clock.advance(1);
    expect((await clock.until(list())).readAt).toBe(clock.now());
  });
});

describe('several tasks', () => {
  const several = async (
    text: string,
    { urgent = false, ageMs = 0, ...account }: { urgent?: boolean; ageMs?: number } & Parameters<typeof rig>[0],
  ) => {
    const { finder, clock, reads } = await rig(account);
    await clock.advance(ageMs);
    return { found: shortSeveral(await clock.until(finder.findSeveral(person, text, urgent))), reads: reads() };
  };
  const account = { tasks: ['Alpha', 'Beta', 'Betamax', 'New one'], polled: ['Alpha', 'Beta', 'Betamax'] };
  const withList = { ...account, lastList: ['Beta', 'Alpha'] };

  test.each([
    ['1 2', '=Beta Alpha', 0],
    ['alpha, beta', '=Alpha Beta', 0],
    // Two fit: the person is asked, and no reading could change that.
    ['1 bet', 'bet: Beta|Betamax', 0],
    // None fits: the last poll may not know it yet.
    ['nosuch', 'nosuch: ?', 1],
    ['1 nosuch', 'nosuch: ?', 1],
    ['New one', '=New one', 1],
    ['1 New one', '=Beta New one', 1],
    ['New one 2 bet', 'bet: Beta|Betamax', 1],
  ])('%s', async (text, found, reads) => {
    expect(await several(text, withList)).toEqual({ found, reads });
  });

  test('nothing but separators names no task', async () => {
    expect((await several(' , ', account)).found).toBe('=');
  });

  test.each(['all', 'ALL', '全部', '*'])('%s is every task, and never one with that word in its name', async (text) => {
    expect((await several(text, { tasks: [], polled: ['All of spring', '全部客户', 'A*'] })).found).toBe('everything');
  });

  test.each(['calls', 'Calling!', 'the calls', '外呼', '打电话！'])(
    '%s is every task where none has that in its name',
    async (text) => {
      expect((await several(text, { tasks: [], polled: ['Beta'] })).found).toBe('everything');
      const typed = text.replace(/[!！]$/, '');
      const name = `Last ${typed}`;
      expect((await several(typed, { tasks: [], polled: [name, 'Beta'] })).found).toBe(`=${name}`);
    },
  );

  test('a task of that very name is meant by it', async () => {
    expect((await several('all', { tasks: [], polled: ['All', 'Beta'] })).found).toBe('=All');
  });

  describe('of an old board', () => {
    const old = { ...account, ageMs: recentMs + 1 };

    test('an urgent pause does not wait for the platform where it is clear', async () => {
      expect(await several('alpha beta', { ...old, urgent: true })).toEqual({ found: '=Alpha Beta', reads: 0 });
      // The platform may be out, and what else is on is looked for by the pause itself.
      for (const text of ['all', '所有运行中的任务', 'calling'])
        expect(await several(text, { ...old, urgent: true })).toEqual({ found: 'everything', reads: 0 });
    });

    test.each([
      ['a start', 'alpha', false, '=Alpha'],
      ['one that is not known', 'alpha "New one"', true, '=Alpha New one'],
      ['one that nothing fits', 'nosuch', false, 'nosuch: ?'],
      ['one that two fit', 'bet', true, 'bet: Beta|Betamax'],
    ])('%s waits for one reading', async (_, text, urgent, found) => {
      expect(await several(text, { ...old, urgent })).toEqual({ found, reads: 1 });
    });
  });

  test('before the first poll even an urgent one is read', async () => {
    expect(await several('alpha', { tasks: ['Alpha'], urgent: true })).toEqual({ found: '=Alpha', reads: 1 });
  });
});

describe('while the store does not say what the person saw last', () => {
  const names = ['Alpha', 'Beta', 'Wave 1 Beijing', 'Spring 2025', '7'];
  const stores = {
    silent: () => new Promise<string[]>(() => undefined),
    failing: () => Promise.reject(new AppError('store_failed', 'gone')),
  };
  const asked = async (how: keyof typeof stores, text: string, urgent = true) => {
    const clock = createManualClock();
    const board = createBoard(clock);
    const readings = named(names).map((one) => nextReading(null, one, clock.now()));
    board.complete(readings, board.beginRead());
    const store = { rememberList: async () => undefined, lastList: stores[how] };
    const finder = createFinder({ board, clock, store, read: async () => readings.map((one) => cardOf(one, null)) });
    const finding = finder.findSeveral(person, text, urgent).then(shortSeveral, (thrown) => thrown.code);
    await clock.advance(1_000);
    return finding;
  };

  describe.each(['silent', 'failing'] as const)('because it is %s', (how) => {
    test.each([
      ['alpha', '=Alpha'],
      ['id-of-Alpha', '=Alpha'],
      ['id-of-A, beta', '=Alpha Beta'],
      ['Wave 1 Beijing', '=Wave 1 Beijing'],
      ['Spring 2025', '=Spring 2025'],
      ['2025', '=Spring 2025'],
      ['"7"', '=7'],
      // Part of a name, or a name and a place in the list: the person is asked.
      ['Wave 1', 'Wave 1: Wave 1 Beijing'],
      ['al', '=Alpha'],
    ])('a pause of %s finds its task', async (text, found) => {
      expect(await asked(how, text)).toBe(found);
    });

    test.each(['1', '#2', '7', 'alpha 2', '999'])('a pause of %s is not guessed', async (text) => {
      expect(await asked(how, text)).toBe('store_failed');
    });
  });

  test.each(['alpha', '1'])('a start of %s is refused', async (text) => {
    expect(await asked('failing', text, false)).toBe('store_failed');
  });
});
