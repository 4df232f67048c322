import { describe, expect, test } from '@jest/globals';
import { linesBoardOf } from '../../../../src/core/lines/standing.ts';
import type { CardData } from '../../../../src/core/model/card.ts';
import { type TaskState, taskStates } from '../../../../src/core/model/reading.ts';
import { inListOrder } from '../../../../src/core/tasks/filter.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { noSuchTaskMessage, pickerMessage } from '../../../../src/slack/views/answers.ts';
import { cardMessage } from '../../../../src/slack/views/card.ts';
import { linesMessage } from '../../../../src/slack/views/lines.ts';
import { rowOf } from '../../../../src/slack/views/list.ts';
import { panelMessage } from '../../../../src/slack/views/panel.ts';
import { savedView } from '../../../../src/slack/views/results.ts';
import { glyphs, stateText } from '../../../../src/slack/views/state.ts';
import { suggestTasks } from '../../../../src/slack/views/task-menu.ts';
import { sampleCard, sampleNow } from '../../../support/samples.ts';
import { wordsOf } from '../../../support/view-text.ts';

type Words = typeof en;

/** Everywhere a task is shown with its state. */
const doors: Record<string, (card: CardData, t: Words) => unknown> = {
  card: (card, t) => cardMessage(card, t),
  list: (card, t) => rowOf(card, 1, t),
  picker: (card, t) => pickerMessage({ operation: 'start', cards: [card] }, t),
  suggestion: (card, t) => noSuchTaskMessage({ ref: 'x', suggestions: [card], operation: 'show' }, t),
  menu: (card, t) => suggestTasks({ cards: [card], query: '' }, t),
  panel: (card, t) => panelMessage({ command: '/dial', cards: [card], problem: null, stop: null }, t),
  'saved form': (card, t) => savedView(card, t),
  'lines board': (card, t) =>
    linesMessage({ board: linesBoardOf({ cards: [card], readAt: sampleNow }, null, sampleNow), text: '', page: 1 }, t),
};

const cardIn = (state: TaskState): CardData =>
  sampleCard({ state, task: { started: state === 'dialing' || state === 'waiting' || state === 'awaiting_redial' } });

describe.each([
  ['en', en],
  ['zh-CN', zhCN as Words],
] as const)('in %s', (_, t) => {
  const rows = taskStates.flatMap((state) => Object.keys(doors).map((door) => [state, door] as const));
  // What no longer exists is in no list: its card alone says so, in a sentence.
  const shown = rows.filter(([state]) => state !== 'gone');

  test.each(shown)('%s reads the same on a %s', (state, door) => {
    const words = wordsOf(doors[door]?.(cardIn(state), t))
      .join('\n')
      .toLowerCase();
    expect(words).toContain(t.states[state].toLowerCase());
    // And no other state does, but where it is part of the same word.
    const others = taskStates.filter((other) => !stateText(state, t).includes(t.states[other]) && other !== state);
    const said = door === 'saved form' ? [] : others.filter((other) => words.includes(glyphs[other]));
    expect(said).toEqual([]);
  });
});

test('wherever tasks are chosen from, what needs attention comes first, then what dials, then the newest', () => {
  const at = (id: string, state: TaskState, createdAt: number): CardData => {
    return sampleCard({ state, task: { id, name: id, createdAt } });
  };
  const cards = [
    at('old', 'paused', 1),
    at('dialing', 'dialing', 2),
    at('new', 'finished', 9),
    at('still', 'waiting', 0),
  ];
  expect(inListOrder(cards).map(({ task }) => task.id)).toEqual(['still', 'dialing', 'new', 'old']);
});
