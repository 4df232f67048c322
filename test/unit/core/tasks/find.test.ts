import { describe, expect, test } from '@jest/globals';
import type { Task } from '../../../../src/core/model/task.ts';
import { type Found, findTask, findTasks, maxReferences } from '../../../../src/core/tasks/find.ts';
import { taskOf } from '../../../support/core/task-samples.ts';
import { growthOf, superlinear } from '../../../support/cpu-time.ts';

const task = (id: string, name: string): Task => taskOf({ id, name });
const tasks = [
  task('dfc36b34-b398-4f6b', '外呼A'),
  task('dfc3ffff-0000-4f6b', '外呼A 第二批'),
  task('02f5bb4a-8a09-4eae', 'Spring sale'),
  task('77770000-1111-2222', 'Spring survey 2024'),
  task('20240000-aaaa-bbbb', '老客户回访'),
  task('31aa0000-0000-0001', '3'),
  task('9f000000-0000-0002', 'Wave 1 Beijing'),
];
const lastList = ['02f5bb4a-8a09-4eae', 'deleted-meanwhile', 'dfc36b34-b398-4f6b'];

/** `=name` for one, names joined by `|` for many, `?names` for none. */
function short(found: Found): string {
  if (found.kind === 'one') return `=${found.task.name}`;
  if (found.kind === 'many') return found.tasks.map(({ name }) => name).join('|');
  return `?${found.suggestions.map(({ name }) => name).join('|')}`;
}

describe('one reference', () => {
  test.each([
    // The number in the last list.
    ['1', '=Spring sale'],
    ['#3', '=外呼A'],
    ['３', '=外呼A'],
    // Deleted meanwhile: nothing else may take its place.
    ['2', '?'],
    // Not on the list: a digit must not start whatever has it in its name.
    ['4', '?Spring survey 2024'],
    ['0', '?Spring survey 2024'],
    ['survey 2024', '=Spring survey 2024'],
    ['"3"', '=3'],
    // Ids.
    ['dfc36b34-b398-4f6b', '=外呼A'],
    ['DFC36B34', '=外呼A'],
    ['02f5', '=Spring sale'],
    ['dfc3', '外呼A|外呼A 第二批'],
    ['02f', '?'],
    // An id's start and a part of a name.
    ['2024', '老客户回访|Spring survey 2024'],
    // Names.
    ['外呼A', '=外呼A'],
    ['外呼a', '=外呼A'],
    ['外呼Ａ', '=外呼A'],
    ['  spring   SALE ', '=Spring sale'],
    ['第二批', '=外呼A 第二批'],
    ['spring', 'Spring sale|Spring survey 2024'],
    ['外呼', '外呼A|外呼A 第二批'],
    ['回访', '=老客户回访'],
    ['“老客户回访”', '=老客户回访'],
    ['「外呼A」', '=外呼A'],
    ["'dfc36b34'", '?'],
    // Typing errors.
    ['sprnig sale', '?Spring sale'],
    ['Spring sael', '?Spring sale'],
    ['Sprig', '?Spring sale|Spring survey 2024'],
    ['老顾客回访', '?老客户回访'],
    ['外乎', '?外呼A|外呼A 第二批'],
    ['qq', '?'],
    ['完全不同的名字', '?'],
    ['', '?'],
    ['""', '?'],
  ])('%s', (ref, expected) => {
    expect(short(findTask(ref, tasks, lastList))).toBe(expected);
  });

  test('two tasks of the same name are two candidates', () => {
    const twins = [task('a'.repeat(8), 'Twin'), task('b'.repeat(8), 'twin')];
    expect(findTask('twin', twins, []).kind).toBe('many');
  });

  test('at most three suggestions, the nearest first', () => {
    const many = ['Spring cleaning', 'Sprig', 'Spring day', 'Summer', 'Spring', 'The spring'].map((name, index) =>
      task(`id-${index}`, name),
    );
    const found = findTask('Sprimg', many, []);
    expect(found.kind === 'none' && found.suggestions.map(({ name }) => name)).toEqual([
      'Spring',
      'Sprig',
      'Spring day',
    ]);
  });

  test('sixteen times as many tasks take no longer than they are more', () => {
    const named = (count: number): Task[] =>
      Array.from({ length: count }, (_, index) => task(`id-${index}`, `Campaign number ${index} of the year`));
    const growth = growthOf(named, 1_600, (many) => findTask('Campaing numbre 99999', many, []));
    expect(growth).toBeLessThan(superlinear);
  });

  test('never throws and never makes up a task', () => {
    let seed = 3;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const alphabet = [...'13外呼Ad “”"\'#,，- 春'];
    for (let round = 0; round < 500; round += 1) {
      const ref = Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]).join('');
      for (const { found } of [{ found: findTask(ref, tasks, lastList) }, ...findTasks(ref, tasks, lastList)]) {
        if (found.kind === 'many') expect(new Set(found.tasks).size).toBeGreaterThan(1);
        if (found.kind === 'one') expect(tasks).toContain(found.task);
      }
    }
  });
});

