import { describe, expect, test } from '@jest/globals';
import type { CardData } from '../../../../src/core/model/card.ts';
import type { TaskState } from '../../../../src/core/model/reading.ts';
import { type CardFilter, filterCards, inListOrder, needsAttention, page } from '../../../../src/core/tasks/filter.ts';
import { now, taskOf } from '../../../support/core/task-samples.ts';

function card(id: string, state: TaskState, createdAt: number | null = now): CardData {
  return {
    task: taskOf({ id, name: `Task ${id}`, createdAt }),
    state,
    evidence: { kind: 'switched_off' },
    ratePerMinute: null,
    endsAt: null,
    firstSeen: null,
    staleSince: null,
    updatedAt: now,
    acts: [],
  };
}

const ids = (cards: readonly CardData[]): string[] => cards.map(({ task }) => task.id);
const cards = [
  card('gone', 'gone'),
  card('old', 'paused', now - 3),
  card('draft', 'draft', now - 2),
  card('undated', 'paused', null),
  card('done', 'finished', now - 1),
  card('dialing', 'dialing', now - 9),
  card('waiting', 'waiting', now - 10),
  card('new', 'paused', now),
];

test('in the order of the list: attention, running, newest, gone', () => {
  expect(ids(inListOrder(cards))).toEqual(['waiting', 'dialing', 'new', 'done', 'draft', 'old', 'undated', 'gone']);
  expect(ids(cards.filter(needsAttention))).toEqual(['waiting']);
});

test('the order does not depend on the order of the platform', () => {
  const twins = ['c', 'a', 'b'].map((id) => card(id, 'paused'));
  expect(ids(inListOrder(twins))).toEqual(['a', 'b', 'c']);
  expect(ids(inListOrder([...twins].reverse()))).toEqual(['a', 'b', 'c']);
});

test.each<[CardFilter, string[]]>([
  ['running', ['waiting', 'dialing']],
  ['waiting', ['waiting']],
  ['paused', ['new', 'draft', 'old', 'undated']],
  ['done', ['done']],
])('only %s', (filter, expected) => {
  expect(ids(filterCards(inListOrder(cards), filter, ''))).toEqual(expected);
});

describe('by text', () => {
  const named = [
    { ...card('1', 'paused'), task: taskOf({ id: 'aaaa', name: '春季回访 Wave 1', createdAt: 2 }) },
    { ...card('2', 'paused'), task: taskOf({ id: 'bbbb', name: 'Summer', remark: '给老客户', createdAt: 1 }) },
  ];
  test.each([
    ['wave', ['aaaa']],
    ['ＷＡＶＥ　春季', ['aaaa']],
    ['wave summer', []],
    ['老客户', ['bbbb']],
    ['line a', ['aaaa', 'bbbb']],
    // Three characters may be the start of many an id.
    ['bbb', []],
    ['bbbb', ['bbbb']],
    ['   ', ['aaaa', 'bbbb']],
  ])('%s', (text, expected) => {
    expect(ids(filterCards(named, null, text))).toEqual(expected);
  });
});

describe('pages', () => {
  const items = Array.from({ length: 23 }, (_, index) => index);
  test.each([
    [1, 1, 0, 10],
    [3, 3, 20, 3],
    [4, 3, 20, 3],
    [0, 1, 0, 10],
    [-7, 1, 0, 10],
    [Number.NaN, 1, 0, 10],
    [2.9, 2, 10, 10],
  ])('page %d', (wanted, shown, first, length) => {
    const result = page(items, wanted, 10);
    expect(result).toMatchObject({ page: shown, pages: 3, total: 23 });
    expect(result.items[0]).toBe(first);
    expect(result.items).toHaveLength(length);
  });

  test('an empty list has one empty page', () => {
    expect(page([], 5, 10)).toEqual({ items: [], page: 1, pages: 1, total: 0 });
  });
});
