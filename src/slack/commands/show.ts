import { taskNamed } from '../flows/which-task.ts';
import { ownCardMessage, peopleOf } from '../views/card.ts';
import { help } from './help.ts';
import type { Subcommand } from './subcommand.ts';

export const show: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return help(deps, interaction, 'show');
  const task = await taskNamed(deps, interaction, { ref: rest, operation: 'show' });
  if (task === null) return;
  const card = await deps.tasks.card(task.id);
  await interaction.answer(ownCardMessage(card, interaction.t, await deps.namesOf(peopleOf(card), interaction.client)));
};
