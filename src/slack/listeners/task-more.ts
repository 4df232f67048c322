import { z } from 'zod';
import { wholeList } from '../../core/tasks/finder.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { onAction } from '../bolt/listen.ts';
import { understood } from '../bolt/read-value.ts';
import type { Register, SlackDeps } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { showList } from '../flows/show-list.ts';
import { watchTask } from '../flows/watch-task.ts';
import { actionIds, formerMenuVerbs, type MenuVerb, menuVerbs } from '../ids.ts';

const acts: Record<
  MenuVerb | (typeof formerMenuVerbs)[number],
  (deps: SlackDeps, interaction: Interaction, task: string) => Promise<void>
> = {
  import: (deps, interaction, task) => openForm(deps, interaction, { form: 'import', task }),
  edit: (deps, interaction, task) => openForm(deps, interaction, { form: 'edit', task }),
  clone: (deps, interaction, task) => openForm(deps, interaction, { form: 'new', from: task }),
  list: (deps, interaction) => showList(deps, interaction, wholeList),
  delete: (deps, interaction, task) => openForm(deps, interaction, { form: 'delete', task }),
  async watch(deps, interaction, taskId) {
    const { task } = await deps.tasks.card(taskId);
    await watchTask(deps, interaction, task);
  },
};

const verb = z.enum([...menuVerbs, ...formerMenuVerbs]);

/** The overflow menu of a card. A verb of another version is answered as such. */
export const taskMore: Register = (app, deps) =>
  onAction(app, deps, actionIds.taskMenu, async (interaction, { value }) => {
    const at = value.indexOf(':');
    await acts[understood(verb, value.slice(0, at))](deps, interaction, value.slice(at + 1));
  });
