import { type LeverVerb, leverVerbs } from '../../core/alerts/levers.ts';
import { AppError } from '../../core/errors.ts';
import { isTaskId } from '../../core/model/task.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { textMessage } from '../views/answers.ts';
import { actOnTask } from './act-on-task.ts';
import { openForm } from './open-form.ts';

/** A lever beneath an alert, by its value: `<verb>:<task id>`. */
export async function pullLever(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  const { verb, taskId } = readLever(value);
  switch (verb) {
    case 'check':
      // An error is its own answer.
      await deps.tasks.cards();
      return interaction.answer(textMessage(interaction.t.alerts.responds));
    case 'pause':
    case 'start':
      return actOnTask(deps, interaction, { verb, taskId });
    default:
      return openForm(deps, interaction, { form: verb, task: taskId });
  }
}

/** It comes back from outside. */
function readLever(value: string): { verb: LeverVerb; taskId: string } {
  const at = value.indexOf(':');
  const verb = leverVerbs.find((known) => known === value.slice(0, at));
  const taskId = value.slice(at + 1);
  if (verb === undefined || (verb !== 'check' && !isTaskId(taskId)))
    throw new AppError('other_version', 'a lever of another version');
  return { verb, taskId };
}
