import type { Interaction } from '../bolt/interaction.ts';
import type { NewerBlock, SlackDeps } from '../deps.ts';
import type { MessageBody } from '../views/limits.ts';

/**
 * Replaces the answer that was pressed with a message that has a newer kind of block, where this workspace accepts it;
 * otherwise, and in a modal, with the one without it.
 */
export async function replaceFitting(
  { newerBlocks }: Pick<SlackDeps, 'newerBlocks'>,
  { replace }: Pick<Interaction, 'replace'>,
  { block, whole, otherwise }: { block: NewerBlock; whole(): MessageBody; otherwise(): MessageBody },
): Promise<void> {
  if (!newerBlocks.mayTake(block)) return replace(otherwise());
  await replace(whole(), { body: otherwise, refused: () => newerBlocks.refused(block) });
}
