import type { Cause } from './causes.ts';
import { familyOf } from './causes.ts';

/** One look at everything, as a cause may be seen in it. */
export interface Look {
  /** Epoch ms. */
  now: number;
  /** Whether it counts: it rests on a list that was read since the last one. */
  counts: boolean;
  /** When the metadata that it rests on was read, epoch ms; null while they are not known. */
  metadataAt: number | null;
}

/** How often something was seen in a row. */
export interface Sighting {
  /** When it was first seen, epoch ms. */
  since: number;
  looks: number;
  /** Times the metadata were read meanwhile, and when the last of them was. */
  reads: number;
  readAt: number | null;
}

/** A single look proves nothing: a list may be old, come empty or go back, and so may the metadata. */
const believedLooks = 2;
const believedReads = 2;

export function seenAgain(before: Sighting | undefined, look: Look): Sighting {
  const { now, counts, metadataAt } = look;
  if (before === undefined) {
    return { since: now, looks: counts ? 1 : 0, reads: metadataAt === null ? 0 : 1, readAt: metadataAt };
  }
  const isNew = metadataAt !== null && metadataAt !== before.readAt;
  return {
    since: before.since,
    looks: before.looks + (counts ? 1 : 0),
    reads: before.reads + (isNew ? 1 : 0),
    readAt: metadataAt ?? before.readAt,
  };
}

export function isBelieved({ looks, reads }: Pick<Sighting, 'looks' | 'reads'>, source: Cause['source']): boolean {
  return looks >= believedLooks && (source === 'list' || reads >= believedReads);
}

/** A cause of a task ('' for the platform), and how often it was seen. `since`: of whatever kind. */
export interface Suspicion extends Sighting {
  taskId: string;
  cause: Cause;
  /** When it was first seen as this kind, epoch ms. */
  kindSince: number;
}

/** Whether it was seen often enough, and for as long as its evidence must last. */
export function isCertain(suspicion: Suspicion, now: number): boolean {
  const { cause, kindSince } = suspicion;
  return isBelieved(suspicion, cause.source) && now - kindSince >= cause.lasting;
}

export const suspicionKey = (taskId: string, cause: Pick<Cause, 'kind'>): string => `${taskId} ${familyOf(cause.kind)}`;

/**
 * What is suspected after a look. A cause that was not seen again is dropped; one whose kind became clearer begins anew,
 * but for the time since when it is known. Tasks that could not be looked at stay as they were.
 */
export function suspect(
  before: ReadonlyMap<string, Suspicion>,
  causes: readonly { taskId: string; cause: Cause }[],
  look: Look,
  isUnseen: (taskId: string) => boolean,
): Map<string, Suspicion> {
  const after = new Map([...before].filter(([, { taskId }]) => isUnseen(taskId)));
  for (const { taskId, cause } of causes) {
    const key = suspicionKey(taskId, cause);
    const known = before.get(key);
    const same = known?.cause.kind === cause.kind ? known : undefined;
    const sighting = seenAgain(same, look);
    const kindSince = same?.kindSince ?? look.now;
    after.set(key, { ...sighting, since: known?.since ?? sighting.since, kindSince, taskId, cause });
  }
  return after;
}
