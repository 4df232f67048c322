import type { ViewOutput } from '@slack/bolt';
import { toAppError } from '../../core/errors.ts';
import type { LaunchResult } from '../../core/imports/launch.ts';
import type { Ordered } from '../../core/imports/order.ts';
import type { ChannelRef } from '../../core/model/address.ts';
import { fields, type TaskDraft } from '../../core/model/fields.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { readPrivateData } from '../bolt/private-data.ts';
import { readState, readValue } from '../bolt/read-form.ts';
import type { SlackDeps } from '../deps.ts';
import { inputIds } from '../ids.ts';
import { noNumbers } from '../views/forms.ts';
import { landingOf } from './channel-of.ts';
import { keepSubmitted, showCreated } from './create-task.ts';
import { checkFresh, type FormSession, formBehind, orRefilled, uploadedIn } from './form-session.ts';
import { previewImport, showRun } from './import-numbers.ts';
import { importProgress } from './import-progress.ts';

/** A create form was submitted with numbers: shows what would be created, imported and called. Nothing is sent. */
export async function previewLaunch(session: FormSession, draft: TaskDraft): Promise<void> {
  const { deps, interaction, data, raw, numbers } = session;
  const key = data.key ?? deps.newId();
  const { text, file, files } = numbers ?? noNumbers;
  await keepSubmitted(session, key);
  const given = { taskId: '', text, file: file === null ? null : { id: file.id, shown: files.length > 0 } };
  const uploaded = uploadedIn(numbers ?? noNumbers);
  const automatic = fields.filter(({ name, optional }) => optional && raw[name].trim() === '').map(({ name }) => name);
  const behind = { ...data, key, draft, automatic, ...(uploaded !== null && { uploaded }) };
  await previewImport(deps, interaction, behind, given);
}

/**
 * The preview of a launch was confirmed: creates the task, imports the numbers and, where that was ordered, starts it. The
 * form comes back only while it is certain that there is no task.
 */
export async function launchTask(
  session: FormSession,
  { preview, ordered }: { preview: ViewOutput; ordered: Ordered | null },
): Promise<void> {
  const { deps, interaction, data } = session;
  const { person, t, view } = interaction;
  const { runId = '', key = '' } = data;
  const began = deps.clock.elapsed();
  const progress = importProgress(deps, { t, view });
  let channel: ChannelRef = interaction.channel;
  const result = await orRefilled(session, async (): Promise<LaunchResult | null> => {
    const checked = await checkFresh(session);
    if (checked === null) return null;
    await deps.forms.remember(person, session.raw, checked.choices);
    channel = await landingOf(interaction);
    const request = { runId, person, place: preview.id, channel, ordered };
    return deps.imports.launch(request, progress.show).catch(inProgress);
  });
  await progress.shown();
  if (result === null) return deps.imports.discard({ runId, person });
  if (result.kind === 'launched') return showRun(deps, interaction, { outcome: result.outcome, began });
  // Another press of the same button is still in progress and will show its outcome in this modal.
  if (result.kind !== 'in_progress') await showCreated(session, key, result, channel);
}

/** Another press of the same button carries it out, or has done so. Throws everything else. */
function inProgress(thrown: unknown): LaunchResult {
  const { code } = toAppError(thrown);
  if (code === 'already_sent' || code === 'held_elsewhere') return { kind: 'in_progress' };
  throw thrown;
}

/** The form behind a preview of a launch; null for a preview of an import alone. */
export function launchBehind(deps: SlackDeps, interaction: Interaction, preview: ViewOutput): FormSession | null {
  const text = readValue(readState(preview.state.values), inputIds.numbers).trim();
  return formBehind(deps, interaction, { data: readPrivateData(preview.private_metadata), text });
}
