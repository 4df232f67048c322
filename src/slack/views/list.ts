import type { ActionsBlock, Button, KnownBlock, SectionBlock, StaticSelect } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import { derivedOnce } from '../../core/tasks/derived.ts';
import { cardFilters } from '../../core/tasks/filter.ts';
import { type ListRequest, pageSize } from '../../core/tasks/finder.ts';
import { leftOf } from '../../core/tasks/preflight.ts';
import { listSorts } from '../../core/tasks/sort.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { grouped } from '../../i18n/format.ts';
import { type ActionId, actionIds, panelId, type RowVerb, rowId } from '../ids.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, fitsAsValue, type MessageBody } from './limits.ts';
import { listBlockId, writeListRequest } from './list-request.ts';
import { date, day, named, plainName } from './mrkdwn.ts';
import { actions, button, context, option, plain, present, section } from './parts.ts';
import { glyphs, progressText } from './state.ts';
import { actionCell, dataTable, dayCell, linkCell, numberCell, type TableCell, textCell } from './tables.ts';

export interface ListPage extends ListRequest {
  /** From the first of the page on; a table shows the pages behind it as well. */
  cards: CardData[];
  pages: number;
  /** Tasks on all pages. */
  total: number;
  readAt: number;
  /** Of the cards that the place has, by task. */
  links: ReadonlyMap<string, string>;
  /** What was just done with a task of the list; mrkdwn. */
  notice: string | null;
}

/** So many pages of a list are one table, which has pages of its own. */
export const pagesInTable = 3;

/** One page of the tasks. */
export function listMessage(list: ListPage, t: Catalogue): MessageBody {
  const rows = list.cards.slice(0, pageSize).map((card, index) => {
    const row = rowOf(card, (list.page - 1) * pageSize + index + 1, t);
    return linked(row, list.links.get(card.task.id) ?? null, t);
  });
  return messageOf(list, { rows, span: 1 }, t);
}

/** The same as a table with buttons in each row, for a workspace that accepts one. */
export function listTableMessage(list: ListPage, t: Catalogue): MessageBody {
  return messageOf(list, { rows: list.cards.length === 0 ? [] : [tableOf(list, t)], span: pagesInTable }, t);
}

/** `span`: pages that are shown at a time. */
function messageOf(list: ListPage, { rows, span }: { rows: KnownBlock[]; span: number }, t: Catalogue): MessageBody {
  const { page, pages, total, readAt, notice } = list;
  const narrowed = isNarrowed(list);
  const shownPages = Math.max(1, Math.ceil(pages / span));
  const shownPage = Math.min(shownPages, Math.ceil(page / span));
  return fitMessage({
    text: notice ?? t.list.summary(total),
    blocks: present([
      notice === null ? null : section(notice),
      section(headingOf(list, t)),
      total > 0 || narrowed ? controls(list, t) : null,
      ...(rows.length > 0 ? rows : [section(narrowed ? t.list.noMatch : t.list.empty)]),
      pages > span || page > 1 ? pageButtons(list, span, t) : null,
      total === 0 && !narrowed
        ? actions('first_task', [button(panelId('new'), t.buttons.newTask, 'new', { style: 'primary' })])
        : null,
      context(t.list.footer(shownPage, shownPages, date(readAt, t.dates.time))),
      rows.length > 0 ? context(t.list.numbersHint) : null,
    ]),
  });
}

const isNarrowed = ({ filter, text, mine }: ListRequest): boolean => filter !== null || text !== '' || mine;

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

function headingOf(list: ListPage, t: Catalogue): string {
  const { total, filter, text, mine, sort, reversed } = list;
  const order = [sort === 'usual' ? null : t.list.sorts[sort], reversed ? t.list.reversed : null];
  const parts = [
    mine ? t.list.mine : null,
    filter === null ? null : t.list.filters[filter],
    text === '' ? null : t.list.search(t.units.quote(named(text))),
    ...order,
  ].filter((part) => part !== null);
  return parts.length === 0 ? t.list.heading(total) : t.list.filtered(parts.join(t.units.separator), total);
}

/** Slack shows no more than five controls of a block at once. */
function controls(list: ListPage, t: Catalogue): ActionsBlock {
  const first = { ...list, page: 1 };
  const { mine, reversed } = list;
  return actions(listBlockId(first), [
    filterMenu(list, t),
    button(actionIds.listMine, mine ? t.list.everyones : t.list.mine, writeListRequest({ ...first, mine: !mine })),
    sortMenu(list, t),
    button(
      actionIds.reverseList,
      t.list.reverse,
      writeListRequest({ ...first, reversed: !reversed }),
      reversed ? { style: 'primary' } : {},
    ),
    ...(list.total > 0 ? [button(actionIds.selectTasks, t.selection.open, writeListRequest(list))] : []),
  ]);
}

