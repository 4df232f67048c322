import type { Task } from '../model/task.ts';
import type { Clock } from '../ports.ts';
import type { DatedMetadata, MetadataCache } from './metadata-cache.ts';

/** Rules are rarely turned on or off: an answer of this age serves, so that polls cost no request of their own. */
const usableForMs = 10 * 60_000;

/**
 * Whether the redial rule of a task is on, as far as known: null until the metadata was read, or for a rule it does not
 * list. To be called once per poll; never waits, and has an old answer renewed in the background.
 */
export function createRedialRules(
  metadata: Pick<MetadataCache, 'last' | 'peek'>,
  clock: Pick<Clock, 'elapsed'>,
): () => (task: Pick<Task, 'redialRule'>) => boolean | null {
  let seen: { known: DatedMetadata | null; since: number } = { known: null, since: 0 };
  return () => {
    const known = metadata.last();
    if (known !== seen.known) seen = { known, since: clock.elapsed() };
    if (known === null || clock.elapsed() - seen.since > usableForMs) metadata.peek();
    const enabled = new Map(known?.metadata.redialRules.map((rule) => [rule.id, rule.enabled]));
    return ({ redialRule }) => enabled.get(redialRule.id) ?? null;
  };
}
