import { openFormFor } from '../flows/open-form-for.ts';
import { listSchedules, showSchedule } from '../flows/schedule.ts';
import type { Subcommand } from './subcommand.ts';

/** `schedule` lists all schedules; `schedule <task>` shows that of one, or opens its form. */
export const schedule: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return listSchedules(deps, interaction);
  const { finder, schedules } = deps;
  const known = await finder.findAtHand(interaction.person, rest);
  if (known?.kind === 'one') return showSchedule(deps, interaction, known.task.id);
  // What a task is called that has a schedule is known without the platform, which may not answer.
  const earlier = known === null ? await finder.findKnown(interaction.person, rest) : known;
  if (earlier.kind === 'one' && (await schedules.of(earlier.task.id)) !== null)
    return showSchedule(deps, interaction, earlier.task.id);
  await openFormFor(deps, interaction, { ref: rest, operation: 'schedule' });
};
