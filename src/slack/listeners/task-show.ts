import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { cardMessage } from '../views/card.ts';

/** *Show* beside a row of a list. */
export const taskShow: Register = (app, deps) =>
  onAction(app, deps, 'task_show', async (interaction, { value }) => {
    const card = await deps.tasks.card(value);
    await interaction.answer(cardMessage({ t: interaction.t, card, own: true }));
  });
