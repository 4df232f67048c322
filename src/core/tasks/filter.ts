import type { CardData } from '../model/card.ts';
import type { TaskState } from '../model/reading.ts';
import { search } from '../text/search.ts';
import { derivedOnce } from './derived.ts';
import { plainOf } from './plain-text.ts';

/** The filters of the task list. */
export const cardFilters = ['running', 'dialing', 'waiting', 'stalled', 'redial', 'paused', 'draft', 'done'] as const;
export type CardFilter = (typeof cardFilters)[number];

const inState =
  (...states: TaskState[]) =>
  ({ state }: CardData): boolean =>
    states.includes(state);

/**
 * `running` is everything switched on and not yet done, including what is waiting; `stalled` what makes no calls though
 * it should, as far as is known: within quiet hours that are known, nothing does.
 */
const shows: Record<CardFilter, (card: CardData) => boolean> = {
  running: inState('dialing', 'waiting', 'awaiting_redial'),
  dialing: inState('dialing'),
  waiting: inState('waiting'),
  stalled: ({ evidence }) => evidence.kind === 'stalled' || evidence.kind === 'not_moved',
  redial: inState('awaiting_redial'),
  paused: inState('paused', 'draft'),
  draft: inState('draft'),
  done: inState('finished'),
};

/**
 * Switched on, yet nothing moves.
 * @internal Exported for tests.
 */
export function needsAttention(card: CardData): boolean {
  return card.state === 'waiting';
}

/**
 * The cards a person asked for, in their order; of those that a text is searched for, the likeliest come first.
 * @param text what `search` looks for in the names of the task, its line and its script, in its remark and id; '' for all
 */
export function filterCards(cards: readonly CardData[], filter: CardFilter | null, text: string): readonly CardData[] {
  const found = text === '' ? cards : search(plainCards(cards), (plain) => plain, text).map(({ card }) => card);
  return filter === null ? found : found.filter(shows[filter]);
}

/** Side by side, so that a search goes through ten thousand of them within a few milliseconds. */
const plainCards = derivedOnce((cards: readonly CardData[]) => cards.map((card) => ({ card, ...plainOf(card.task) })));

/**
 * The order of every list, picker and menu of tasks: what needs attention, what is running, then the newest. Made once
 * between two polls.
 */
export const inListOrder = derivedOnce((cards: readonly CardData[]): readonly CardData[] => [...cards].sort(listOrder));

function listOrder(a: CardData, b: CardData): number {
  return (
    rank(a) - rank(b) ||
    (b.task.createdAt ?? 0) - (a.task.createdAt ?? 0) ||
    // Two tasks created in the same second keep their order from one list to the next.
    (a.task.id < b.task.id ? -1 : 1)
  );
}

function rank(card: CardData): number {
  if (needsAttention(card)) return 0;
  if (card.state === 'dialing') return 1;
  return card.state === 'gone' ? 3 : 2;
}

export interface Page<T> {
  items: T[];
  /** From 1; a page that does not exist becomes the nearest one that does. */
  page: number;
  /** ≥ 1, also for an empty list. */
  pages: number;
  total: number;
}

/** Page `n` (from 1) of `items`, `size` (≥ 1) at a time. */
export function page<T>(items: readonly T[], n: number, size: number): Page<T> {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const current = Math.min(pages, Math.max(1, Math.trunc(n) || 1));
  return { items: items.slice((current - 1) * size, current * size), page: current, pages, total: items.length };
}
