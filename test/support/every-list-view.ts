import type { CardData } from '../../src/core/model/card.ts';
import { wholeList } from '../../src/core/tasks/finder.ts';
import { type ListPage, listMessage, listTableMessage } from '../../src/slack/views/list.ts';
import { named } from '../../src/slack/views/mrkdwn.ts';
import { maxOffered, selectView } from '../../src/slack/views/select.ts';
import type { drawing, Rendered } from './every-view.ts';
import { sampleNow } from './samples.ts';

/** Every form of the list of these tasks, and of choosing several of them. */
export function listViews(draw: ReturnType<typeof drawing>, cards: readonly CardData[], name: string): Rendered[] {
  const list: ListPage = {
    ...wholeList,
    cards: cards.slice(0, 30),
    page: 2,
    pages: 7,
    total: Math.max(61, cards.length),
    readAt: sampleNow,
    links: new Map(cards.slice(0, 20).map(({ task }) => [task.id, 'https://acme.slack.com/archives/C1/p1'])),
    notice: null,
  };
  const asked: Partial<ListPage>[] = [
    {},
    { page: 1, notice: named(name) },
    { filter: 'running', text: name, mine: true, sort: 'progress', reversed: true },
  ];
  const nothing = { cards: [], page: 1, pages: 1, total: 0 };
  return [
    ...asked.flatMap((change, i) => [
      draw(`list ${i}`, listMessage, { ...list, ...change }),
      ...(cards.length === 0 ? [] : [draw(`list as a table ${i}`, listTableMessage, { ...list, ...change })]),
    ]),
    draw('list of nothing', listMessage, { ...list, ...nothing }),
    draw('list without a match', listMessage, { ...list, ...nothing, filter: 'done', text: name }),
    ...selectionViews(draw, cards, name),
  ];
}

function selectionViews(draw: ReturnType<typeof drawing>, cards: readonly CardData[], name: string): Rendered[] {
  const form = {
    cards: cards.slice(0, maxOffered),
    first: 11,
    total: cards.length,
    alert: null,
    privateMetadata: '{}',
  };
  return [
    draw('select', selectView, { ...form, chosen: 'none' }),
    draw('select all', selectView, { ...form, chosen: 'all', alert: named(name) }),
    draw('select of nothing', selectView, { ...form, cards: [], total: 0, chosen: 'none' }),
  ];
}