describe('a list of references', () => {
  const list = (text: string): string[] => findTasks(text, tasks, lastList).map(({ found }) => short(found));

  test.each([
    ['1 3', ['=Spring sale', '=外呼A']],
    ['1,3', ['=Spring sale', '=外呼A']],
    ['1，3、回访', ['=Spring sale', '=外呼A', '=老客户回访']],
    ['1 外呼A', ['=Spring sale', '=外呼A']],
    ['1 1 #1', ['=Spring sale']],
    // A name with blanks needs no quotes, alone or among others.
    ['Spring sale', ['=Spring sale']],
    ['Spring sale 3', ['=Spring sale', '=外呼A']],
    ['3 spring survey', ['=外呼A', '=Spring survey 2024']],
    ['外呼A 第二批', ['=外呼A 第二批']],
    ['"外呼A" "Spring sale"', ['=外呼A', '=Spring sale']],
    // The whole name beats a name and a number; part of a name does not.
    ['Wave 1 Beijing', ['=Wave 1 Beijing']],
    ['Wave 1', ['Wave 1 Beijing|Spring sale']],
    // One that is not there does not take the others along.
    ['1 nosuch', ['=Spring sale', '?']],
    ['Sprnig sael', ['?Spring sale']],
    ['spring 3', ['Spring sale|Spring survey 2024', '=外呼A']],
    ['', []],
    [' , ', []],
    // A range of the list; the second was deleted meanwhile.
    ['1-3', ['=Spring sale', '?', '=外呼A']],
    ['2–3，回访', ['?', '=外呼A', '=老客户回访']],
    ['1~2 3', ['=Spring sale', '?', '=外呼A']],
    ['1到3', ['=Spring sale', '?', '=外呼A']],
    ['#1-#3', ['=Spring sale', '?', '=外呼A']],
    // One that goes down or beyond the list starts nothing.
    ['3-1', ['?']],
    ['1-4', ['?']],
    ['0-2', ['?']],
  ])('%s', (text, expected) => {
    expect(list(text)).toEqual(expected);
  });

  test('what is a range and a part of a name is asked; the name itself is meant', () => {
    const dated = task('dddd0000', 'Sale 1-3');
    const short13 = task('eeee0000', '1-3');
    expect(findTasks('1-3', [...tasks, dated], lastList).map(({ found }) => short(found))).toEqual([
      'Sale 1-3|Spring sale|外呼A',
    ]);
    expect(findTasks('1-3', [...tasks, dated, short13], lastList).map(({ found }) => short(found))).toEqual(['=1-3']);
  });

  test('a range of more than may be named counts as too many', () => {
    const many = Array.from({ length: 40 }, (_, index) => task(`id-${index}`, `Campaign ${index}`));
    const ids = many.map(({ id }) => id);
    expect(findTasks('1-40', many, ids)).toHaveLength(maxReferences + 1);
    expect(findTasks(`1-${maxReferences}`, many, ids)).toHaveLength(maxReferences);
  });

  test('a name with a comma is found whole', () => {
    const comma = task('cccc0000', 'Beijing, Shanghai');
    expect(findTasks('Beijing, Shanghai', [...tasks, comma], [])).toEqual([
      { ref: 'Beijing, Shanghai', found: { kind: 'one', task: comma } },
    ]);
  });
});

describe('what a command costs', () => {
  const named = (count: number, name: (index: number) => string): Task[] =>
    Array.from({ length: count }, (_, index) => task(`id-${index}`, name(index)));
  test('reading ends with the reference that is one too many', () => {
    const many = named(50, (index) => `Campaign ${index}`);
    const ids = many.map(({ id }) => id);
    expect(findTasks(ids.join(' '), many, [])).toHaveLength(maxReferences + 1);
    expect(findTasks(ids.slice(0, maxReferences).join(','), many, [])).toHaveLength(maxReferences);
  });
});
