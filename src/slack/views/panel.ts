import type { KnownBlock } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import { type TaskState, taskStates } from '../../core/model/reading.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { barePanel } from '../command-words.ts';
import { actionIds, panelId } from '../ids.ts';
import { tryAgain } from './answers.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { rowOf } from './list.ts';
import { toType } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { evidenceText, glyphs, warning } from './state.ts';
import { stopInForceBlocks } from './stop.ts';

const shownRows = 5;

export interface Panel {
  /** What stands before the words of a command there. */
  command: string;
  cards: readonly CardData[];
  /** Why the cards could not be read: mrkdwn, already escaped. */
  problem: string | null;
  /** The emergency stop in force, and who ordered it; null without one. */
  stop: { at: number; who: string } | null;
}

/** The reply to the bare command: what is running, what needs attention, and where to go next. */
export function panelMessage({ command, cards, problem, stop }: Panel, t: Catalogue): MessageBody {
  const inState = (state: TaskState) => cards.filter((card) => card.state === state);
  const counted = taskStates
    .map((state) => ({ state, count: inState(state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${glyphs[state]} ${t.panel.count(count, t.states[state])}`);
  // Of a single task its own row has the button.
  const running = cards.filter(({ task }) => task.started).length;
  const overview = counted.length > 0 ? counted.join(t.units.separator) : problem === null ? t.panel.none : '';
  return fitMessage({
    text: overview === '' ? t.panel.heading : t.units.labeled(t.panel.heading, overview),
    blocks: present([
      ...(stop === null ? [] : stopInForceBlocks(stop, stop.who, t)),
      problem === null ? null : section(`${warning} ${problem}`),
      problem === null ? null : tryAgain(barePanel, t),
      section(`*${t.panel.heading}*\n${overview}`.trimEnd()),
      problem === null || cards.length === 0 ? null : context(t.panel.before),
      ...group(t.panel.attention, inState('waiting'), true, t),
      ...group(t.states.dialing, inState('dialing'), false, t),
      actions('panel', [
        button(panelId('new'), t.buttons.newTask, 'new', { style: 'primary' }),
        button(panelId('import'), t.buttons.import, 'import'),
        button(panelId('list'), t.buttons.tasks, 'list'),
        button(panelId('lines'), t.buttons.lines, 'lines'),
        ...(running > 1 ? [button(actionIds.pauseAll, t.buttons.pauseAll, 'all', { style: 'danger' })] : []),
      ]),
      context(t.panel.hint(toType(command, t.commands.help.word))),
    ]),
  });
}

function group(heading: string, cards: CardData[], withEvidence: boolean, t: Catalogue): KnownBlock[] {
  if (cards.length === 0) return [];
  const more = cards.length - shownRows;
  return [
    section(`*${heading}*`),
    ...cards
      .slice(0, shownRows)
      .flatMap((card) => [rowOf(card, null, t), ...(withEvidence ? [context(evidenceText(card.evidence, t))] : [])]),
    ...(more > 0 ? [context(t.panel.more(more))] : []),
  ];
}
