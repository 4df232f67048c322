import type { CardData } from '../model/card.ts';
import type { KnownHours } from '../quiet/known-hours.ts';
import type { Stops } from '../stop/ports.ts';
import type { MetadataCache } from '../tasks/metadata-cache.ts';
import { preflight } from '../tasks/preflight.ts';
import type { Board } from '../watch/board.ts';
import type { Surroundings } from './conflicts.ts';

interface SurroundingsDeps {
  store: Pick<Stops, 'stopInForce'>;
  metadata: Pick<MetadataCache, 'peek'>;
  knownHours: Pick<KnownHours, 'of'>;
  board: Pick<Board, 'all'>;
  clock: { now(): number };
  /** null where no legal hours are set. */
  legal: Surroundings['legal'];
}

/** What a schedule of a task meets besides other schedules, as far as it is known without asking the platform. */
export function surroundingsOf({ store, metadata, knownHours, board, clock, legal }: SurroundingsDeps) {
  return async ({ task }: CardData): Promise<Omit<Surroundings, 'now' | 'task' | 'others'>> => {
    const known = metadata.peek()?.metadata ?? null;
    const mates = board.all().filter((reading) => reading.task.line.id === task.line.id);
    const conditions = { metadata: known, now: clock.now(), askAbove: Number.POSITIVE_INFINITY, mates };
    // That it is on by now says nothing of the starts to come.
    const { items, room } = preflight({ ...task, started: false }, conditions);
    return {
      legal,
      quiet: knownHours.of(task.quietHours.id)?.windows ?? null,
      lineTotal: known?.lines.find(({ id }) => id === task.line.id)?.total ?? task.line.total,
      items: items.map(({ code }) => code),
      room,
      isStopped: (await store.stopInForce()).stop !== null,
    };
  };
}
