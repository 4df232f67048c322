import { shownView } from '../bolt/interaction.ts';
import { viewOutcome } from '../bolt/outcome.ts';
import { type FormRequest, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import { readWork } from '../bolt/work.ts';
import type { SlackDeps } from '../deps.ts';
import { problemView } from '../views/waiting.ts';
import type { DirectMessages } from './report-import.ts';

/** The form in which something was typed, as it was filled in. */
const keptForm = (kept: string, task: string | undefined): FormRequest =>
  task === undefined ? { form: 'new', kept } : { form: 'edit', task, kept };

/**
 * Says in the view that shows it as going on, or by direct message where that is closed, that work was interrupted.
 * An import that was confirmed goes on by itself and says so. Throws `chat_failed`.
 */
export async function reportInterrupted(
  { client, catalogueFor }: DirectMessages,
  { imports }: Pick<SlackDeps, 'imports'>,
  work: { id: string; body: string },
): Promise<void> {
  const { person, channel, kind, title, taskId, runId, key } = readWork(work.body);
  if (runId !== undefined) {
    if (await imports.isConfirmed(runId)) return;
    // Its numbers are not kept for someone who has to give them again.
    await imports.discard({ runId, person });
  }
  const t = await catalogueFor(person, client);
  const importForm = { form: 'import', ...(taskId !== undefined && { task: taskId }) } as const;
  const form = key !== undefined ? keptForm(key, taskId) : kind === 'import' ? importForm : null;
  const retry = form === null ? null : writeRequest(form);
  const said = kind === 'import' && key !== undefined ? 'launch' : kind;
  const view = problemView(
    { title, text: t.work.interrupted[said], retry, privateMetadata: writePrivateData({ channel }) },
    t,
  );
  if (await shownView(client, work.id).update(view)) return;
  await client.chat.postMessage({ channel: person, ...viewOutcome(view).message });
}
