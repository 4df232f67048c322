import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { runOrders } from '../../core/imports/order.ts';
import type { Interaction, ShownView } from '../bolt/interaction.ts';
import { inPlaceOf } from '../bolt/outcome.ts';
import { readPrivateData } from '../bolt/private-data.ts';
import { readValue } from '../bolt/read-value.ts';
import { workingView } from '../bolt/reply.ts';
import { workIn } from '../bolt/work.ts';
import type { SlackDeps } from '../deps.ts';
import { callbackIds } from '../ids.ts';
import { textMessage } from '../views/answers.ts';
import { changedPreview } from './import-choices.ts';
import { confirmImport, previewImport, sendImport } from './import-numbers.ts';
import { launchBehind, launchTask } from './launch-task.ts';

const pressed = z.object({
  order: z.enum(runOrders),
  agreed: z.number().int().min(0),
  asOf: z.number().int().default(0),
  accepted: z.array(z.string().max(100)).default([]),
});

/**
 * *Import and start* and the like on a preview. When something was changed in it, the list is read again first; of two
 * presses, the first acts.
 */
export async function orderImport(
  deps: SlackDeps,
  interaction: Interaction,
  { preview, value }: { preview: ViewOutput; value: string },
): Promise<void> {
  const { t, view, person } = interaction;
  const ordered = readValue(pressed, value);
  const data = readPrivateData(preview.private_metadata);
  const changed = changedPreview(preview, data);
  const launch = launchBehind(deps, interaction, preview);
  const sending =
    launch !== null ? 'creating' : ordered.order === 'pause_import_start' ? 'pausing_import' : 'sending_numbers';
  const shown = workingView(changed === null ? sending : 'reading_numbers', data, t);
  let replaced: Awaited<ReturnType<ShownView['replace']>> | undefined;
  const act = async (): Promise<void> => {
    if (replaced === 'changed') return;
    if (replaced !== 'shown') {
      // Closing a preview discards its numbers.
      if (data.runId !== undefined) await deps.imports.discard({ runId: data.runId, person });
      await interaction.answer(textMessage(t.imports.nothingSent));
      return;
    }
    await inPlaceOf(deps, interaction, { shown, where: 'import order' }, async () => {
      if (changed !== null) return previewImport(deps, interaction, data, changed);
      if (launch !== null) return launchTask(launch, { preview, ordered });
      const confirmed = await confirmImport(deps, { runId: data.runId, person, place: preview.id, ordered });
      return sendImport(deps, interaction, confirmed, preview);
    });
  };
  const work = workIn(preview.id, { form: callbackIds.sendImport, person, title: shown.title.text, data });
  await deps.noted(
    work,
    async () => {
      replaced = await view?.replace(shown, preview.hash);
    },
    act,
  );
}
