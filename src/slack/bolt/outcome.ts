import type { KnownBlock, ModalView } from '@slack/types';
import { toAppError } from '../../core/errors.ts';
import { patiently } from '../../core/time/waiting.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import type { SlackDeps } from '../deps.ts';
import type { Failure } from '../views/answers.ts';
import { fitMessage, type MessageBody } from '../views/limits.ts';
import { messageView } from '../views/message-view.ts';
import { section } from '../views/parts.ts';
import { type Problem, problemView } from '../views/waiting.ts';
import { type Interaction, noteFailure } from './interaction.ts';
import { writePrivateData } from './private-data.ts';

/** The outcome of something a person asked for, shown in the modal where they asked, or in a message. */
export interface Outcome {
  view: ModalView;
  message: MessageBody;
}

/** An outcome that is a message by nature, such as a question. `title` heads it in a modal. */
export function messageOutcome(title: string, message: MessageBody, t: Catalogue): Outcome {
  return { view: messageView({ title, blocks: message.blocks }, t), message };
}

/** An outcome that is a view by nature. `message` replaces it where its blocks cannot be posted (inputs). */
export function viewOutcome(view: ModalView, message?: MessageBody): Outcome {
  return { view, message: message ?? fitMessage({ text: view.title.text, blocks: view.blocks as KnownBlock[] }) };
}

/** The outcome beneath what came before it; mrkdwn. */
export function beneath(text: string, { view, message }: Outcome): Outcome {
  const above = section(text);
  return {
    view: { ...view, blocks: [above, ...view.blocks] },
    message: fitMessage({ text: `${text}\n${message.text}`, blocks: [above, ...message.blocks] }),
  };
}

/** An error that cannot be fixed in a form. Where there is a way to try again, the message offers it too. */
export function problemOutcome(problem: Omit<Problem, 'privateMetadata'>, message: MessageBody, t: Catalogue): Outcome {
  const { view, message: whole } = viewOutcome(problemView({ ...problem, privateMetadata: '' }, t));
  return { view, message: problem.retry === null ? message : { ...whole, text: message.text } };
}

/** Logs the error, and returns its sentence with the reference to its line in the log. */
export function failureText(deps: SlackDeps, t: Catalogue, thrown: unknown, where: string): string {
  return withReference(noteFailure(deps, thrown, where), t);
}

/** The words for a failure that the log has: mrkdwn. */
export function withReference({ error, reference }: Failure, t: Catalogue): string {
  return `${errorSentence(t, error)}\n${t.problem.reference(reference)}`;
}

/** An outcome that Slack rate-limits is retried once: after the time Slack asks for, or this long, ms. */
const patience = { maxWaits: 1, maxWaitMs: 30_000 };
const usualWaitMs = 1_000;

/**
 * Shows an outcome in the modal in which it was requested. When that modal is closed, or Slack does not show it, the
 * person gets the message instead: an outcome is never lost, and failing to show it does not fail the action. A view
 * without data of its own carries the channel, so that its buttons know where everything began.
 * @returns whether it is shown in the modal.
 */
export async function showOutcome(
  deps: Pick<SlackDeps, 'clock' | 'log'>,
  interaction: Interaction,
  { view, message }: Outcome,
): Promise<boolean> {
  const { view: open, channel } = interaction;
  if (open === null) {
    await interaction.replace(message);
    return false;
  }
  const carrying = { ...view, private_metadata: view.private_metadata || writePrivateData({ channel }) };
  const shown = await patiently(
    deps.clock,
    patience,
    () => open.update(carrying).catch(toAppError),
    (result) => {
      if (typeof result === 'boolean') return null;
      deps.log.warn('an outcome could not be shown in its modal', { reason: result.message });
      return result.details.retryAfterMs ?? usualWaitMs;
    },
  );
  if (shown === true) return true;
  await interaction.answer(message);
  return false;
}

/** Does the work that a view shows to be in progress: when it fails, the view must not outlast it. */
export async function inPlaceOf(
  deps: SlackDeps,
  interaction: Interaction,
  { shown, where }: { shown: ModalView; where: string },
  work: (interaction: Interaction) => Promise<void>,
): Promise<void> {
  try {
    await work(interaction);
  } catch (thrown) {
    const { t } = interaction;
    const text = failureText(deps, t, thrown, where);
    const privateMetadata = shown.private_metadata ?? '';
    const view = problemView({ title: shown.title.text, text, retry: null, privateMetadata }, t);
    await showOutcome(deps, interaction, viewOutcome(view));
  }
}
