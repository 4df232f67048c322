import { mayPass, toAppError } from '../../core/errors.ts';
import type { CardData } from '../../core/model/card.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { ownCardMessage, peopleOf } from '../views/card.ts';

/**
 * Shows a person the card of a task. Where the platform does not answer, it is that of the last poll, and says so.
 * @param isOut the platform has just failed to answer, and is not asked once more.
 * Throws `AppError`.
 */
export async function showTask(
  deps: SlackDeps,
  { answer, t, client }: Interaction,
  taskId: string,
  isOut = false,
): Promise<void> {
  const lastKnown = (): CardData | null => {
    const known = deps.finder.known().find(({ task }) => task.id === taskId);
    return known === undefined ? null : { ...known, staleSince: known.updatedAt };
  };
  const read = (): Promise<CardData> =>
    deps.tasks.card(taskId).catch((thrown) => {
      const known = mayPass(toAppError(thrown)) ? lastKnown() : null;
      if (known === null) throw thrown;
      return known;
    });
  const card = (isOut ? lastKnown() : null) ?? (await read());
  await answer(ownCardMessage(card, t, await deps.namesOf(peopleOf(card), client)));
}
