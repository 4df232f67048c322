import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { type Act, actOnTask } from '../flows/act-on-task.ts';
import { whichTask } from '../flows/which-task.ts';
import { textMessage } from '../views/answers.ts';
import { help } from './help.ts';
import type { Subcommand } from './subcommand.ts';

export const start: Subcommand = (deps, interaction, rest) => actOnAll(deps, interaction, 'start', rest);
export const pause: Subcommand = (deps, interaction, rest) => actOnAll(deps, interaction, 'pause', rest);

/**
 * `start 1 3 …` names several tasks; several words may also be one name. Ambiguous references lead to a question, and
 * nothing is started or paused before every reference is clear.
 */
async function actOnAll(deps: SlackDeps, interaction: Interaction, verb: Act['verb'], rest: string): Promise<void> {
  const { t, person } = interaction;
  if (rest === '') return help(deps, interaction, verb);
  const found = await deps.finder.findSeveral(person, rest, verb === 'pause');
  if (found.kind === 'everything') return interaction.answer(textMessage(t.work.oneByOne(deps.command)));
  if (found.kind === 'too_many') return interaction.answer(textMessage(t.work.tooMany));
  if (found.kind === 'unclear') {
    return interaction.answer(whichTask(found.found, { ref: found.ref, operation: verb }, t));
  }
  for (const { id } of found.tasks) await actOnTask(deps, interaction, { verb, taskId: id });
}
