import type { ActionsBlock, KnownBlock, SectionBlock } from '@slack/types';
import {
  canMove,
  isFull,
  isOversubscribed,
  type LineStanding,
  type LinesBoard,
  linesNamed,
} from '../../core/lines/standing.ts';
import type { CardData } from '../../core/model/card.ts';
import { derivedOnce } from '../../core/tasks/derived.ts';
import { page } from '../../core/tasks/filter.ts';
import { maskPhone } from '../../core/text/phone-mask.ts';
import { cleaned } from '../../core/text/printable.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { type ActionId, actionIds } from '../ids.ts';
import { cut } from './cut.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, fitsAsValue, type MessageBody } from './limits.ts';
import { rowOf } from './list.ts';
import { date, named, plainName } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { glyphs, refusal, warning } from './state.ts';

/** Lines on one page, tasks that are named beneath each, and tasks of a line that is shown by itself. */
const linesPerPage = 8;
const shownHolders = 5;
const shownTasks = 20;

/** Maximum size of a search text in the value of a button. */
const carriedText = 100;

export interface LinesPage {
  board: LinesBoard;
  /** From 1; a page beyond the end shows the last one. */
  page: number;
  /** What the names were searched for; '' for all lines. */
  text: string;
}

/** A page of the lines; the one that was asked for is shown with its tasks. */
export function linesMessage(asked: LinesPage, t: Catalogue): MessageBody {
  const { board, text } = asked;
  const found = linesNamed(board.lines, text);
  const [only] = found;
  if (text !== '' && found.length === 1 && only !== undefined) return oneLine(only, asked, t);
  const shown = page(found, asked.page, linesPerPage);
  const search = t.units.quote(named(text));
  const heading = text === '' ? t.lines.heading(shown.total) : t.lines.found(search, shown.total);
  const nothing = text === '' ? t.lines.none : t.lines.noMatch;
  return fitMessage({
    text: t.units.labeled(t.titles.lines, t.lines.summary(shown.total)),
    blocks: present([
      section(heading),
      ...(shown.total === 0 ? [section(nothing)] : shown.items.flatMap((line, index) => rowsOf(line, index, t))),
      turning({ text, page: shown.page, pages: shown.pages }, t),
      context(t.lines.footer(shown.page, shown.pages), datedText(board, t)),
    ]),
  });
}

function oneLine(line: LineStanding, { board, text }: LinesPage, t: Catalogue): MessageBody {
  const more = line.tasks.length - shownTasks;
  return fitMessage({
    text: t.units.labeled(t.titles.lines, named(line.name)),
    blocks: present([
      section(headOf(line, t)),
      oversubscribed(line, t),
      ...line.tasks.slice(0, shownTasks).map((card) => taskRow(card, t)),
      line.tasks.length === 0 ? context(t.lines.noTasks) : null,
      more > 0 ? context(t.lines.moreTasks(more)) : null,
      actions('lines_page', [
        ...moveButtons(line, t),
        button(actionIds.refreshLines, t.lines.refresh, pageValue(1, text)),
        button(actionIds.previousLines, t.lines.back, pageValue(1, '')),
      ]),
      context(datedText(board, t)),
    ]),
  });
}

function taskRow(card: CardData, t: Catalogue): SectionBlock {
  const row = rowOf(card, null, t);
  if (row.text === undefined) return row;
  return {
    ...row,
    text: { ...row.text, text: `${row.text.text}${t.units.separator}${t.units.calls(card.task.concurrency)}` },
  };
}

function rowsOf(line: LineStanding, index: number, t: Catalogue): KnownBlock[] {
  return drawnIn(t)(line).map((block) => (block.type === 'actions' ? { ...block, block_id: `line:${index}` } : block));
}

