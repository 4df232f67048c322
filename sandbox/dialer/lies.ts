import type { Entity } from './entities.ts';
import { chance } from './random.ts';

/**
 * Ways in which a list can look complete and be wrong: `old`: as it was some reads ago; `lower`: some tasks have dialed
 * fewer numbers than they had; `missing`: some tasks are left out; `doubled`: some are listed twice, the second time as
 * they were some reads ago, before or after the first; `empty`: no tasks at all.
 */
export const lies = ['old', 'lower', 'missing', 'doubled', 'empty'] as const;
export type Lie = (typeof lies)[number];

/** How many lists are remembered for `old` and `doubled`. */
const maxAge = 20;

/** Falsifies lists; everything random only depends on the seed and on how often it was asked. */
export interface Liar {
  /** To be called with every list that is asked for, as it really is. */
  remember(list: readonly Entity[]): void;
  tell(lie: Lie, list: readonly Entity[]): Entity[];
  clear(): void;
}

export function createLiar(seed: number): Liar {
  let lists: (readonly Entity[])[] = [];
  let told = 0;
  const draw = (...parts: number[]): number => chance(seed, 7, told, ...parts);

  const anOldList = (): readonly Entity[] | undefined => lists[Math.floor(draw(0) * lists.length)];
  /** A share of the tasks that differs from lie to lie; one of them at least. */
  const some = (list: readonly Entity[]): boolean[] => {
    const share = 0.05 + draw(1) * 0.5;
    const one = Math.floor(draw(2) * list.length);
    return list.map((_, position) => position === one || draw(3, position) < share);
  };

  return {
    remember(list) {
      lists = [...lists, list].slice(-maxAge);
    },
    tell(lie, list) {
      told += 1;
      const chosen = some(list);
      switch (lie) {
        case 'old':
          return [...(anOldList() ?? list)];
        case 'lower':
          return list.map((entity, position) => (chosen[position] ? lowered(entity, draw(4, position)) : entity));
        case 'missing':
          return list.filter((_, position) => !chosen[position]);
        case 'doubled': {
          const before = new Map(anOldList()?.map((entity) => [entity.uuid, entity]));
          return list.flatMap((entity, position) => {
            if (!chosen[position]) return [entity];
            const twin = before.get(entity.uuid) ?? entity;
            return draw(5, position) < 0.5 ? [twin, entity] : [entity, twin];
          });
        }
        case 'empty':
          return [];
        default:
          return lie satisfies never;
      }
    },
    clear() {
      lists = [];
      told = 0;
    },
  };
}

/** The entity with only a part (0…1) of its numbers dialed. */
function lowered(entity: Entity, part: number): Entity {
  const bar = entity.progress_bar as { total: number | string; progress: number | string; percent: number | string };
  const progress = Math.floor(Number(bar.progress) * part);
  const percent = Number(bar.total) === 0 ? 0 : Math.floor((progress / Number(bar.total)) * 100);
  const asText = typeof bar.progress === 'string';
  return {
    ...entity,
    progress_bar: {
      ...bar,
      progress: asText ? String(progress) : progress,
      percent: asText ? String(percent) : percent,
    },
  };
}
