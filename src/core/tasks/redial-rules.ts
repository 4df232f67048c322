import type { Task } from '../model/task.ts';
import type { Clock } from '../ports.ts';
import { redials } from '../text/redials.ts';
import type { DatedMetadata, MetadataCache } from './metadata-cache.ts';

/** Rules are rarely turned on or off: an answer of this age serves, so that polls cost no request of their own. */
const usableForMs = 10 * 60_000;
/** A poll asks for every task, and a platform that does not answer is asked again with the next poll. */
const askEveryMs = 15_000;

/**
 * Whether the redial rule of a task calls numbers again, as far as known: what the list describes with the task, else
 * what the metadata says; null for a rule that neither describes. Never waits, and has an old answer renewed in the
 * background.
 */
export function createRedialRules(
  metadata: Pick<MetadataCache, 'last' | 'peek'>,
  clock: Pick<Clock, 'elapsed'>,
): (task: Pick<Task, 'redialRule'>) => boolean | null {
  let seen: { known: DatedMetadata | null; since: number } = { known: null, since: 0 };
  let listed = new Map<string, boolean>();
  let askedAt = Number.NEGATIVE_INFINITY;
  return ({ redialRule }) => {
    if (redialRule.redials !== null) return redialRule.redials;
    const known = metadata.last();
    if (known !== seen.known) {
      seen = { known, since: clock.elapsed() };
      listed = new Map(known?.metadata.redialRules.map((rule) => [rule.id, redials(rule)]));
    }
    const now = clock.elapsed();
    if ((known === null || now - seen.since > usableForMs) && now - askedAt >= askEveryMs) {
      askedAt = now;
      metadata.peek();
    }
    return listed.get(redialRule.id) ?? null;
  };
}
