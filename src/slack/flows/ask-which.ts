import type { CardData } from '../../core/model/card.ts';
import { filterCards } from '../../core/tasks/filter.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { CommandName } from '../command-words.ts';
import type { SlackDeps } from '../deps.ts';
import { noTasksAnswer, pickerMessage } from '../views/answers.ts';
import { pausedManyMessage } from '../views/paused-many.ts';

/** Asks which task is meant, where none was named: one that is on for a pause, one that is off for a start. */
export async function askWhich(deps: SlackDeps, interaction: Interaction, operation: CommandName): Promise<void> {
  const { t, answer } = interaction;
  const cards = filterCards(await cardsFor(deps, operation), null, '');
  const isSwitch = operation === 'pause' || operation === 'start';
  const meant = isSwitch ? cards.filter(({ task }) => task.started === (operation === 'pause')) : cards;
  if (operation === 'pause' && meant.length === 0) {
    return answer(
      pausedManyMessage({ scope: { kind: 'all' }, paused: [], failed: [], isIncomplete: false, held: 0 }, t),
    );
  }
  const offered = meant.length === 0 ? cards : meant;
  await answer(offered.length === 0 ? noTasksAnswer(t) : pickerMessage({ operation, cards: offered }, t));
}

/** While the platform does not answer, a pause may still be chosen among what was known to be on. */
async function cardsFor({ finder }: SlackDeps, operation: CommandName): Promise<readonly CardData[]> {
  try {
    return (await finder.cards()).cards;
  } catch (thrown) {
    const known = finder.known();
    if (operation !== 'pause' || !known.some(({ task }) => task.started)) throw thrown;
    return known;
  }
}
