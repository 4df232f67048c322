import type { CardData } from '../../core/model/card.ts';
import { type TaskState, taskStates } from '../../core/model/reading.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { noteFailure } from '../bolt/interaction.ts';
import { cardsAtHand } from '../flows/find-task.ts';
import { panelMessage } from '../views/panel.ts';
import type { Subcommand } from './subcommand.ts';

/** The bare command. It opens even when the platform cannot be read, and says so. */
export const panel: Subcommand = async (deps, interaction) => {
  const { t } = interaction;
  let cards: CardData[] = [];
  let problem: string | null = null;
  try {
    cards = cardsAtHand(deps) ?? (await deps.tasks.cards());
  } catch (thrown) {
    problem = errorSentence(t, noteFailure(deps, thrown, 'panel').error);
  }
  const counts = Object.fromEntries(
    taskStates.map((state) => [state, cards.filter((card) => card.state === state).length]),
  ) as Record<TaskState, number>;
  await interaction.answer(
    panelMessage({
      t,
      command: deps.command,
      counts,
      running: cards.filter((card) => card.state === 'dialing'),
      attention: cards.filter((card) => card.state === 'waiting'),
      problem,
    }),
  );
};
