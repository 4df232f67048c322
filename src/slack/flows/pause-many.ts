import type { SubscriptionScope } from '../../core/model/subscription.ts';
import type { NotPaused } from '../../core/tasks/pause-many.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { type PauseFailure, pausedManyMessage } from '../views/paused-many.ts';

/** Pauses every task of a kind that is on, without a question, and says of each failure why. */
export async function pauseMany(deps: SlackDeps, interaction: Interaction, scope: SubscriptionScope): Promise<void> {
  const { person, channel, t } = interaction;
  const { paused, failed, isIncomplete } = await deps.pauseMany({ scope, person, channel });
  const noted = noteFailures(deps, failed, 'pause many');
  await interaction.replace(pausedManyMessage({ scope, paused, failed: noted, isIncomplete }, t));
}

/** The tasks that may still be calling, each of which the log knows. */
export function noteFailures(deps: SlackDeps, failed: readonly NotPaused[], where: string): PauseFailure[] {
  return failed.map(({ task, result }) => {
    const error = 'error' in result ? noteFailure(deps, result.error, where).error : null;
    return { task, kind: result.kind, error };
  });
}
