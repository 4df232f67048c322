import type { Checkboxes, InputBlock, ModalView } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, callbackIds, inputIds } from '../ids.ts';
import { fitOptions, fitView } from './limits.ts';
import { plainName } from './mrkdwn.ts';
import { actions, button, context, option, plain, present, section } from './parts.ts';
import { glyphs, leftText, warning } from './state.ts';

/** Slack takes ten checkboxes together. */
const boxesTogether = 10;

/** Tasks that one form offers. */
export const maxOffered = 50;

export interface SelectForm {
  /** From the first of the page on, at most `maxOffered`. */
  cards: readonly CardData[];
  /** The number of the first of them in the list, and of all tasks that the list has. */
  first: number;
  total: number;
  /** Those that are ticked to begin with. */
  chosen: 'all' | 'none';
  /** A sentence at the top: mrkdwn. */
  alert: string | null;
  privateMetadata: string;
}

/** Choosing several tasks of a list, to be paused or started together. */
export function selectView(
  { cards, first, total, chosen, alert, privateMetadata }: SelectForm,
  t: Catalogue,
): ModalView {
  const says = t.selection;
  const groups = Array.from({ length: Math.ceil(cards.length / boxesTogether) }, (_, index) =>
    cards.slice(index * boxesTogether, (index + 1) * boxesTogether),
  );
  const acts = actions('selected', [
    button(actionIds.pauseSelected, says.pause, 'pause', { style: 'danger' }),
    button(actionIds.selectAll, chosen === 'all' ? says.none : says.all, chosen === 'all' ? 'none' : 'all'),
  ]);
  return fitView({
    type: 'modal',
    ...(cards.length > 0 && { callback_id: callbackIds.selectTasks, submit: plain(says.start) }),
    title: plain(t.titles.select),
    close: plain(t.buttons.cancel),
    private_metadata: privateMetadata,
    blocks: present([
      alert === null ? null : section(`${warning} ${alert}`),
      section(cards.length === 0 ? t.list.noMatch : says.intro),
      cards.length === 0 ? null : acts,
      ...groups.map((group, index) =>
        boxes({ cards: group, first: first + index * boxesTogether, blockId: `${chosen}:${index}`, chosen }, t),
      ),
      total > cards.length ? context(says.more(cards.length, total)) : null,
    ]),
  });
}

interface Boxes {
  cards: readonly CardData[];
  first: number;
  /** Slack keeps what was ticked in a block of the same name, whatever the new view says. */
  blockId: string;
  chosen: SelectForm['chosen'];
}

function boxes({ cards, first, blockId, chosen }: Boxes, t: Catalogue): InputBlock | null {
  const options = fitOptions(
    cards.map((card, index) => {
      const { task, state } = card;
      const details = [t.states[state], leftText(task.progress, t)].filter((part) => part !== null);
      const name = `${t.units.number(first + index)}. ${glyphs[state]} ${plainName(task.name, 60)}`;
      return option(task.id, name, details.join(t.units.separator));
    }),
  );
  if (options.length === 0) return null;
  const element: Checkboxes = {
    type: 'checkboxes',
    action_id: inputIds.selected,
    options,
    ...(chosen === 'all' && { initial_options: options }),
  };
  return {
    type: 'input',
    block_id: `${inputIds.selected}:${blockId}`,
    optional: true,
    label: plain(t.selection.tasks(first, first + cards.length - 1)),
    element,
  };
}
