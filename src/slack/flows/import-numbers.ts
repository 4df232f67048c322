import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { AppError, toAppError } from '../../core/errors.ts';
import { readNumbers } from '../../core/imports/read.ts';
import type { ImportRun } from '../../core/model/import-run.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import { carrying, type PrivateData, writePrivateData } from '../bolt/private-data.ts';
import { readFileId, readState, readValue } from '../bolt/read-form.ts';
import type { SlackDeps } from '../deps.ts';
import { inputIds } from '../ids.ts';
import { textMessage } from '../views/answers.ts';
import { importPreviewView, importProgressView, importView } from '../views/imports.ts';
import { section } from '../views/parts.ts';
import { warning } from '../views/state.ts';
import { failureText } from './failures.ts';
import { showOutcome } from './show-outcome.ts';
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
  const taskId = data.taskId ?? readValue(state, inputIds.task);
  const text = readValue(state, inputIds.numbers).trim();
  const file = readFileId(state, inputIds.file);
  if (taskId === '') return { errors: { [inputIds.task]: t.work.noTask } };
  if (text === '' && file === null) return { errors: { [inputIds.numbers]: t.work.nothingGiven } };
  if (text !== '' && file !== null) return { errors: { [inputIds.numbers]: t.work.bothGiven } };
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
  let run: ImportRun | null = null;
  try {
    const [{ task }, list] = await Promise.all([
      deps.tasks.card(given.taskId),
      given.file === null
        ? readNumbers({ text: given.text })
        : deps.download(given.file, interaction.client).then((bytes) => readNumbers({ bytes })),
    ]);
    run = list.ready.length > 0 ? await deps.imports.prepare({ task, list, person, channel }) : null;
    const privateMetadata = writePrivateData({ channel, taskId: task.id, ...(run === null ? {} : { runId: run.id }) });
    const shown = await view?.update(
      importPreviewView({ task, list, batchSize: deps.importBatch, privateMetadata }, t),
    );
    if (shown === false && run !== null) await deps.imports.discard(run.id);
  } catch (thrown) {
    const alert = failureText(t, noteFailure(deps, thrown, 'import preview'));
    // A preview that nobody sees can neither be sent nor closed.
    if (run !== null) await deps.imports.discard(run.id);
    const tasks = deps.board.all().map((reading) => reading.task);
    const task = tasks.find(({ id }) => id === given.taskId) ?? null;
    const gone = toAppError(thrown).code === 'task_gone';
    const { taskId: _, ...open } = data;
    const privateMetadata = writePrivateData(gone || task === null ? open : { ...open, taskId: task.id });
    const again = importView(
      {
        task: gone ? null : task,
        tasks: gone ? tasks.filter(({ id }) => id !== given.taskId) : tasks,
        text: given.text,
        alert,
        privateMetadata,
      },
      t,
    );
    await showOutcome(deps, interaction, again, textMessage(alert));
  }
}

/** At most one edit of the progress view in this time, ms. */
const progressEveryMs = 1_000;

/** A result that took longer than this may find its person gone: a direct message waits for them, ms. */
const promptMs = 60_000;

/**
 * Sends a previewed import, shows how far it is, and tells the result even when the modal was closed. When the platform
 * cannot be reached nothing has been sent, and the preview comes back.
 */
export async function sendImport(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  preview: ViewOutput,
): Promise<void> {
  const { t, view, person } = interaction;
  const { runId, taskId } = data;
  if (runId === undefined || taskId === undefined) throw new AppError('internal', 'the preview carries no run');
  const taskName = deps.board.get(taskId)?.task.name ?? taskId;
  const began = deps.clock.now();
  let lastShown = 0;
  let editing: Promise<unknown> = Promise.resolve();
  const showProgress = (sent: number, total: number): void => {
    if (deps.clock.now() - lastShown < progressEveryMs) return;
    lastShown = deps.clock.now();
    // A progress that cannot be shown must not stop the import.
    editing = editing.then(() => view?.update(importProgressView({ taskName, sent, total }, t))).catch(() => false);
  };
  let result: Awaited<ReturnType<SlackDeps['imports']['send']>>;
  try {
    result = await deps.imports.send(runId, showProgress);
  } catch (thrown) {
    await editing;
    await notSent(deps, interaction, runId, preview, toAppError(thrown));
    return;
  }
  await editing;
  const told = importTold(t, result.run, result);
  const shown = carrying(told.view, { channel: interaction.channel });
  if (deps.clock.now() - began < promptMs) await showOutcome(deps, interaction, shown, told.message);
  else if ((await view?.update(shown).catch(() => false)) !== true) {
    await interaction.client.chat.postMessage({ channel: person, ...told.message });
  }
}

/** Nothing, or nothing more, was sent: says why, and keeps the numbers only where they can be sent again. */
async function notSent(
  deps: SlackDeps,
  interaction: Interaction,
  runId: string,
  preview: ViewOutput,
  error: AppError,
): Promise<void> {
  const { t } = interaction;
  if (error.code === 'outcome_unknown') {
    // Whoever sends it shows the outcome in this modal.
    await interaction.answer(textMessage(t.work.sentBefore));
    return;
  }
  if (!error.code.startsWith('platform_')) {
    if (error.code === 'task_gone') await deps.imports.discard(runId);
    throw error;
  }
  const text = `${failureText(t, noteFailure(deps, error, 'import'))}\n${t.imports.nothingSent}`;
  const shown = await showOutcome(deps, interaction, withAlert(preview, text), textMessage(text));
  if (!shown) await deps.imports.discard(runId);
}

/** A view as Slack gave it back, with an alert on top. */
function withAlert(view: ViewOutput, text: string): ModalView {
  const { callback_id, title, submit, close, private_metadata, notify_on_close } = view;
  const alert: KnownBlock = { ...section(`${warning} ${text}`), block_id: 'alert' };
  return {
    type: 'modal',
    callback_id,
    title,
    ...(submit && { submit }),
    ...(close && { close }),
    private_metadata,
    notify_on_close,
    blocks: [alert, ...view.blocks.filter((block) => block.block_id !== 'alert')],
  };
}
