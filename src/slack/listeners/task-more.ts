import { z } from 'zod';
import type { Interaction } from '../bolt/interaction.ts';
import { onAction } from '../bolt/listen.ts';
import type { Register, SlackDeps } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { watchTask } from '../flows/watch-task.ts';
import { actionIds, type MenuVerb, menuVerbs } from '../ids.ts';

const acts: Record<MenuVerb, (deps: SlackDeps, interaction: Interaction, task: string) => Promise<void>> = {
  edit: (deps, interaction, task) => openForm(deps, interaction, { form: 'edit', task }),
  clone: (deps, interaction, task) => openForm(deps, interaction, { form: 'new', from: task }),
  delete: (deps, interaction, task) => openForm(deps, interaction, { form: 'delete', task }),
  async watch(deps, interaction, taskId) {
    const { task } = await deps.tasks.card(taskId);
    await watchTask(deps, interaction, task);
  },
};

const verb = z.enum(menuVerbs);

/** The overflow menu of a card. An unknown verb fails like any other unreadable value. */
export const taskMore: Register = (app, deps) =>
  onAction(app, deps, actionIds.taskMenu, async (interaction, { value }) => {
    const at = value.indexOf(':');
    await acts[verb.parse(value.slice(0, at))](deps, interaction, value.slice(at + 1));
  });
