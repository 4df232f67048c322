import { openFormFor } from '../flows/open-form-for.ts';
import { listSchedules, showSchedule } from '../flows/schedule.ts';
import type { Subcommand } from './subcommand.ts';

/** `schedule` lists all schedules; `schedule <task>` shows that of one, or opens its form. */
export const schedule: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return listSchedules(deps, interaction);
  const known = await deps.finder.findAtHand(interaction.person, rest);
  if (known?.kind === 'one') return showSchedule(deps, interaction, known.task.id);
  await openFormFor(deps, interaction, { ref: rest, operation: 'schedule' });
};
