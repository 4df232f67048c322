import type { ActionsBlock, SectionBlock } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import { derivedOnce } from '../../core/tasks/derived.ts';
import { type CardFilter, cardFilters } from '../../core/tasks/filter.ts';
import { pageSize } from '../../core/tasks/finder.ts';
import { cleaned } from '../../core/text/printable.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { type ActionId, actionIds, filterId, panelId } from '../ids.ts';
import { cut } from './cut.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, named, plainName } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { glyphs, progressText } from './state.ts';

/** Maximum size of a search text in the value of a button. */
const carriedText = 200;

export interface ListPage {
  cards: CardData[];
  page: number;
  pages: number;
  /** Tasks on all pages. */
  total: number;
  /** null for all. */
  filter: CardFilter | null;
  /** The text the names were searched for. */
  text: string;
  readAt: number;
  /** Of the cards that the place has, by task. */
  links: ReadonlyMap<string, string>;
}

/** One page of the tasks. */
export function listMessage(list: ListPage, t: Catalogue): MessageBody {
  const { cards, page, pages, total, filter, text, readAt, links } = list;
  const filtered = filter !== null || text !== '';
  const rows = cards.map((card, index) => {
    const row = rowOf(card, (page - 1) * pageSize + index + 1, t);
    return linked(row, links.get(card.task.id) ?? null, t);
  });
  return fitMessage({
    text: t.list.summary(total),
    blocks: present([
      section(headingOf(list, t)),
      total > 0 || filtered ? filterButtons(list, t) : null,
      ...(rows.length > 0 ? rows : [section(filtered ? t.list.noMatch : t.list.empty)]),
      pages > 1 ? pageButtons(list, t) : null,
      total === 0 && !filtered
        ? actions('first_task', [button(panelId('new'), t.buttons.newTask, 'new', { style: 'primary' })])
        : null,
      context(t.list.footer(page, Math.max(1, pages), date(readAt, t.dates.time))),
      rows.length > 0 ? context(t.list.numbersHint) : null,
    ]),
  });
}

function linked(row: SectionBlock, link: string | null, t: Catalogue): SectionBlock {
  if (link === null || row.text === undefined) return row;
  const text = `${row.text.text}${t.units.separator}<${link}|${t.subscriptions.card}>`;
  return { ...row, text: { ...row.text, text } };
}

/** A task as one row: number, glyph, name; beneath it state, progress and line. */
export function rowOf(card: CardData, number: number | null, t: Catalogue): SectionBlock {
  const { text, show } = rowsIn(t)(card);
  if (number === null) return section(text, show);
  return { ...section(`${t.units.number(number)}. ${text}`, show), block_id: `row:${number}` };
}

/** What a row shows does not change until the next poll, and masking its names is most of the work of a list. */
const rowsIn = derivedOnce((t: Catalogue) =>
  derivedOnce((card: CardData) => {
    const { task, state } = card;
    const details = [t.states[state], progressText(task.progress, t), named(task.line.name ?? task.line.id)];
    return {
      text: [
        `${glyphs[state]} *${named(task.name)}*`,
        details.filter((part) => part !== null && part !== '').join(t.units.separator),
      ].join('\n'),
      show: button(actionIds.showTask, t.buttons.show, task.id, { spoken: t.aria.show(plainName(task.name)) }),
    };
  }),
);

function headingOf({ total, filter, text }: ListPage, t: Catalogue): string {
  const parts = [
    filter === null ? null : t.list.filters[filter],
    text === '' ? null : t.list.search(t.units.quote(named(text))),
  ].filter((part) => part !== null);
  return parts.length === 0 ? t.list.heading(total) : t.list.filtered(parts.join(t.units.separator), total);
}

function filterButtons({ filter, text }: ListPage, t: Catalogue): ActionsBlock {
  return actions(
    'list_filter',
    [null, ...cardFilters].map((to) => {
      const label = to === null ? t.buttons.all : t.list.filters[to];
      return button(filterId(to), label, pageValue(1, to, text), to === filter ? { style: 'primary' } : {});
    }),
  );
}

function pageButtons({ page, pages, filter, text }: ListPage, t: Catalogue): ActionsBlock {
  const turn = (id: ActionId, label: string, to: number) => button(id, label, pageValue(to, filter, text));
  return actions('list_page', [
    ...(page > 1 ? [turn(actionIds.previousPage, t.buttons.previous, page - 1)] : []),
    ...(page < pages ? [turn(actionIds.nextPage, t.buttons.nextPage, page + 1)] : []),
  ]);
}

function pageValue(page: number, filter: CardFilter | null, text: string): string {
  return writeJson({ page, filter, text: cut(cleaned(text), carriedText) });
}
