import type { ClosedCard } from '../../core/model/closed-card.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, type Names, named, personName, plainName } from './mrkdwn.ts';
import { button, context, section } from './parts.ts';
import { glyphs } from './state.ts';

/** A card out of use. Nothing on it starts or pauses anything: where the watch has ended, it can be taken up again. */
export function closedCardMessage(card: ClosedCard, t: Catalogue, names: Names): MessageBody {
  const { taskId, name, state, why, by, at } = card;
  const title = `*${named(name)}*`;
  const head = state === null ? title : [`${glyphs[state]} ${title}`, t.states[state]].join(t.units.separator);
  const said = why === 'board' ? t.card.onBoard : t.card.unwatched;
  const foot = [said, by === null ? null : personName(by, names), date(at, t.dates.moment)]
    .filter((part) => part !== null)
    .join(t.units.separator);
  const again =
    why === 'board' || state === 'gone'
      ? undefined
      : button(actionIds.followAgain, t.buttons.followAgain, taskId, { spoken: t.aria.followAgain(plainName(name)) });
  return fitMessage({
    text: `${named(name)}${t.units.separator}${said}`,
    blocks: [section(head, again), context(foot)],
  });
}
