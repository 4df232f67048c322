import { findTasks } from '../../core/tasks/find.ts';
import type { Task } from '../../core/tasks/task.ts';
import type { CommandName } from '../commands.ts';
import type { SlackDeps } from '../deps.ts';
import { pauseTask, startTask } from '../flows/act-on-task.ts';
import { cardsAtHand, taskNamed, whichTask } from '../flows/find-task.ts';
import type { Interaction } from '../interaction.ts';
import { help } from './help.ts';
import type { Subcommand } from './subcommand.ts';

export const start: Subcommand = async (deps, interaction, rest) => {
  for (const task of await tasksNamed(deps, interaction, rest, 'start')) {
    await startTask(deps, interaction, task.id, { sure: false, pressed: null });
  }
};

export const pause: Subcommand = async (deps, interaction, rest) => {
  for (const task of await tasksNamed(deps, interaction, rest, 'pause')) {
    await pauseTask(deps, interaction, task.id, null);
  }
};

/**
 * `start 1 3 …` names several tasks; a name of several words names one. What cannot be told apart is asked, and
 * nothing is started or paused before every word is clear.
 */
async function tasksNamed(
  deps: SlackDeps,
  interaction: Interaction,
  rest: string,
  operation: CommandName,
): Promise<Task[]> {
  if (rest === '') {
    await help(deps, interaction, operation);
    return [];
  }
  const cards = cardsAtHand(deps) ?? (await deps.tasks.cards());
  const refs = findTasks(
    rest,
    cards.map((card) => card.task),
    await deps.store.lastList(interaction.person),
  );
  const unclear = refs.find(({ found }) => found.kind !== 'one');
  if (unclear === undefined) return refs.flatMap(({ found }) => (found.kind === 'one' ? [found.task] : []));
  if (unclear.found.kind === 'many') {
    await interaction.answer(whichTask(interaction.t, unclear.found, unclear.ref, operation));
    return [];
  }
  // The last poll may not know a task made a moment ago: a single reference gets a second look.
  const task = await taskNamed(deps, interaction, unclear.ref, operation);
  return task !== null && refs.length === 1 ? [task] : [];
}
