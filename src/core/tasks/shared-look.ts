import type { Metadata } from '../model/metadata.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer } from '../ports.ts';
import type { MetadataCache } from './metadata-cache.ts';

/** What the platform shows at one moment. */
interface Look {
  /** When it was asked for, by `Clock.elapsed`: nothing that came later can be in it. */
  since: number;
  tasks: ReadonlyMap<string, Task>;
  /** null when it cannot be read: it only adds warnings. */
  metadata: Metadata | null;
}

/** A look that is recent enough. Throws `AppError`. */
export type LookAt = () => Promise<Look>;

interface SharedLookDeps {
  dialer: Pick<Dialer, 'list'>;
  metadata: Pick<MetadataCache, 'fresh' | 'peek'>;
  clock: Pick<Clock, 'elapsed'>;
}

/** The metadata only adds warnings: when it is unavailable, a start is judged by the task alone. */
export async function freshMetadata(metadata: Pick<MetadataCache, 'fresh' | 'peek'>): Promise<Metadata | null> {
  const dated = await metadata.fresh().catch(() => metadata.peek());
  return dated?.metadata ?? null;
}

/**
 * One list for many tasks that are started one after the other: a look serves all who ask within `maxAgeMs` of it, except
 * those who want one that was asked for after `notBefore` (by `Clock.elapsed`), because they changed something themselves.
 */
export function createSharedLook(
  { dialer, metadata, clock }: SharedLookDeps,
  maxAgeMs: number,
): (notBefore: number) => Promise<Look> {
  let last: { since: number; look: Promise<Look> } | null = null;

  const take = async (since: number): Promise<Look> => {
    const [listed, known] = await Promise.all([dialer.list(), freshMetadata(metadata)]);
    return { since, tasks: new Map(listed.map((task) => [task.id, task])), metadata: known };
  };

  return (notBefore) => {
    const now = clock.elapsed();
    if (last !== null && last.since >= notBefore && now - last.since <= maxAgeMs) return last.look;
    const look = take(now);
    const mine = { since: now, look };
    last = mine;
    // A look that failed is nobody else's.
    look.catch(() => {
      if (last === mine) last = null;
    });
    return look;
  };
}
