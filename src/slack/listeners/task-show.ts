import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { actionIds } from '../ids.ts';
import { ownCardMessage, peopleOf } from '../views/card.ts';

/** *Show* beside a row of a list. */
export const taskShow: Register = (app, deps) =>
  onAction(app, deps, actionIds.showTask, async (interaction, { value }) => {
    const card = await deps.tasks.card(value);
    await interaction.answer(
      ownCardMessage(card, interaction.t, await deps.namesOf(peopleOf(card), interaction.client)),
    );
  });
