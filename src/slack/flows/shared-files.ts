import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import type { Interaction } from '../bolt/interaction.ts';
import { type NamedFile, type PrivateData, readPrivateData, readRequest, writeRequest } from '../bolt/private-data.ts';
import { workingView } from '../bolt/reply.ts';
import { workIn } from '../bolt/work.ts';
import type { SlackDeps } from '../deps.ts';
import { callbackIds } from '../ids.ts';
import { carriedName } from '../views/carried-name.ts';
import { importOfferMessage } from '../views/imports.ts';
import { previewImport } from './import-numbers.ts';
import { openForm } from './open-form.ts';

/** As many as fit, with their names, into the value of a button. */
const maxFiles = 8;

const files = z
  .array(
    z.object({
      id: z.string().min(1).max(100),
      name: z.string().nullish(),
      title: z.string().nullish(),
      mimetype: z.string().nullish(),
    }),
  )
  .catch([]);

/** The files of a message, by what Slack says of them; sounds, films and pictures are never lists. */
export function filesIn(given: unknown): NamedFile[] {
  return files
    .parse(given)
    .filter(({ mimetype }) => !/^(?:image|audio|video)\//.test(mimetype ?? ''))
    .slice(0, maxFiles)
    .map(({ id, name, title }) => ({ id, name: carriedName(name || title || id) }));
}

/**
 * Opens the import form for the files of a message. Where there is nothing to choose, one file and one task that the
 * channel watches, it shows at once what would be sent, with a way to another task.
 */
export async function importFiles(deps: SlackDeps, interaction: Interaction, shared: NamedFile[]): Promise<void> {
  const watched = await deps.watches.of(interaction.channel).catch(() => []);
  const [only, another] = watched;
  const suggested = only !== undefined && another === undefined ? only.taskId : undefined;
  const [file, further] = shared;
  if (suggested === undefined || file === undefined || further !== undefined) {
    await openForm(deps, interaction, { form: 'import', files: shared, ...(suggested !== undefined && { suggested }) });
    return;
  }
  const { t, person, channel } = interaction;
  const data: PrivateData = { channel, files: shared };
  const reading = workingView('reading_numbers', data, t);
  const view = await interaction.show(reading, writeRequest({ form: 'import', files: shared, suggested }));
  if (view === null) return;
  const given = { taskId: suggested, text: '', file: { id: file.id, shown: true } };
  const work = workIn(view.id, { form: callbackIds.importNumbers, person, title: reading.title.text, data });
  await deps.noted(
    work,
    async () => undefined,
    () => previewImport(deps, interaction, data, given),
  );
}

/** Offers a person to import the files of their message, into the task that they named with it. */
export async function offerImport(
  { finder }: SlackDeps,
  { person, answer, t }: Interaction,
  { files: shared, ref }: { files: NamedFile[]; ref: string },
): Promise<void> {
  const named = ref === '' ? null : await finder.findAtHand(person, ref).catch(() => null);
  const suggested = named?.kind === 'one' ? { suggested: named.task.id } : {};
  const value = writeRequest({ form: 'import', files: shared, ...suggested });
  await answer(importOfferMessage({ files: shared, value }, t));
}

/** *Another task* on a preview: its numbers are discarded, and the form asks for the task. */
export async function importElsewhere(
  deps: SlackDeps,
  interaction: Interaction,
  { preview, value }: { preview: ViewOutput; value: string },
): Promise<void> {
  const { runId } = readPrivateData(preview.private_metadata);
  if (runId !== undefined) await deps.imports.discard({ runId, person: interaction.person });
  await openForm(deps, interaction, readRequest(value));
}
