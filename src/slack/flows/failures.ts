import type { ModalView } from '@slack/types';
import type { AppError } from '../../core/errors.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { problemView } from '../views/waiting.ts';
import { showOutcome } from './show-outcome.ts';

/** The sentence of an error with the reference under which the log has it. */
export function failureText(t: Catalogue, { error, reference }: { error: AppError; reference: string }): string {
  return `${errorSentence(t, error)}\n${t.problem.reference(reference)}`;
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
    problemView({ title: working.title.text, text, retry: null, privateMetadata }, t),
  );
}
