import type { Clock } from '../../core/ports.ts';
import type { NewerBlock, NewerBlocks } from '../deps.ts';

/** How long a refusal counts, ms: what a workspace accepts changes with Slack's releases, not by the hour. */
const countsForMs = 24 * 60 * 60_000;

/** Remembers refusals for as long as the process runs: asking again after a restart costs one call. */
export function createNewerBlocks(clock: Pick<Clock, 'elapsed'>): NewerBlocks {
  const refusedAt = new Map<NewerBlock, number>();
  return {
    mayTake: (block) => clock.elapsed() - (refusedAt.get(block) ?? Number.NEGATIVE_INFINITY) >= countsForMs,
    refused: (block) => void refusedAt.set(block, clock.elapsed()),
  };
}
