import type { KnownBlock, ModalView } from '@slack/types';
import { toAppError } from '../../core/errors.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { fitMessage, type MessageBody } from '../views/limits.ts';

/** An outcome that Slack is too busy to show is worth waiting for this long, ms. */
const longestWaitMs = 30_000;
const waitMs = 1_000;

/**
 * Shows what became of something in the modal in which it was asked for. Whoever closed that modal meanwhile, and
 * whoever Slack does not show it to, gets the same as a private message: an outcome is never lost, and its failure to
 * show is no failure of what was done.
 * @param instead the message, where the blocks of the view cannot stand in one (inputs).
 * @returns whether it stands in the modal.
 */
export async function showOutcome(
  deps: Pick<SlackDeps, 'clock' | 'log'>,
  interaction: Interaction,
  view: ModalView,
  instead?: MessageBody,
): Promise<boolean> {
  if (await shownInModal(deps, interaction, view)) return true;
  const body = instead ?? fitMessage({ text: view.title.text, blocks: view.blocks as KnownBlock[] });
  await (interaction.view === null ? interaction.replace(body) : interaction.answer(body));
  return false;
}

async function shownInModal(
  { clock, log }: Pick<SlackDeps, 'clock' | 'log'>,
  { view: open }: Interaction,
  view: ModalView,
): Promise<boolean> {
  if (open === null) return false;
  try {
    return await open.update(view);
  } catch (thrown) {
    const { details, message } = toAppError(thrown);
    log.warn('an outcome could not be shown in its modal', { reason: message });
    await clock.sleep(Math.min(details.retryAfterMs ?? waitMs, longestWaitMs));
  }
  try {
    return await open.update(view);
  } catch {
    return false;
  }
}
