import { expect, test } from '@jest/globals';
import type { CardData } from '../../../../src/core/model/card.ts';
import { createSortCards, type ListSort } from '../../../../src/core/tasks/sort.ts';
import { sampleCard } from '../../../support/samples.ts';

const card = (name: string, state: CardData['state'], done: number | null, createdAt: number | null): CardData =>
  sampleCard({
    task: {
      id: name,
      name,
      createdAt,
      progress: done === null ? null : { total: 100 * name.length, done, source: 'endpoint' },
    },
    state,
  });

/** 60, 200, null and 90 numbers left; 40 %, 0 %, null and 10 %. */
const cards = [
  card('b', 'finished', 40, 3),
  card('阿里', 'paused', 0, null),
  card('Wave 10', 'waiting', null, 1),
  card('C', 'dialing', 10, 2),
  card('Wave 9', 'dialing', 60, 2),
];

test.each<[Exclude<ListSort, 'usual'>, string[], string[]]>([
  ['name', ['阿里', 'b', 'C', 'Wave 9', 'Wave 10'], ['Wave 10', 'Wave 9', 'C', 'b', '阿里']],
  ['state', ['Wave 10', 'C', 'Wave 9', '阿里', 'b'], ['b', '阿里', 'C', 'Wave 9', 'Wave 10']],
  ['progress', ['b', 'C', 'Wave 9', '阿里', 'Wave 10'], ['阿里', 'C', 'Wave 9', 'b', 'Wave 10']],
  ['created', ['b', 'C', 'Wave 9', 'Wave 10', '阿里'], ['Wave 10', 'C', 'Wave 9', 'b', '阿里']],
  ['left', ['Wave 9', '阿里', 'C', 'b', 'Wave 10'], ['b', 'C', '阿里', 'Wave 9', 'Wave 10']],
])('by %s; what is not known comes last either way', (sort, expected, reversed) => {
  const sortCards = createSortCards();
  const names = (sorted: readonly CardData[]) => sorted.map(({ task }) => task.name);
  expect(names(sortCards(cards, sort, false))).toEqual(expected);
  expect(names(sortCards(cards, sort, true))).toEqual(reversed);
});

test('names that come and go keep their order', () => {
  const sortCards = createSortCards();
  const named = (...names: string[]) => names.map((name) => card(name, 'paused', 0, 1));
  const sorted = (cards: CardData[]) => sortCards(cards, 'name', false).map(({ task }) => task.name);
  expect(sorted(named('b', 'd', 'a'))).toEqual(['a', 'b', 'd']);
  expect(sorted(named('d', 'c', 'e', 'b'))).toEqual(['b', 'c', 'd', 'e']);
  expect(sorted(named('e'))).toEqual(['e']);
});