/** The value that stands for no filter. */
const everyFilter = 'all';

function filterMenu({ filter }: ListPage, t: Catalogue): StaticSelect {
  const options = [option(everyFilter, t.list.all), ...cardFilters.map((one) => option(one, t.list.filters[one]))];
  const chosen = options.find(({ value }) => value === (filter ?? everyFilter));
  return {
    type: 'static_select',
    action_id: actionIds.filterList,
    placeholder: plain(t.list.show),
    options,
    ...(chosen && { initial_option: chosen }),
  };
}

function sortMenu({ sort }: ListPage, t: Catalogue): StaticSelect {
  const options = listSorts.map((one) => option(one, t.list.sorts[one]));
  const chosen = options.find(({ value }) => value === sort);
  return {
    type: 'static_select',
    action_id: actionIds.sortList,
    placeholder: plain(t.list.sort),
    options,
    ...(chosen && { initial_option: chosen }),
  };
}

function pageButtons(list: ListPage, span: number, t: Catalogue): ActionsBlock | null {
  const { page, pages } = list;
  const turn = (id: ActionId, label: string, to: number) => button(id, label, writeListRequest({ ...list, page: to }));
  const turns = [
    ...(page > 1 ? [turn(actionIds.previousPage, t.buttons.previous, Math.max(1, page - span))] : []),
    ...(page + span <= pages ? [turn(actionIds.nextPage, t.buttons.nextPage, page + span)] : []),
  ];
  return turns.length === 0 ? null : actions('list_page', turns);
}

function tableOf(list: ListPage, t: Catalogue): KnownBlock {
  const { number, task, state, progress, left, line, created, action, details } = t.list;
  const first = (list.page - 1) * pageSize + 1;
  return dataTable({
    blockId: 'tasks',
    caption: t.list.caption(list.total),
    // On a phone, what is to the right is out of sight.
    heads: [number, task, action, state, progress, left, line, created, details],
    rows: list.cards.slice(0, pagesInTable * pageSize).map((card, index) => {
      const cells = cellsIn(t)(card);
      const link = list.links.get(card.task.id);
      return [
        numberCell(first + index, grouped(first + index)),
        link === undefined ? textCell(cells.name) : linkCell(link, cells.name),
        leverCell({ card, index }, list, t),
        ...cells.facts,
        actionCell(rowButton({ verb: 'show', card, index }, list, t)),
      ];
    }),
    pageSize,
    nameColumn: 1,
  });
}

/** The facts of a row, the same for everybody until the next poll. */
const cellsIn = derivedOnce((t: Catalogue) =>
  derivedOnce((card: CardData): { name: string; facts: TableCell[] } => {
    const { task, state } = card;
    const { progress, createdAt, line } = task;
    const share = progress === null || progress.total <= 0 ? null : Math.min(1, progress.done / progress.total);
    const left = leftOf(task);
    const percent = share === null ? null : Math.floor(share * 100);
    return {
      name: plainName(task.name),
      facts: [
        textCell(`${glyphs[state]} ${t.states[state]}`),
        // What is not known comes before everything that is, as no column of numbers may hold a text.
        numberCell(percent ?? -1, percent === null ? '–' : t.units.percent(percent)),
        numberCell(left ?? -1, left === null ? '–' : grouped(left)),
        textCell(plainName(line.name ?? line.id, 40)),
        createdAt === null ? textCell('–') : dayCell(createdAt, day(createdAt)),
      ],
    };
  }),
);

/** What the task needs now: pause what is on, start what has numbers left, import into what has none. */
function leverCell(row: { card: CardData; index: number }, list: ListPage, t: Catalogue): TableCell {
  const verb = leverOf(row.card);
  return verb === null || !fitsAsValue(row.card.task.id)
    ? textCell('–')
    : actionCell(rowButton({ ...row, verb }, list, t));
}

function leverOf({ task, state }: CardData): Exclude<RowVerb, 'show'> | null {
  if (task.started) return 'pause';
  const { progress } = task;
  if (state === 'draft' || progress?.total === 0) return 'import';
  return state === 'paused' && (progress === null || progress.done < progress.total) ? 'start' : null;
}

function rowButton(
  { verb, card, index }: { verb: RowVerb; card: CardData; index: number },
  list: ListPage,
  t: Catalogue,
): Button {
  const { id, name } = card.task;
  const labels = {
    pause: t.buttons.pause,
    start: t.buttons.start,
    import: t.buttons.importShort,
    show: t.buttons.show,
  };
  // The list is shown again once its task is on or off.
  const value = verb === 'pause' || verb === 'start' ? writeListRequest(list, { task: id }) : writeJson({ task: id });
  return button(rowId(verb, index), labels[verb], value, {
    spoken: t.aria[verb](plainName(name)),
  });
}
