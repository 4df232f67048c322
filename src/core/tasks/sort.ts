import type { CardData } from '../model/card.ts';
import type { TaskState } from '../model/reading.ts';
import { derivedOnce } from './derived.ts';
import { plainOf } from './plain-text.ts';
import { leftOf } from './preflight.ts';

/** What a list can be sorted by. `usual`: the order of every list (`inListOrder`). */
export const listSorts = ['usual', 'name', 'state', 'progress', 'created', 'left'] as const;
export type ListSort = (typeof listSorts)[number];

/** Chinese by pinyin, and figures within names by their size: people number their waves. */
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** What needs someone first. */
const states: readonly TaskState[] = ['waiting', 'dialing', 'awaiting_redial', 'paused', 'draft', 'finished', 'gone'];

const shareOf = ({ task: { progress } }: CardData): number | null =>
  progress === null || progress.total <= 0 ? null : Math.min(1, progress.done / progress.total);

/** The smaller, the earlier; null last, whichever way round. Progress, dates and numbers left begin with the most. */
const keys: Record<Exclude<ListSort, 'usual' | 'name'>, (card: CardData) => number | null> = {
  state: ({ state }) => states.indexOf(state),
  progress: (card) => negative(shareOf(card)),
  created: ({ task }) => negative(task.createdAt),
  left: ({ task }) => negative(leftOf(task)),
};

const negative = (value: number | null): number | null => (value === null ? null : -value);

/** Sorts cards that are in the order of the list. What is equal keeps that order, and what is not known comes last. */
type SortCards = (
  cards: readonly CardData[],
  sort: Exclude<ListSort, 'usual'>,
  reversed: boolean,
) => readonly CardData[];

/** Sorts each way once between two polls. */
export function createSortCards(): SortCards {
  const placesByName = createNamePlaces();
  const known = derivedOnce((_cards: readonly CardData[]) => new Map<string, readonly CardData[]>());

  return (cards, sort, reversed) => {
    const ways = known(cards);
    const way = `${sort}:${reversed}`;
    const held = ways.get(way);
    if (held !== undefined) return held;
    const keyOf = sort === 'name' ? placesByName(cards) : keys[sort];
    const sorted = sortedBy(cards, keyOf, reversed ? -1 : 1);
    ways.set(way, sorted);
    return sorted;
  };
}

function sortedBy(cards: readonly CardData[], keyOf: (card: CardData) => number | null, sign: 1 | -1): CardData[] {
  const keyed = cards.map((card) => ({ card, key: keyOf(card) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return sign * (a.key - b.key);
  });
  return keyed.map(({ card }) => card);
}

const nameOf = ({ task }: CardData): string => plainOf(task).name;

/** The places of names in their order, kept from one poll to the next: comparing them is slow, and they hardly change. */
function createNamePlaces(): (cards: readonly CardData[]) => (card: CardData) => number {
  let places: ReadonlyMap<string, number> = new Map();
  return (cards) => {
    const current = new Set(cards.map(nameOf));
    const isSame = current.size === places.size && [...current].every((name) => places.has(name));
    if (!isSame) {
      const added = [...current].filter((name) => !places.has(name)).sort(collator.compare);
      // Sorting two runs that are sorted takes little more than one comparison each.
      const order = [...[...places.keys()].filter((name) => current.has(name)), ...added].sort(collator.compare);
      places = new Map(order.map((name, place) => [name, place]));
    }
    const held = places;
    return (card) => held.get(nameOf(card)) ?? 0;
  };
}
