import type { KnownBlock } from '@slack/types';
import type { Interaction } from '../bolt/interaction.ts';
import { carrying, type FormRequest, type PrivateData, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import type { SlackDeps } from '../deps.ts';
import { messageView } from '../views/message-view.ts';
import { loadingView } from '../views/waiting.ts';
import { lookUp, lookUpAtHand, whichTask } from './find-task.ts';
import { openForm, orProblem } from './open-form.ts';

export type FormOperation = 'new' | 'edit' | 'import' | 'delete';

/** The form of an operation on one task; `new` makes a copy of it. */
export function requestFor(operation: FormOperation, taskId: string): FormRequest {
  return operation === 'new' ? { form: 'new', from: taskId } : { form: operation, task: taskId };
}

/**
 * Opens a form for a task that a person named. The modal opens before the platform is asked what that name stands
 * for, because the click allows three seconds; what is not clear is then asked in the modal.
 */
export async function openFormFor(
  deps: SlackDeps,
  interaction: Interaction,
  ref: string,
  operation: FormOperation,
): Promise<void> {
  const { t, person, channel } = interaction;
  const known = await lookUpAtHand(deps, person, ref);
  if (known?.kind === 'one') return openForm(deps, interaction, requestFor(operation, known.task.id));
  if (known?.kind === 'many') return interaction.answer(whichTask(t, known, ref, operation));

  const data: PrivateData = { channel };
  // Opened too late, the button offers what can be opened without knowing the task.
  const reopen = writeRequest(operation === 'import' ? { form: 'import' } : { form: 'new' });
  const kind = operation === 'import' ? 'import' : operation === 'new' ? 'form' : 'edit';
  const shown = await interaction.show(loadingView({ kind, privateMetadata: writePrivateData(data) }, t), reopen);
  if (shown === null) return;
  await orProblem(deps, interaction, shown, operation, data, async () => {
    const found = await lookUp(deps, person, ref);
    if (found.kind === 'one') return openForm(deps, interaction, requestFor(operation, found.task.id));
    const { blocks } = whichTask(t, found, ref, operation);
    const title = t.titles[operation === 'new' ? 'create' : operation];
    await shown.update(carrying(messageView({ title, blocks: blocks as KnownBlock[] }, t), data));
  });
}
