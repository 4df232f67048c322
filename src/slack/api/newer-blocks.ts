import type { Clock, Log } from '../../core/ports.ts';
import type { NewerBlock, NewerBlocks } from '../deps.ts';
import { isBlockRefusal } from './errors.ts';

/** How long a refusal counts, ms: what a workspace accepts changes with Slack's releases, not by the hour. */
const countsForMs = 24 * 60 * 60_000;

/** Remembers refusals for as long as the process runs: asking again after a restart costs one call. */
export function createNewerBlocks({
  clock,
  log,
}: {
  clock: Pick<Clock, 'elapsed'>;
  log: Pick<Log, 'warn'>;
}): NewerBlocks {
  const refusedAt = new Map<NewerBlock, number>();
  return {
    mayTake: (block) => clock.elapsed() - (refusedAt.get(block) ?? Number.NEGATIVE_INFINITY) >= countsForMs,
    refused(block) {
      refusedAt.set(block, clock.elapsed());
      log.warn('Slack refused a newer kind of block, and messages are sent without it', { block });
    },
  };
}

/** Sends the `whole` message where its block may be accepted; where it is refused, and from then on, the one without. */
export async function sendFitting<Body, Sent>(
  newerBlocks: NewerBlocks,
  { block, whole, otherwise }: { block: NewerBlock; whole: Body; otherwise: Body },
  send: (body: Body) => Promise<Sent>,
): Promise<Sent> {
  if (!newerBlocks.mayTake(block)) return send(otherwise);
  try {
    return await send(whole);
  } catch (thrown) {
    if (!isBlockRefusal(thrown)) throw thrown;
    const sent = await send(otherwise);
    // It was that block.
    newerBlocks.refused(block);
    return sent;
  }
}
