import type { CardData } from '../../core/model/card.ts';
import type { Task } from '../../core/model/task.ts';
import { type Found, findTask } from '../../core/tasks/find.ts';
import { cardOf } from '../../core/watch/card.ts';
import type { Catalogue } from '../../i18n/en.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { CommandName } from '../commands/words.ts';
import type { SlackDeps } from '../deps.ts';
import { noSuchTaskMessage, pickerMessage } from '../views/answers.ts';
import type { MessageBody } from '../views/limits.ts';

/** A poll this young answers a question as well as a reading of its own would, ms. */
const youngMs = 60_000;

/** The cards of the last poll when it is young enough; null otherwise. */
export function cardsAtHand(deps: Pick<SlackDeps, 'board' | 'clock'>): CardData[] | null {
  const { board } = deps;
  if (board.readAt === null || board.staleSince !== null || deps.clock.now() - board.readAt > youngMs) return null;
  return board
    .all()
    .filter((reading) => reading.state !== 'gone')
    .map((reading) => cardOf(reading, null));
}

/** Looks a task up in the last poll alone; null when that is too old to answer. */
export async function lookUpAtHand(deps: SlackDeps, person: string, ref: string): Promise<Found | null> {
  const atHand = cardsAtHand(deps);
  if (atHand === null) return null;
  return findTask(
    ref,
    atHand.map((card) => card.task),
    await deps.store.lastList(person),
  );
}

/** Looks a task up in the last poll first, and in the platform's list when that does not settle it. */
export async function lookUp(deps: SlackDeps, person: string, ref: string): Promise<Found> {
  const found = await lookUpAtHand(deps, person, ref);
  if (found !== null && found.kind !== 'none') return found;
  const cards = await deps.tasks.cards();
  return findTask(
    ref,
    cards.map((card) => card.task),
    await deps.store.lastList(person),
  );
}

/**
 * The task a person named. Where the name fits none or several, the person has been answered and this is null.
 */
export async function taskNamed(
  deps: SlackDeps,
  interaction: Interaction,
  ref: string,
  operation: CommandName,
): Promise<Task | null> {
  const { t } = interaction;
  const found = await lookUp(deps, interaction.person, ref);
  if (found.kind === 'one') return found.task;
  await interaction.answer(whichTask(t, found, ref, operation));
  return null;
}

/** Several tasks to choose from, or none and the likeliest instead. */
export function whichTask(
  t: Catalogue,
  found: Exclude<Found, { kind: 'one' }>,
  ref: string,
  operation: CommandName,
): MessageBody {
  return found.kind === 'many'
    ? pickerMessage({ operation, tasks: found.tasks }, t)
    : noSuchTaskMessage({ ref, suggestions: found.suggestions, operation }, t);
}