/** What is said of a line stays the same until the next reading, and masking the names of its tasks takes the time. */
const drawnIn = derivedOnce((t: Catalogue) =>
  derivedOnce((line: LineStanding): KnownBlock[] => {
    const buttons = [
      ...moveButtons(line, t),
      ...(line.tasks.length > 0 && fitsAsValue(line.id)
        ? [button(actionIds.showLine, t.lines.tasksOf, line.id, { spoken: t.aria.tasksOf(plainName(line.name)) })]
        : []),
    ];
    return present([
      section(headOf(line, t)),
      oversubscribed(line, t),
      context(holdersText(line, t)),
      buttons.length === 0 ? null : actions('line', buttons),
    ]);
  }),
);

function moveButtons(line: LineStanding, t: Catalogue): ActionsBlock['elements'] {
  if (!canMove(line) || !fitsAsValue(line.id)) return [];
  const value = writeJson({ form: 'move', line: line.id });
  return [button(actionIds.openForm, t.buttons.move, value, { spoken: t.aria.move(plainName(line.name)) })];
}

/** `*Line A* · 4 of 10 free · 6 in use · 0571…5008`, and beneath it what is wrong or will be. */
function headOf(line: LineStanding, t: Catalogue): string {
  const { name, callerNumber } = line;
  const caller = callerNumber ? [maskPhone(callerNumber)] : [];
  const facts = [`*${named(name)}*`, freeText(line, t), usedText(line, t), ...caller].join(t.units.separator);
  return [facts, termText(line, t)].filter((text) => text !== null).join('\n');
}

/** Free concurrency in short, for where a line is one of many: what is not known is said. */
export function freeText({ free, total }: LineStanding, t: Catalogue): string {
  return free === null ? t.lines.freeUnknown(total) : t.lines.free(free, total);
}

function usedText({ used }: LineStanding, t: Catalogue): string {
  return used === null ? t.lines.usedUnknown : t.lines.used(used);
}

/** What keeps tasks from calling on the line, now or soon; null where nothing is known of that kind. */
export function termText(line: LineStanding, t: Catalogue): string | null {
  const { offered, term, expiresAt } = line;
  const on = expiresAt === null ? '' : date(expiresAt, t.dates.day);
  const parts = [
    offered === false ? `${refusal} ${t.lines.gone}` : null,
    term === 'expired' ? `${refusal} ${t.lines.expired(on)}` : null,
    term === 'expiring' ? `${warning} ${t.lines.expiring(on)}` : null,
    term === 'valid' ? t.lines.expires(on) : null,
    isFull(line) ? `${warning} ${t.lines.full}` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(t.units.separator);
}

function oversubscribed(line: LineStanding, t: Catalogue): KnownBlock | null {
  const { claimed, total } = line;
  return total !== null && isOversubscribed(line)
    ? context(`${warning} ${t.lines.oversubscribed(claimed, total)}`)
    : null;
}

function holdersText({ tasks }: LineStanding, t: Catalogue): string {
  if (tasks.length === 0) return t.lines.noTasks;
  const more = tasks.length - shownHolders;
  return [
    ...tasks
      .slice(0, shownHolders)
      .map(
        ({ task, state }) => `${glyphs[state]} ${t.lines.holder(named(task.name), task.concurrency, t.states[state])}`,
      ),
    ...(more > 0 ? [t.lines.moreTasks(more)] : []),
  ].join(t.units.separator);
}

function turning({ text, page, pages }: { text: string; page: number; pages: number }, t: Catalogue): ActionsBlock {
  const turn = (id: ActionId, label: string, to: number, searched = text) => button(id, label, pageValue(to, searched));
  return actions('lines_page', [
    ...(page > 1 ? [turn(actionIds.previousLines, t.buttons.previous, page - 1)] : []),
    ...(page < pages ? [turn(actionIds.nextLines, t.buttons.nextPage, page + 1)] : []),
    turn(actionIds.refreshLines, t.lines.refresh, page),
  ]);
}

function datedText({ tasksReadAt, metadataReadAt }: LinesBoard, t: Catalogue): string {
  const at = (moment: number): string => date(moment, t.dates.time);
  return metadataReadAt === null
    ? t.lines.metadataUnknown(at(tasksReadAt))
    : t.lines.asOf(at(tasksReadAt), at(metadataReadAt));
}

const pageValue = (page: number, text: string): string => writeJson({ page, text: cut(cleaned(text), carriedText) });
