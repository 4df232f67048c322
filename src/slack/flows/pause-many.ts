import type { NotPaused, PauseScope } from '../../core/tasks/pause-many.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import { messageOutcome, showOutcome } from '../bolt/outcome.ts';
import type { SlackDeps } from '../deps.ts';
import { type PauseFailure, pausedManyMessage } from '../views/paused-many.ts';

/** Pauses every task of a kind that is on, without a question, and says of each failure why. */
export async function pauseMany(deps: SlackDeps, interaction: Interaction, scope: PauseScope): Promise<void> {
  const { person, channel, t } = interaction;
  const { paused, failed, isIncomplete } = await deps.pauseMany({ scope, person, channel });
  const noted = noteFailures(deps, failed, 'pause many');
  const message = pausedManyMessage({ scope, paused, failed: noted, isIncomplete }, t);
  await showOutcome(deps, interaction, messageOutcome(t.states.paused, message, t));
}

/** The tasks that may still be calling, each of which the log knows. */
export function noteFailures(deps: SlackDeps, failed: readonly NotPaused[], where: string): PauseFailure[] {
  return failed.map(({ task, result }) => {
    const error = 'error' in result ? noteFailure(deps, result.error, where).error : null;
    return { task, kind: result.kind, error };
  });
}
