import type { Cause } from './causes.ts';
import { familyOf, hasOtherHolder, subjectOf } from './persistence.ts';

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
  /** When it was first seen as this kind, and when with evidence of this sort, epoch ms. */
  kindSince: number;
  evidentSince: number;
}

/** Whether it was seen often enough, and for as long as its evidence must last. */
export function isCertain(suspicion: Suspicion, now: number): boolean {
  const { cause, evidentSince } = suspicion;
  return isBelieved(suspicion, cause.source) && now - evidentSince >= cause.lasting;
}

/** Of one task, about one thing, and of one family: what is never there twice. */
export const suspicionKey = (taskId: string, cause: Pick<Cause, 'kind' | 'facts'>): string =>
  [taskId, familyOf(cause.kind), subjectOf(cause)].join(' ');

const isOfPace = ({ facts }: Cause): boolean => facts.ownPerMinute !== null;

/**
 * What is suspected after a look. A cause that was not seen again is dropped; one whose kind became clearer begins anew,
 * but for the time since when it is known, and for how long there were no calls: a task without any is suspected of this
 * now and of that a minute later, and stands still all the while. Tasks that could not be looked at stay as they were.
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
    const isSame = known !== undefined && known.cause.kind === cause.kind && !hasOtherHolder(known.cause, cause);
    const same = isSame ? known : undefined;
    const sighting = seenAgain(same, look);
    const isAlike = known !== undefined && isOfPace(known.cause) === isOfPace(cause);
    after.set(key, {
      ...sighting,
      since: known?.since ?? sighting.since,
      kindSince: same?.kindSince ?? look.now,
      evidentSince: isAlike ? known.evidentSince : look.now,
      taskId,
      cause,
    });
  }
  return after;
}
