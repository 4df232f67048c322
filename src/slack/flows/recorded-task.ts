import { type Found, isNamedInFull } from '../../core/tasks/find.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { oneOrAsk, type TypedRef } from './which-task.ts';

interface Recorded {
  id: string;
  name: string;
}

/**
 * The task a person named, also one that was deleted: a whole name means that one rather than a task in whose name it is.
 * What is asked of it is in the record, so the last poll has to do where the platform does not answer. When it is not clear
 * which they mean, they have been answered, and this is null.
 */
export async function recordedTask(
  deps: SlackDeps,
  interaction: Interaction,
  typed: TypedRef,
): Promise<Recorded | null> {
  const found = await findRecorded(deps, interaction.person, typed.ref);
  return 'kind' in found ? oneOrAsk(deps, interaction, typed, found) : found;
}

/** Throws what keeps the platform from being read where nothing is known of such a task. */
async function findRecorded({ finder, reports }: SlackDeps, person: string, ref: string): Promise<Found | Recorded> {
  let found: Found;
  let failure: unknown = null;
  try {
    found = await finder.find(person, ref);
  } catch (thrown) {
    failure = thrown;
    found = await finder.findKnown(person, ref);
  }
  if (isNamedInFull(ref, found)) return found;
  const deleted = await reports.deletedNamed(ref);
  if (deleted !== null && (deleted.inFull || found.kind === 'none')) return deleted;
  if (failure !== null && found.kind === 'none') throw failure;
  return found;
}
