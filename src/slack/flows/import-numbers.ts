import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { AppError, toAppError } from '../../core/errors.ts';
import type { RunOutcome } from '../../core/imports/ledger.ts';
import type { Ordered } from '../../core/imports/order.ts';
import type { OnProgress } from '../../core/imports/run.ts';
import { inListOrder } from '../../core/tasks/filter.ts';
import { within } from '../../core/time/waiting.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { withAlert } from '../bolt/alert.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { failureText, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { carrying, type PrivateData, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import { readFile, readState, readValue } from '../bolt/read-form.ts';
import type { SlackDeps } from '../deps.ts';
import { inputIds } from '../ids.ts';
import { textMessage } from '../views/answers.ts';
import { importPreviewView, importView } from '../views/imports.ts';
import { formBehind, refill } from './form-session.ts';
import { choicesIn, type GivenFile, type GivenNumbers, wishesIn } from './import-choices.ts';
import { importProgress } from './import-progress.ts';
import { importOutcome } from './report-import.ts';

/** The submitted import form, or what is missing, by field. */
export function readImportForm(
  values: unknown,
  data: PrivateData,
  t: Catalogue,
): GivenNumbers | { errors: Record<string, string> } {
  const state = readState(values);
  const taskId = data.taskId ?? readValue(state, inputIds.task);
  const text = readValue(state, inputIds.numbers).trim();
  const file = fileIn(state, data);
  if (taskId === '') return { errors: { [inputIds.task]: t.work.noTask } };
  if (text === '' && file === null) return { errors: { [inputIds.numbers]: t.work.nothingGiven } };
  if (text !== '' && file !== null) return { errors: { [inputIds.numbers]: t.work.bothGiven } };
  return { taskId, text, file };
}

/** The file of the message where there is one, else the one that was uploaded. */
function fileIn(state: ReturnType<typeof readState>, { files = [] }: PrivateData): GivenFile | null {
  const chosen = readValue(state, inputIds.messageFile);
  // What was chosen is said by the client: only a file of the message counts.
  const shown = files.find(({ id }) => id === chosen) ?? files[0];
  if (shown !== undefined) return { id: shown.id, shown: true };
  const uploaded = readFile(state, inputIds.file);
  return uploaded === null ? null : { id: uploaded.id, shown: false };
}

/** Reads the numbers and shows what would be sent. Nothing is sent here; an error brings the form back. */
export async function previewImport(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  given: GivenNumbers,
): Promise<void> {
  const { t, view, person, channel, client } = interaction;
  const { taskId, text, file, choices } = given;
  // An earlier reading of the same list, which this one replaces.
  if (data.runId !== undefined) await deps.imports.discard({ runId: data.runId, person });
  let runId: string | null = null;
  try {
    const decided = choices === undefined ? {} : { choices };
    const list =
      file === null ? { text, ...decided } : { file: deps.download({ ...file, person }, client), ...decided };
    const { draft, automatic, key = deps.newId() } = data;
    const into = draft === undefined ? { taskId } : { creation: { key, draft } };
    const preview = await deps.imports.preview({
      ...into,
      given: list,
      person,
      channel,
      wishes: wishesIn(choices),
    });
    runId = preview.runId;
    const privateMetadata = writePrivateData({
      channel,
      ...(draft === undefined ? { taskId } : { draft, automatic, key }),
      ...(data.uploaded !== undefined && { uploaded: data.uploaded }),
      ...(runId !== null && { runId }),
      ...(file !== null && { fileId: file.id, fileShown: file.shown }),
      ...(data.files !== undefined && { files: data.files }),
      choices: choicesIn(preview.list, choices),
    });
    const shared = sharedOf(data, given);
    const shown = await view?.update(importPreviewView({ ...preview, text, choices, shared, privateMetadata }, t));
    if (shown === false && runId !== null) await deps.imports.discard({ runId, person });
  } catch (thrown) {
    const alert = failureText(deps, t, thrown, 'import preview');
    // A preview that nobody sees can neither be sent nor closed.
    if (runId !== null) await deps.imports.discard({ runId, person });
    const behind = formBehind(deps, interaction, { data: withoutBadFile(data, thrown), text });
    if (behind !== null) return refill(behind, { alert });
    const gone = toAppError(thrown).code === 'task_gone';
    const again = formAgain(deps, { data: keepingFile(data, thrown), given, alert, gone }, t);
    await showOutcome(deps, interaction, viewOutcome(again, textMessage(alert)));
  }
}

/** The file of a message, and the way to another task for it. */
function sharedOf(
  { files = [] }: PrivateData,
  { file, taskId }: GivenNumbers,
): { fileName: string; elsewhere: string } | null {
  const given = files.find(({ id }) => id === file?.id);
  if (given === undefined) return null;
  return {
    fileName: given.name,
    elsewhere: writeRequest({ form: 'import', files, ...(taskId !== '' && { suggested: taskId }) }),
  };
}

/** Without the files of the message when the trouble is theirs: the form then takes another, or pasted numbers. */
function keepingFile(data: PrivateData, thrown: unknown): PrivateData {
  const { code, details } = toAppError(thrown);
  const passes = details.fileTrouble === 'busy' || details.fileTrouble === 'not_ready';
  const { files, ...rest } = data;
  return files === undefined || (code.startsWith('file_') && !passes) ? rest : data;
}

/** Without the file that was uploaded when the trouble is that file's: the form then takes another. */
function withoutBadFile({ uploaded, ...rest }: PrivateData, thrown: unknown): PrivateData {
  const { code, details } = toAppError(thrown);
  const passes = details.fileTrouble === 'busy' || details.fileTrouble === 'not_ready';
  return uploaded === undefined || (code.startsWith('file_') && !passes) ? rest : { ...rest, uploaded };
}

/** The import form as it was filled in, with the error; when the task is gone, it asks for another one. */
function formAgain(
  deps: SlackDeps,
  { data, given, alert, gone }: { data: PrivateData; given: GivenNumbers; alert: string; gone: boolean },
  t: Catalogue,
): ModalView {
  const known = inListOrder(deps.finder.known());
  const cards = gone ? known.filter(({ task: { id } }) => id !== given.taskId) : known;
  const task = cards.find(({ task: { id } }) => id === given.taskId)?.task ?? null;
  const { taskId: _, runId: _run, fileId: _file, fileShown: _shown, choices: _choices, ...open } = data;
  const privateMetadata = writePrivateData(task === null ? open : { ...open, taskId: task.id });
  return importView({ task, cards, files: open.files ?? [], text: given.text, alert, privateMetadata }, t);
}

/**
 * A person may have left a modal by the time a result takes longer than this: it is sent as a direct message instead,
 * ms.
 */
const promptMs = 60_000;

/** So long an acknowledgement waits until the store has a confirmation, ms; Slack wants it within three seconds. */
const confirmWithinMs = 1_000;

/** A run whose preview was confirmed. */
interface Confirmed {
  runId: string;
  outcome: Promise<RunOutcome>;
  /** Shows the progress from now on. */
  showIn(show: OnProgress): void;
}

/**
 * Begins to send a previewed run. The store has the confirmation before it is acknowledged, so whatever a person has
 * been shown as being sent goes on after a crash; a store that is slow is waited for behind the acknowledgement.
 */
export async function confirmImport(
  deps: Pick<SlackDeps, 'imports' | 'clock'>,
  { runId, ...request }: { runId: string | undefined; person: string; place: string; ordered?: Ordered | null },
): Promise<Confirmed> {
  if (runId === undefined) throw new AppError('internal', 'the preview carries no run');
  let show: OnProgress = () => undefined;
  let confirmed: () => void = () => undefined;
  const isConfirmed = new Promise<void>((resolve) => {
    confirmed = resolve;
  });
  const outcome = deps.imports.send({ runId, ...request, confirmed }, (...progress) => show(...progress));
  // What fails is said where the outcome is shown.
  const isOver = outcome.then(
    () => undefined,
    () => undefined,
  );
  await within(deps.clock, { ms: confirmWithinMs }, Promise.race([isConfirmed, isOver]), () => undefined);
  return {
    runId,
    outcome,
    showIn(shown) {
      show = shown;
    },
  };
}

/**
 * Sends a previewed import, shows its progress, and reports the result even when the modal was closed. When the
 * platform cannot be reached, nothing has been sent and the preview comes back.
 */
export async function sendImport(
  deps: SlackDeps,
  interaction: Interaction,
  { runId, outcome: sending, showIn }: Confirmed,
  preview: ViewOutput,
): Promise<void> {
  const { t, view } = interaction;
  const began = deps.clock.elapsed();
  const progress = importProgress(deps, { t, view });
  let outcome: RunOutcome;
  showIn(progress.show);
  try {
    outcome = await sending;
  } catch (thrown) {
    await progress.shown();
    return notSent(deps, interaction, { runId, preview }, toAppError(thrown));
  }
  await progress.shown();
  await showRun(deps, interaction, { outcome, began });
}

/** Shows what became of a run that this process has sent since `began` (elapsed, ms), and concludes it. */
export async function showRun(
  deps: SlackDeps,
  interaction: Interaction,
  { outcome, began }: { outcome: RunOutcome; began: number },
): Promise<void> {
  const { t, view, person, channel } = interaction;
  const runId = outcome.run.id;
  const shown = importOutcome(deps, outcome, t);
  if (deps.clock.elapsed() - began < promptMs) await showOutcome(deps, interaction, shown);
  else if ((await view?.update(carrying(shown.view, { channel })).catch(() => false)) !== true) {
    await interaction.client.chat.postMessage({ channel: person, ...shown.message });
  }
  // What is left is done with a later poll when it fails now.
  await deps.imports
    .conclude(runId)
    .catch((thrown) =>
      deps.log.warn('an import could not be concluded', { run: runId, code: toAppError(thrown).code }),
    );
}

/** Nothing, or nothing more, was sent: says why, and keeps the numbers only where they can be sent again. */
async function notSent(
  deps: SlackDeps,
  interaction: Interaction,
  { runId, preview }: { runId: string; preview: ViewOutput },
  error: AppError,
): Promise<void> {
  const { t, person } = interaction;
  if (error.code === 'already_sent' || error.code === 'held_elsewhere') {
    // The submission that sends it shows the outcome in this modal.
    await interaction.answer(textMessage(t.errors[error.code]()));
    return;
  }
  const isPaused = error.code !== 'not_paused';
  if (isPaused && !error.code.startsWith('platform_')) {
    if (error.code === 'task_gone') await deps.imports.discard({ runId, person });
    throw error;
  }
  const text = [failureText(deps, t, error, 'import'), ...(isPaused ? [t.imports.nothingSent] : [])].join('\n');
  const shown = await showOutcome(deps, interaction, viewOutcome(withAlert(preview, text), textMessage(text)));
  if (!shown) await deps.imports.discard({ runId, person });
}
