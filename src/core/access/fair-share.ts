import type { PersonRef } from '../model/address.ts';
import type { Clock } from '../ports.ts';

/** How much one person may ask for: `interactions` in `windowMs`, all at once or spread. */
export interface ShareLimits {
  interactions: number;
  windowMs: number;
}

/** `over`: refused, and this person does not know yet; `still_over`: already informed in this window. */
export type Share = 'granted' | 'over' | 'still_over';

interface Bucket {
  tokens: number;
  filledAt: number;
  toldAt: number | null;
}

/** Beyond this many people, those whose bucket is full again are forgotten: a full bucket is that of a stranger. */
const maxBuckets = 1_000;

/**
 * A token bucket per person, so that one who presses without end leaves the others their share of this process and of
 * the platform. @returns takes one interaction of a person.
 */
export function createFairShare({ interactions, windowMs }: ShareLimits, clock: Pick<Clock, 'elapsed'>) {
  const buckets = new Map<PersonRef, Bucket>();

  const fill = (bucket: Bucket, now: number): void => {
    const gained = ((now - bucket.filledAt) / windowMs) * interactions;
    bucket.tokens = Math.min(interactions, bucket.tokens + gained);
    bucket.filledAt = now;
  };

  const forgetFull = (now: number): void => {
    for (const [person, bucket] of buckets) if (now - bucket.filledAt >= windowMs) buckets.delete(person);
  };

  return (person: PersonRef): Share => {
    const now = clock.elapsed();
    let bucket = buckets.get(person);
    if (bucket === undefined) {
      if (buckets.size >= maxBuckets) forgetFull(now);
      bucket = { tokens: interactions, filledAt: now, toldAt: null };
      buckets.set(person, bucket);
    }
    fill(bucket, now);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 'granted';
    }
    if (bucket.toldAt !== null && now - bucket.toldAt < windowMs) return 'still_over';
    bucket.toldAt = now;
    return 'over';
  };
}
