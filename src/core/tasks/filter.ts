import type { CardData } from '../model/card.ts';
import type { TaskState } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import { derivedOnce } from './derived.ts';
import { plainOf, plainText } from './plain-text.ts';

/** The filters of the task list. */
export const cardFilters = ['running', 'paused', 'waiting', 'done'] as const;
export type CardFilter = (typeof cardFilters)[number];

/** `running` is everything switched on and not yet done, including what is waiting. */
const shown: Record<CardFilter, ReadonlySet<TaskState>> = {
  running: new Set(['dialing', 'waiting', 'awaiting_redial']),
  waiting: new Set(['waiting']),
  paused: new Set(['paused', 'draft']),
  done: new Set(['finished']),
};

/**
 * Switched on, yet nothing moves.
 * @internal Exported for tests.
 */
export function needsAttention(card: CardData): boolean {
  return card.state === 'waiting';
}

/**
 * The cards a person asked for, in the order of the list: what needs attention, what is running, then the newest.
 * @param text words that all occur in the names of the task, its line or its script, in its remark, or start its id;
 *   '' for all. The first ten different words count.
 */
export function filterCards(cards: readonly CardData[], filter: CardFilter | null, text: string): readonly CardData[] {
  const words = [...new Set(plainText(text).split(' '))].filter(Boolean).slice(0, maxWords);
  const all = ordered(cards);
  if (filter === null && words.length === 0) return all;
  return all.filter(
    (card) => (filter === null || shown[filter].has(card.state)) && words.every((word) => mentions(card, word)),
  );
}

/** Sorted once between two polls. */
const ordered = derivedOnce((cards: readonly CardData[]): readonly CardData[] => [...cards].sort(inListOrder));

const maxWords = 10;

function mentions({ task }: CardData, word: string): boolean {
  return plainOf(task).id.startsWith(word) || searchedOf(task).includes(word);
}

/** What words are looked for in, made plain once between two polls. A word holds no line break. */
const searchedOf = derivedOnce((task: Task): string => {
  const texts = [task.line.name, task.script.name, task.remark].map((text) => plainText(text ?? ''));
  return [plainOf(task).name, ...texts].join('\n');
});

function inListOrder(a: CardData, b: CardData): number {
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
