import { describe, expect, test } from '@jest/globals';
import { chance } from '../../../sandbox/dialer/random.ts';
import type { Task } from '../../../src/core/model/task.ts';
import { derivedOnce } from '../../../src/core/tasks/derived.ts';
import { readBodyInTurns } from '../../../src/dialer/body.ts';
import { createListMemory } from '../../../src/dialer/list-memory.ts';
import { taskOf } from '../../../src/dialer/wire.ts';
import { entity } from '../../support/dialer/platform.ts';

type Entity = Record<string, unknown>;

/** Reads lists, one answer each unless `perPage` is given, and counts the entries that were parsed. */
function reader(maxEntries = 20_000) {
  const parsed: unknown[] = [];
  const read = (value: unknown): Task | null => {
    parsed.push(value);
    return taskOf(value, () => null);
  };
  const memory = createListMemory(read, maxEntries);
  return {
    /** The tasks of the last list, and how many of its entries had to be parsed. */
    async list(entities: readonly unknown[], perPage = Number.POSITIVE_INFINITY, wrap = JSON.stringify) {
      // As HTTP does: what is expected to the last byte is that buffer.
      const received = (text: string, expected?: Buffer): Buffer => {
        const bytes = Buffer.from(text);
        return expected?.equals(bytes) ? expected : bytes;
      };
      parsed.length = 0;
      const reading = memory.begin();
      const tasks: Task[] = [];
      let unreadable = 0;
      for (let from = 0; from === 0 || from < entities.length; from += perPage) {
        const page = reading.page();
        const text = wrap({ data: entities.slice(from, from + perPage) });
        const body = await readBodyInTurns(received(text, page.expected?.bytes), page);
        expect(body).toMatchObject({ kind: 'json', value: { data: [] } });
        tasks.push(...page.tasks);
        unreadable += page.unreadable;
        reading.keep();
      }
      reading.end();
      return { tasks, unreadable, parsed: parsed.length };
    },
    memory,
  };
}

const fresh = (entities: readonly unknown[]): Task[] =>
  entities.map((one) => freshOne(one as Entity)).filter((task) => task !== null);
const freshOne = derivedOnce((one: Entity) => taskOf(one, () => null));
const some = (count: number): Entity[] => Array.from({ length: count }, (_, index) => entity(`task-${index}`));

describe('an entry that comes again as it was', () => {
  test('is not parsed again, and its task is the same object', async () => {
    const { list } = reader();
    const first = await list(some(300));
    const second = await list(some(300));
    expect([first.parsed, second.parsed]).toEqual([300, 0]);
    expect(second.tasks.every((task, index) => task === first.tasks[index])).toBe(true);
    expect(second.tasks).toEqual(fresh(some(300)));
  });

  test('a page that comes again to the last byte is not looked at, and the next one is compared with its own', async () => {
    const { list, memory } = reader();
    await list(some(120), 50);
    const page = memory.begin().page();
    const bytes = page.expected?.bytes ?? Buffer.alloc(0);
    const unused = () => {
      throw new Error('nothing is to be looked at');
    };
    await readBodyInTurns(bytes, { expected: page.expected, known: unused, read: unused, end: page.end });
    expect(page.tasks).toEqual(fresh(some(50)));

    const changed = some(120).with(70, entity('task-70', { name: 'Other' }));
    const { tasks, parsed } = await list(changed, 50);
    expect(tasks).toEqual(fresh(changed));
    expect(parsed).toBe(1);
  });

  test('is known across pages too, also when one more at the front moves them all by one', async () => {
    const { list } = reader();
    await list(some(120), 50);
    expect((await list(some(120), 50)).parsed).toBe(0);
    const grown = [entity('new'), ...some(120)];
    const { tasks, parsed } = await list(grown, 50);
    expect(tasks).toEqual(fresh(grown));
    expect(parsed).toBe(1);
  });

  test('one of the kind that its neighbor begins with is another', async () => {
    const { list } = reader();
    for (const last of [1, 12, 1, '"a"', '"ab"', '{}', '{"a":1}']) {
      const { tasks } = await list([entity('a'), last], 2, (value) => JSON.stringify(value).replace(/"\\"|\\""/g, '"'));
      expect(tasks).toEqual(fresh([entity('a')]));
    }
  });

  test('one that differs in a single byte is another', async () => {
    const { list } = reader();
    await list([entity('a', { name: 'Wave 1' }), entity('b')]);
    const { tasks, parsed } = await list([entity('a', { name: 'Wave 2' }), entity('b')]);
    expect(tasks.map(({ name }) => name)).toEqual(['Wave 2', fresh([entity('b')])[0]?.name]);
    expect(parsed).toBe(1);
  });

  test('unreadable ones are counted every time', async () => {
    const { list } = reader();
    for (let time = 0; time < 2; time += 1) {
      const { tasks, unreadable } = await list([entity('a'), { name: 'no id' }, null, 5, entity('b')]);
      expect([tasks.length, unreadable]).toEqual([2, 3]);
    }
  });
});

test('whatever happens to the list, it reads as if it were new, and parses little more than what changed', async () => {
  for (let seed = 1; seed <= 6; seed += 1) {
    const draw = (...parts: number[]): number => chance(seed, ...parts);
    const { list } = reader();
    let entities = some(80);
    await list(entities);
    for (let round = 1; round <= 12; round += 1) {
      const edits = Math.floor(draw(round, 0) * 4);
      for (let edit = 0; edit < edits; edit += 1) entities = edited(entities, round * 100 + edit, draw);
      const perPage = draw(round, 1) < 0.5 ? Number.POSITIVE_INFINITY : 30;
      const { tasks, parsed } = await list(entities, perPage);
      expect(JSON.stringify(tasks)).toBe(JSON.stringify(fresh(entities)));
      // What moved away and where it went each cost the entry beside them as well.
      expect(parsed).toBeLessThanOrEqual(edits * 4);
    }
  }
});

/** The list after one change: an entry changed, added, gone, moved or listed twice. */
function edited(entities: Entity[], place: number, draw: (...parts: number[]) => number): Entity[] {
  const at = Math.floor(draw(place, 2) * entities.length);
  const to = Math.floor(draw(place, 3) * entities.length);
  const kind = Math.floor(draw(place, 4) * 5);
  const [one] = entities.slice(at, at + 1);
  if (one === undefined) return entities;
  const others = entities.toSpliced(at, 1);
  if (kind === 0) return entities.with(at, { ...one, progress_bar: { total: 1_000, progress: place } });
  if (kind === 1) return entities.toSpliced(at, 0, entity(`new-${place}`));
  if (kind === 2) return others;
  if (kind === 3) return others.toSpliced(to, 0, one);
  return entities.toSpliced(to, 0, one);
}

test('a reading that does not end is not compared with', async () => {
  const { list, memory } = reader();
  await list(some(3));
  const broken = memory.begin();
  await readBodyInTurns(Buffer.from(JSON.stringify({ data: [entity('other')] })), broken.page());
  broken.keep();
  expect((await list(some(3))).parsed).toBe(0);
});

test('more entries than may be are not read', async () => {
  const { list } = reader(100);
  await list(some(100));
  for (const entities of [some(101), [...some(100), entity('new')]]) {
    await expect(list(entities)).rejects.toMatchObject({ code: 'platform_too_large' });
  }
});
