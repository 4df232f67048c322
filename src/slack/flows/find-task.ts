import { findTask } from '../../core/tasks/find.ts';
import type { Task } from '../../core/tasks/task.ts';
import { type CardData, cardOf } from '../../core/watch/card.ts';
import type { CommandName } from '../commands.ts';
import type { SlackDeps } from '../deps.ts';
import type { Interaction } from '../interaction.ts';
import { noSuchTaskMessage, pickerMessage } from '../views/answers.ts';

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

type Found = { kind: 'one'; task: Task } | { kind: 'many'; tasks: Task[] } | { kind: 'none'; suggestions: Task[] };

/** Looks a task up in the last poll first, and in the platform's list when that does not settle it. */
export async function lookUp(deps: SlackDeps, person: string, ref: string): Promise<Found> {
  const lastList = await deps.store.lastList(person);
  const atHand = cardsAtHand(deps);
  if (atHand !== null) {
    const found = findTask(
      ref,
      atHand.map((card) => card.task),
      lastList,
    );
    if (found.kind !== 'none') return found;
  }
  const cards = await deps.tasks.cards();
  return findTask(
    ref,
    cards.map((card) => card.task),
    lastList,
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
  await interaction.answer(
    found.kind === 'many'
      ? pickerMessage({ t, operation, tasks: found.tasks })
      : noSuchTaskMessage({ t, ref, suggestions: found.suggestions, operation }),
  );
  return null;
}
