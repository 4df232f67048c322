import type { ModalView } from '@slack/types';
import type { AppError } from '../../core/errors.ts';
import type { RawDraft } from '../../core/tasks/task.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import type { SlackDeps } from '../deps.ts';
import { type Interaction, noteFailure } from '../interaction.ts';
import type { PrivateData } from '../private-data.ts';
import { problemView } from '../views/waiting.ts';
import { showOutcome } from './show-outcome.ts';
import { choicesAtHand, refill } from './task-form.ts';

/** The sentence of an error with the reference under which the log has it. */
export function failureText(t: Catalogue, { error, reference }: { error: AppError; reference: string }): string {
  return `${errorSentence(t, error)}\n${t.problem.reference(reference)}`;
}

/**
 * Runs a step after a submitted form; when it fails, the form comes back as it was typed, with the reason on top, and
 * the answer is null. The step must end where something was changed: that an outcome could not be shown is no reason to
 * offer the form again.
 */
export async function orRefilled<T>(
  deps: SlackDeps,
  interaction: Interaction,
  mode: 'create' | 'edit',
  data: PrivateData,
  raw: RawDraft,
  step: () => Promise<T>,
): Promise<T | null> {
  try {
    return await step();
  } catch (thrown) {
    const choices = choicesAtHand(deps, data);
    const alert = failureText(interaction.t, noteFailure(deps, thrown, `form ${mode}`));
    await refill(deps, interaction, mode, data, raw, { choices, issues: [], alert });
    return null;
  }
}

/** Puts what went wrong in the place of a view that says that work is going on. */
export async function showProblem(
  deps: SlackDeps,
  interaction: Interaction,
  where: string,
  working: ModalView,
  thrown: unknown,
): Promise<void> {
  const { t } = interaction;
  const text = failureText(t, noteFailure(deps, thrown, where));
  const privateMetadata = working.private_metadata ?? '';
  await showOutcome(
    deps,
    interaction,
    problemView({ t, title: working.title.text, text, retry: null, privateMetadata }),
  );
}
