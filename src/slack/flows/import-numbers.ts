import { AppError, toAppError } from '../../core/errors.ts';
import { readNumbers } from '../../core/imports/read.ts';
import type { Catalogue } from '../../i18n/en.ts';
import type { SlackDeps } from '../deps.ts';
import { type Interaction, noteFailure } from '../interaction.ts';
import { carrying, type PrivateData, writePrivateData } from '../private-data.ts';
import { readFileId, readState, readValue } from '../read-form.ts';
import { textMessage } from '../views/answers.ts';
import { importPreviewView, importProgressView, importView } from '../views/imports.ts';
import { failureText } from './failures.ts';
import { importTold } from './tell-import.ts';

/** What the import form holds. */
export interface GivenNumbers {
  taskId: string;
  text: string;
  /** Id of the uploaded file. */
  file: string | null;
}

/** The submitted import form, or what is missing, by field. */
export function readImportForm(
  values: unknown,
  data: PrivateData,
  t: Catalogue,
): GivenNumbers | { errors: Record<string, string> } {
  const state = readState(values);
  const taskId = data.taskId ?? readValue(state, 'task');
  const text = readValue(state, 'numbers').trim();
  const file = readFileId(state, 'file');
  if (taskId === '') return { errors: { task: t.work.noTask } };
  if (text === '' && file === null) return { errors: { numbers: t.work.nothingGiven } };
  if (text !== '' && file !== null) return { errors: { numbers: t.work.bothGiven } };
  return { taskId, text, file };
}

/** Reads the numbers and shows what would be sent. Nothing is sent here; what cannot be read brings the form back. */
export async function previewImport(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  given: GivenNumbers,
): Promise<void> {
  const { t, view, person, channel } = interaction;
  try {
    const [{ task }, list] = await Promise.all([
      deps.tasks.card(given.taskId),
      given.file === null
        ? readNumbers({ text: given.text })
        : deps.download(given.file, interaction.client).then((bytes) => readNumbers({ bytes })),
    ]);
    const run = list.ready.length > 0 ? await deps.imports.prepare({ task, list, person, channel }) : null;
    const privateMetadata = writePrivateData({ channel, taskId: task.id, ...(run === null ? {} : { runId: run.id }) });
    const shown = await view?.update(
      importPreviewView({ t, task, list, batchSize: deps.importBatch, privateMetadata }),
    );
    if (shown === false && run !== null) await deps.imports.discard(run.id);
  } catch (thrown) {
    const alert = failureText(t, noteFailure(deps, thrown, 'import preview'));
    const cards = await deps.tasks.cards().catch(() => []);
    const task =
      cards.find((card) => card.task.id === given.taskId)?.task ?? deps.board.get(given.taskId)?.task ?? null;
    const privateMetadata = writePrivateData({ ...data, ...(task === null ? {} : { taskId: task.id }) });
    await view?.update(
      importView({ t, task, tasks: cards.map((card) => card.task), text: given.text, alert, privateMetadata }),
    );
  }
}

/** At most one edit of the progress view in this time, ms. */
const progressEveryMs = 1_000;

/** Sends a previewed import, shows how far it is, and tells the result even when the modal was closed. */
export async function sendImport(deps: SlackDeps, interaction: Interaction, data: PrivateData): Promise<void> {
  const { t, view } = interaction;
  const { runId, taskId } = data;
  if (runId === undefined || taskId === undefined) throw new AppError('internal', 'the preview carries no run');
  const taskName = deps.board.get(taskId)?.task.name ?? taskId;
  let lastShown = 0;
  let editing: Promise<unknown> = Promise.resolve();
  const showProgress = (sent: number, total: number): void => {
    if (deps.clock.now() - lastShown < progressEveryMs) return;
    lastShown = deps.clock.now();
    // A progress that cannot be shown must not stop the import.
    editing = editing.then(() => view?.update(importProgressView({ t, taskName, sent, total }))).catch(() => false);
  };
  try {
    const result = await deps.imports.send(runId, showProgress);
    await editing;
    const told = importTold(t, result.run, result);
    const shown = await view?.update(carrying(told.view, { channel: interaction.channel }));
    if (shown !== true) await interaction.answer(told.message);
  } catch (thrown) {
    await editing;
    const error = toAppError(thrown);
    if (error.code !== 'outcome_unknown') throw error;
    await interaction.answer(textMessage({ t, text: t.work.sentBefore }));
  }
}
