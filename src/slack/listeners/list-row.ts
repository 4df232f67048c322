import { z } from 'zod';
import { taskRef } from '../../core/model/task.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { onAction } from '../bolt/listen.ts';
import { readValue, understood } from '../bolt/read-value.ts';
import type { Register, SlackDeps } from '../deps.ts';
import { actOnTask } from '../flows/act-on-task.ts';
import { openForm } from '../flows/open-form.ts';
import { showList } from '../flows/show-list.ts';
import { showTask } from '../flows/show-task.ts';
import { actionFamilies, type RowVerb, rowVerbs } from '../ids.ts';
import { readListRequest } from '../views/list-request.ts';
import { pausedMessage, startedMessage } from '../views/start.ts';

const rowValue = z.object({ task: taskRef });

interface Row {
  taskId: string;
  /** What the button carries: what the list shows. */
  value: string;
}

const acts: Record<RowVerb, (deps: SlackDeps, interaction: Interaction, row: Row) => Promise<void>> = {
  show: (deps, interaction, { taskId }) => showTask(deps, interaction, taskId),
  import: (deps, interaction, { taskId }) => openForm(deps, interaction, { form: 'import', task: taskId }),
  pause: (deps, interaction, { taskId, value }) =>
    actOnTask(deps, interaction, {
      verb: 'pause',
      taskId,
      done: (card) => showList(deps, interaction, readListRequest(value), pausedMessage(card, interaction.t).text),
    }),
  // *Pause* was in the same place a moment ago, so a start always asks.
  start: (deps, interaction, { taskId, value }) =>
    actOnTask(deps, interaction, {
      verb: 'start',
      taskId,
      confirm: true,
      done: (card) => showList(deps, interaction, readListRequest(value), startedMessage(card, interaction.t).text),
    }),
};

/** The buttons beside a task in the list; what cannot be done at once is said below it. */
export const listRow: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.listRow, async (interaction, { value, body }) => {
    const verb = understood(z.enum(rowVerbs), body.actions[0]?.action_id.split(':')[1]);
    await acts[verb](deps, interaction, { taskId: readValue(rowValue, value).task, value });
  });
