import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { oneOrAsk, type TypedRef } from './which-task.ts';

/** The id of the task a person named, also of one that was deleted. When that is not clear, they have been answered, and this is null. */
export async function recordedTask(deps: SlackDeps, interaction: Interaction, typed: TypedRef): Promise<string | null> {
  const found = await deps.finder.find(interaction.person, typed.ref);
  const deleted = found.kind === 'none' ? await deps.reports.deletedNamed(typed.ref) : null;
  if (deleted !== null) return deleted.id;
  return (await oneOrAsk(deps, interaction, typed, found))?.id ?? null;
}
