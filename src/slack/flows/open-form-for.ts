import type { KnownBlock } from '@slack/types';
import type { Interaction } from '../bolt/interaction.ts';
import { carrying, type FormRequest, type PrivateData, writeRequest } from '../bolt/private-data.ts';
import { workingView } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { messageView } from '../views/message-view.ts';
import { openForm, orProblem, waitingFor } from './open-form.ts';
import { oneOrAsk, type TypedRef, taskNamed, whichTask } from './which-task.ts';

/** The forms that are about a task. */
type TaskForm = Exclude<FormRequest['form'], 'quiet_hours' | 'notices' | 'line' | 'concurrency' | 'move' | 'watch'>;

/** A task as a person named it, and what for; of a copy, the name that it is to have, or none. */
type Named = Omit<TypedRef, 'rest'> & { operation: TaskForm; name?: string };

/** The form of an operation on one task; `new` makes a copy of it. */
function requestFor({ operation: form, name = '' }: Named, taskId: string): FormRequest {
  if (form !== 'new') return { form, task: taskId };
  return { form, from: taskId, ...(name !== '' && { name }) };
}

/**
 * Opens a form for a task that a person named. The modal opens before the platform is asked what that name refers to,
 * because a trigger is valid for three seconds; anything ambiguous is then asked in the modal.
 */
export async function openFormFor(deps: SlackDeps, interaction: Interaction, typed: Named): Promise<void> {
  const { t, person, channel } = interaction;
  const { ref, operation: form, name: rest } = typed;
  const asked = { ...typed, ...(rest !== undefined && { rest }) };
  const known = await deps.finder.findAtHand(person, ref);
  if (known?.kind === 'one') return openForm(deps, interaction, requestFor(typed, known.task.id));
  if (known?.kind === 'many' || (known?.kind === 'none' && known.unlisted)) {
    return void (await oneOrAsk(deps, interaction, asked, known));
  }

  if (!interaction.opensForms) {
    // Nothing is gained by a form before it is known which.
    const task = await taskNamed(deps, interaction, asked);
    if (task !== null) await openForm(deps, interaction, requestFor(typed, task.id));
    return;
  }

  const data: PrivateData = { channel };
  // If it was too late to open, the button offers what can be opened without knowing the task.
  const named = rest === undefined || rest === '' ? {} : { name: rest };
  const reopen = writeRequest(form === 'import' ? { form } : { form: 'new', ...named });
  const shown = await interaction.show(workingView(waitingFor[form], data, t), reopen);
  if (shown === null) return;
  await orProblem({ deps, person, t, data }, shown, form, async () => {
    const found = await deps.finder.find(person, ref);
    if (found.kind === 'one') return openForm(deps, interaction, requestFor(typed, found.task.id));
    const { blocks } = whichTask(deps, found, asked, t);
    const title = t.titles[form === 'new' ? 'create' : form];
    await shown.update(carrying(messageView({ title, blocks: blocks as KnownBlock[] }, t), data));
  });
}
