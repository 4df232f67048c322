import type { Task } from '../../core/model/task.ts';
import { type FoundRef, findTasks, plainText } from '../../core/tasks/find.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { pauseTask, startTask } from '../flows/act-on-task.ts';
import { cardsAtHand, taskNamed, whichTask } from '../flows/find-task.ts';
import { textMessage } from '../views/answers.ts';
import { help } from './help.ts';
import type { Subcommand } from './subcommand.ts';
import type { CommandName } from './words.ts';

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
  const lastList = await deps.store.lastList(interaction.person);
  const known = operation === 'pause' ? deps.board.all().filter((reading) => reading.state !== 'gone') : [];
  // A pause does not wait for a reading when what was last known tells which tasks are meant.
  const remembered = clear(findTasks(rest, tasksOf(known), lastList));
  if (cardsAtHand(deps) === null && remembered !== null && !everything.test(rest)) return remembered;

  const tasks = tasksOf(cardsAtHand(deps) ?? (await deps.tasks.cards()));
  if (everything.test(rest) && !tasks.some((task) => plainText(task.name) === plainText(rest))) {
    await interaction.answer(textMessage(interaction.t.work.oneByOne(deps.command)));
    return [];
  }
  const refs = findTasks(rest, tasks, lastList);
  const meant = clear(refs);
  if (meant !== null) return meant;
  const unclear = refs.find(({ found }) => found.kind !== 'one');
  if (unclear === undefined) return [];
  if (unclear.found.kind === 'many') {
    await interaction.answer(whichTask(interaction.t, unclear.found, unclear.ref, operation));
    return [];
  }
  // The last poll may not know a task made a moment ago: a single reference gets a second look.
  const task = await taskNamed(deps, interaction, unclear.ref, operation);
  return task !== null && refs.length === 1 ? [task] : [];
}

/** Words that mean every task. They start and stop nothing, and never stand for the one task with such a word in its name. */
const everything = /^(?:all|every|everything|\*|全部|所有|全部任务|所有任务)$/i;

const tasksOf = (known: readonly { task: Task }[]): Task[] => known.map(({ task }) => task);

/** The tasks, when every word names exactly one. */
function clear(refs: readonly FoundRef[]): Task[] | null {
  const tasks = refs.flatMap(({ found }) => (found.kind === 'one' ? [found.task] : []));
  return refs.length > 0 && tasks.length === refs.length ? tasks : null;
}
