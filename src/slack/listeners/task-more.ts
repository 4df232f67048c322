import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { watchMessage } from '../views/answers.ts';

/** The overflow menu of a card: `edit:<id>`, `clone:<id>`, `watch:<id>`, `delete:<id>`. */
export const taskMore: Register = (app, deps) =>
  onAction(app, deps, 'task_more', async (interaction, { value }) => {
    const at = value.indexOf(':');
    const task = value.slice(at + 1);
    switch (value.slice(0, at)) {
      case 'edit':
        return openForm(deps, interaction, { form: 'edit', task });
      case 'clone':
        return openForm(deps, interaction, { form: 'new', from: task });
      case 'delete':
        return openForm(deps, interaction, { form: 'delete', task });
      case 'watch': {
        const { t, channel, person } = interaction;
        const card = await deps.tasks.card(task);
        const { already } = await deps.watches.add({ task: card.task, channel, person });
        const kind = already ? 'already' : 'added';
        await interaction.answer(watchMessage({ t, kind, taskName: card.task.name, channel }));
      }
    }
  });
