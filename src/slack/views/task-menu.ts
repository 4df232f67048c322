import type { InputBlock, PlainTextOption } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import { plainOf } from '../../core/tasks/plain-text.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { inputIds } from '../ids.ts';
import { fitsAsValue } from './limits.ts';
import { type MenuEntry, matching, menu } from './menus.ts';
import { plainName } from './mrkdwn.ts';
import { option, plain } from './parts.ts';
import { progressText, stateText } from './state.ts';

/** The tasks that a menu can offer. */
export function taskEntries(cards: readonly CardData[], t: Catalogue): MenuEntry[] {
  return cards
    .filter(({ task }) => fitsAsValue(task.id))
    .map((card) => ({
      id: card.task.id,
      plain: () => plainOf(card.task),
      option: () => taskOption(card, t),
    }));
}

function taskOption({ task, state }: CardData, t: Catalogue): PlainTextOption {
  const details = [stateText(state, t), progressText(task.progress, t)];
  const name = plainName(task.name.trim() === '' ? task.id : task.name, 75);
  return option(task.id, name, details.filter((part) => part !== null).join(t.units.separator));
}

/** The input that asks for a task; `selected` is the one that is chosen to begin with. */
export function taskInput(entries: MenuEntry[], selected: string, t: Catalogue): InputBlock {
  return {
    type: 'input',
    block_id: inputIds.task,
    label: plain(t.imports.task),
    element: menu({ actionId: inputIds.task, placeholder: t.imports.taskPlaceholder, entries, selected }),
  };
}

/** Tasks matching what was typed, for the external select of `taskInput`. */
export function suggestTasks(
  { cards, query }: { cards: readonly CardData[]; query: string },
  t: Catalogue,
): PlainTextOption[] {
  return matching(taskEntries(cards, t), query);
}
