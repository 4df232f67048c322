import type { AppError } from '../../core/errors.ts';
import type { RawDraft } from '../../core/tasks/task.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import type { SlackDeps } from '../deps.ts';
import { type Interaction, noteFailure } from '../interaction.ts';
import type { PrivateData } from '../private-data.ts';
import { choicesAtHand, refill } from './task-form.ts';

/** The sentence of an error with the reference under which the log has it. */
export function failureText(t: Catalogue, { error, reference }: { error: AppError; reference: string }): string {
  return `${errorSentence(t, error)}\n${t.problem.reference(reference)}`;
}

/** Runs a step after a submitted form; when it fails, the form comes back as it was typed, with the reason on top. */
export async function orRefilled(
  deps: SlackDeps,
  interaction: Interaction,
  mode: 'create' | 'edit',
  data: PrivateData,
  raw: RawDraft,
  step: () => Promise<void>,
): Promise<void> {
  try {
    await step();
  } catch (thrown) {
    const choices = choicesAtHand(deps, data);
    if (choices === null) throw thrown;
    const alert = failureText(interaction.t, noteFailure(deps, thrown, `form ${mode}`));
    await refill(deps, interaction, mode, data, raw, { choices, issues: [], alert });
  }
}
