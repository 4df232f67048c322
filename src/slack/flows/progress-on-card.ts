import type { CardData } from '../../core/model/card.ts';
import { refOf } from '../api/addresses.ts';
import { type Interaction, noteFailure, signOfLifeAfterMs } from '../bolt/interaction.ts';
import type { PressedCard } from '../bolt/sources.ts';
import type { SlackDeps } from '../deps.ts';
import { cardMessage, peopleOf } from '../views/card.ts';
import { addressOf } from './channel-of.ts';

/** An action requested on a public card, while it is carried out. */
export interface ProgressOnCard {
  /** Ends it; when the card says that work is in progress, it then shows this card, or the task as last known. */
  end(card: CardData | null): Promise<boolean>;
}

/**
 * When an action takes long, says so on the pressed card itself: a private message beneath a card that others see can
 * be neither replaced nor deleted (docs.slack.dev, `response_url`: its original is the card).
 */
export function progressOnCard(
  deps: SlackDeps,
  interaction: Interaction,
  { verb, taskId, pressed }: { verb: 'start' | 'pause'; taskId: string; pressed: PressedCard },
): ProgressOnCard {
  const { client } = interaction;
  const { clock, common, finder, watches, namesOf } = deps;
  const { channel, ts } = pressed;
  const address = addressOf(interaction, channel);
  const place = { channel: address, message: refOf(address, pressed) };
  const over = new AbortController();
  const known = (): CardData | null => finder.known().find(({ task }) => task.id === taskId) ?? null;
  const attempt = (work: Promise<unknown>): Promise<boolean> =>
    work.then(
      () => true,
      (error) => {
        noteFailure(deps, error, 'card edit');
        return false;
      },
    );

  const show = async (card: CardData, working?: 'start' | 'pause'): Promise<void> => {
    const names = await namesOf(peopleOf(card), client);
    await client.chat.update({ channel, ts, ...cardMessage(card, common, { names, working }) });
  };

  const said = clock.sleep(signOfLifeAfterMs, over.signal).then(async () => {
    const card = known();
    if (over.signal.aborted || card === null) return false;
    // Not what the card will be compared with: should this process die now, the next delivery edits the card.
    await attempt(watches.cardShown({ ...place, card: { ...card, staleSince: card.updatedAt } }));
    return attempt(show(card, verb));
  });

  return {
    async end(outcome) {
      over.abort('over');
      const saying = await said;
      const card = outcome ?? (saying ? known() : null);
      if (card === null || !(await attempt(show(card)))) return false;
      // If this fails, the next poll edits the card once more.
      await attempt(watches.cardShown({ ...place, card }));
      return true;
    },
  };
}
