import { AppError } from '../../core/errors.ts';
import type { Task } from '../../core/model/task.ts';
import { plainOf } from '../../core/tasks/plain-text.ts';
import { plainText } from '../../core/text/search.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { messageOutcome, showOutcome } from '../bolt/outcome.ts';
import type { PrivateData } from '../bolt/private-data.ts';
import { typedText } from '../bolt/typed.ts';
import type { SlackDeps } from '../deps.ts';
import { placeMeant } from './channel-of.ts';
import { openForm } from './open-form.ts';
import { watchTask } from './watch-task.ts';

/** More of a message is not searched for the name of a task. */
const maxSearched = 1_000;
/** A shorter name may be any word. */
const minName = 4;

/** Asks which task the channel of a message is to watch; the one that the message names is chosen to begin with. */
export async function askWhatToWatch(deps: SlackDeps, interaction: Interaction, message: string): Promise<void> {
  const suggested = taskIn(message, tasksKnown(deps))?.id;
  const { channel } = interaction;
  await openForm(deps, interaction, { form: 'watch', place: channel, ...(suggested !== undefined && { suggested }) });
}

const tasksKnown = ({ finder }: SlackDeps): Task[] => finder.known().map(({ task }) => task);

/** The only task whose whole name is in a message, or the one with the longest name. */
function taskIn(message: string, tasks: readonly Task[]): Task | null {
  const said = plainText(typedText(message.slice(0, maxSearched)));
  const named = tasks
    .map(plainOf)
    .filter(({ name }) => name.length >= minName && said.includes(name))
    .sort((a, b) => b.name.length - a.name.length);
  const [first, second] = named;
  return first === undefined || second?.name === first.name ? null : first.task;
}

/** The form was submitted: the channel watches the task, and the form says so. */
export async function watchHere(
  deps: SlackDeps,
  interaction: Interaction,
  { place }: PrivateData,
  taskId: string,
): Promise<void> {
  if (place === undefined) throw new AppError('internal', 'the form carries no place');
  const { t } = interaction;
  const inForm: Interaction = {
    ...interaction,
    async answer(body) {
      await showOutcome(deps, interaction, messageOutcome(t.titles.watch, body, t));
    },
  };
  // They may have left the channel while the form was open.
  const channel = await placeMeant(deps, inForm, place);
  if (channel === null) return;
  const { task } = await deps.tasks.card(taskId);
  await watchTask(deps, inForm, task, channel);
}
