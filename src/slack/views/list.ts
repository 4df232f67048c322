import type { ActionsBlock, SectionBlock } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import { type CardFilter, cardFilters } from '../../core/tasks/filter.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { cut } from './cut.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, named, plainName } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { glyphs, progressText } from './state.ts';

/** Rows of one page; a row's number is its place in the whole list. */
export const pageSize = 10;

/** What a search text may weigh in the value of a button. */
const carriedText = 200;

/** One page of the tasks. `filter`: one of `cardFilters`, null for all; `text`: what the names were searched for. */
export function listMessage({
  t,
  cards,
  page,
  pages,
  total,
  filter,
  text,
  readAt,
}: {
  t: Catalogue;
  cards: CardData[];
  page: number;
  pages: number;
  total: number;
  filter: string | null;
  text: string;
  readAt: number;
}): MessageBody {
  const filtered = filter !== null || text !== '';
  const rows = cards.map((card, index) => rowOf(t, card, (page - 1) * pageSize + index + 1));
  return fitMessage({
    text: t.list.summary(total),
    blocks: present([
      section(headingOf(t, total, filter, text)),
      total > 0 || filtered ? filterButtons(t, filter, text) : null,
      ...(rows.length > 0 ? rows : [section(filtered ? t.list.noMatch : t.list.empty)]),
      pages > 1 ? pageButtons(t, page, pages, filter, text) : null,
      context(t.list.footer(page, Math.max(1, pages), date(readAt, t.dates.time))),
      rows.length > 0 ? context(t.list.numbersHint) : null,
    ]),
  });
}

/** A task in one row: number, glyph, name; beneath it state, progress and line. */
export function rowOf(t: Catalogue, card: CardData, number: number | null): SectionBlock {
  const { task, state } = card;
  const details = [t.states[state], progressText(t, task.progress), named(task.line.name ?? task.line.id)];
  const block = section(
    [
      `${number === null ? '' : `${t.units.number(number)}. `}${glyphs[state]} *${named(task.name)}*`,
      details.filter((part) => part !== null && part !== '').join(t.units.separator),
    ].join('\n'),
    button('task_show', t.buttons.show, task.id, { spoken: t.aria.show(plainName(task.name)) }),
  );
  return number === null ? block : { ...block, block_id: `row:${number}` };
}

function headingOf(t: Catalogue, total: number, filter: string | null, text: string): string {
  const parts = [
    filter === null ? null : isFilter(filter) ? t.list.filters[filter] : named(filter),
    text === '' ? null : t.list.search(t.units.quote(named(text))),
  ].filter((part) => part !== null);
  return parts.length === 0 ? t.list.heading(total) : t.list.filtered(parts.join(t.units.separator), total);
}

function filterButtons(t: Catalogue, filter: string | null, text: string): ActionsBlock {
  const filters: (CardFilter | null)[] = [null, ...cardFilters];
  return actions(
    'list_filter',
    filters.map((to) =>
      button(
        `list_filter:${to ?? 'all'}`,
        to === null ? t.buttons.all : t.list.filters[to],
        pageValue(1, to, text),
        to === filter ? { style: 'primary' } : {},
      ),
    ),
  );
}

function pageButtons(t: Catalogue, page: number, pages: number, filter: string | null, text: string): ActionsBlock {
  return actions('list_page', [
    ...(page > 1 ? [button('list_page:prev', t.buttons.previous, pageValue(page - 1, filter, text))] : []),
    ...(page < pages ? [button('list_page:next', t.buttons.nextPage, pageValue(page + 1, filter, text))] : []),
  ]);
}

function pageValue(page: number, filter: string | null, text: string): string {
  return JSON.stringify({ page, filter, text: cut(text, carriedText) });
}

function isFilter(word: string): word is CardFilter {
  return cardFilters.some((known) => known === word);
}
