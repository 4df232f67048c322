import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { ownCardMessage, peopleOf } from '../views/card.ts';

/** Shows a person the card of a task. Throws `AppError`. */
export async function showTask(deps: SlackDeps, { answer, t, client }: Interaction, taskId: string): Promise<void> {
  const card = await deps.tasks.card(taskId);
  await answer(ownCardMessage(card, t, await deps.namesOf(peopleOf(card), client)));
}
