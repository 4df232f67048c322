import type { Entity } from './entities.ts';
import { chance } from './random.ts';

/** No lag is longer, ms. */
const longestMs = 60_000;

/** The lists as they were, for one that lags. */
export interface Past {
  /** To be called right before a change, with the list as it still is. `now`: real time, epoch ms. */
  before(now: number, list: readonly Entity[]): void;
  /** The list of some time ago, up to `maxMs`; null when nothing has changed since. */
  listAt(now: number, maxMs: number): readonly Entity[] | null;
  clear(): void;
}

export function createPast(seed: number): Past {
  /** Each with the end of the time in which it was true, the oldest first. */
  let lists: { until: number; list: readonly Entity[] }[] = [];
  let drawn = 0;
  return {
    before(now, list) {
      lists = [...lists.filter(({ until }) => now - until < longestMs), { until: now, list }];
    },
    listAt(now, maxMs) {
      drawn += 1;
      const then = now - chance(seed, 41, drawn) * maxMs;
      return lists.find(({ until }) => until > then)?.list ?? null;
    },
    clear() {
      lists = [];
      drawn = 0;
    },
  };
}
