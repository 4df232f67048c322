import type { NotPaused, PauseScope } from '../../core/tasks/pause-many.ts';
import { within } from '../../core/time/waiting.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import { messageOutcome, showOutcome } from '../bolt/outcome.ts';
import type { SlackDeps } from '../deps.ts';
import { type PauseFailure, pausedManyMessage } from '../views/paused-many.ts';

/** Pauses every task of a kind that is on, without a question, and says of each failure why. */
export async function pauseMany(deps: SlackDeps, interaction: Interaction, scope: PauseScope): Promise<void> {
  const { person, channel, t } = interaction;
  const { paused, failed, isIncomplete } = await deps.pauseMany({ scope, person, channel });
  const noted = noteFailures(deps, failed, 'pause many');
  const held = await schedulesHeld(deps, new Set([...paused, ...failed].map(({ task }) => task.id)));
  const message = pausedManyMessage({ scope, paused, failed: noted, isIncomplete, held }, t);
  await showOutcome(deps, interaction, messageOutcome(t.states.paused, message, t));
}

/** The answer waits no longer for our store, ms. */
const heldWithinMs = 1_000;

/** How many schedules the pauses hold, as far as the store says so in time. */
function schedulesHeld({ schedules, clock }: SlackDeps, taskIds: ReadonlySet<string>): Promise<number> {
  const count = schedules.heldByPause(taskIds).catch(() => 0);
  return taskIds.size === 0 ? Promise.resolve(0) : within(clock, { ms: heldWithinMs }, count, () => 0);
}

/** The tasks that may still be calling, each of which the log knows. */
export function noteFailures(deps: SlackDeps, failed: readonly NotPaused[], where: string): PauseFailure[] {
  return failed.map(({ task, result }) => {
    const error = 'error' in result ? noteFailure(deps, result.error, where).error : null;
    return { task, kind: result.kind, error };
  });
}
