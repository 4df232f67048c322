import type { CardData } from '../../core/model/card.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { noteFailure } from '../bolt/interaction.ts';
import { panelMessage } from '../views/panel.ts';
import type { Subcommand } from './subcommand.ts';

/** The bare command. It opens even when the platform cannot be read, says so, and shows what was known before. */
export const panel: Subcommand = async (deps, interaction) => {
  const { t } = interaction;
  let cards: readonly CardData[] = [];
  let problem: string | null = null;
  try {
    cards = (await deps.finder.cards()).cards;
  } catch (thrown) {
    problem = errorSentence(t, noteFailure(deps, thrown, 'panel').error);
    cards = deps.finder.known();
  }
  await interaction.answer(panelMessage({ command: interaction.command, cards, problem }, t));
};
