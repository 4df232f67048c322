import type { CardData } from '../../core/model/card.ts';
import { within } from '../../core/time/waiting.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { personName } from '../views/mrkdwn.ts';
import { type Panel, panelMessage } from '../views/panel.ts';
import type { Subcommand } from './subcommand.ts';

/** The bare command. It opens even when the platform cannot be read, says so, and shows what was known before. */
export const panel: Subcommand = async (deps, interaction) => {
  const { t } = interaction;
  const stopping = stopNow(deps, interaction);
  let cards: readonly CardData[] = [];
  let problem: string | null = null;
  try {
    cards = (await deps.finder.cards()).cards;
  } catch (thrown) {
    problem = errorSentence(t, noteFailure(deps, thrown, 'panel').error);
    cards = deps.finder.known();
  }
  const stop = await stopping;
  await interaction.answer(panelMessage({ command: interaction.command, cards, problem, stop }, t));
};

/** How long the panel waits for a store that is slow, ms. */
const stopWithinMs = 1_000;

/** The emergency stop in force, as far as the store says so in time: whatever is started asks again. Never throws. */
async function stopNow(deps: SlackDeps, { client }: Interaction): Promise<Panel['stop']> {
  const read = async (): Promise<Panel['stop']> => {
    const current = await deps.stops.current();
    if (current === null) return null;
    const { person, at } = current.stop;
    return { at, who: personName(person, await deps.namesOf([person], client)) };
  };
  return within<Panel['stop'], null>(
    deps.clock,
    { ms: stopWithinMs },
    read().catch(() => null),
    () => null,
  );
}
