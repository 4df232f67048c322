import type { ActionsBlock, Button, PlainTextOption, SectionBlock, StaticSelect } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import {
  type BoardGroup,
  type BoardLever,
  type BoardRow,
  boardGroups,
  type ChannelBoard,
} from '../../core/model/channel-board.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, alertId, panelId } from '../ids.ts';
import { textMessage } from './answers.ts';
import { fitMessage, fitOptions, limits, type MessageBody } from './limits.ts';
import { date, named, plainName } from './mrkdwn.ts';
import { actions, button, context, option, plain, present, section } from './parts.ts';
import { glyphs, leftText, warning } from './state.ts';

const groupGlyphs: Record<BoardGroup, string> = {
  attention: warning,
  dialing: glyphs.dialing,
  waiting: glyphs.waiting,
  paused: glyphs.paused,
  finished: glyphs.finished,
  gone: glyphs.gone,
};

/** How long a name may be: the more tasks, the less of each name, so that all of them fit into one message. */
const nameLengths = [60, 44, 32, 24, 16] as const;

/** What the rows and the menu of tasks may take of a message's text; the rest is for what surrounds them. */
const tasksText = limits.messageTotal - 800;

/** More than this is said by the alerts themselves. */
const maxTroubles = 2;

/** Tasks about which there is nothing to do share a block: so many of them. */
const linesPerBlock = 10;

/** The board of a channel: what needs attention comes first, and each task has one line and one thing to do. */
export function channelBoardMessage(board: ChannelBoard, t: Catalogue): MessageBody {
  const total = boardGroups.reduce((sum, group) => sum + board.counts[group], 0);
  const overview = boardGroups
    .filter((group) => board.counts[group] > 0)
    .map((group) => `${groupGlyphs[group]} ${t.board.counts[group](board.counts[group])}`)
    .join(t.units.separator);
  const { rows, options } = tasksOf(board.rows, t);
  return fitMessage({
    text: total === 0 ? t.board.empty : t.board.summary(overview),
    blocks: present([
      board.staleSince === null ? null : context(`${warning} ${t.card.stale(date(board.staleSince, t.dates.moment))}`),
      section(`${t.board.heading(total)}\n${total === 0 ? t.board.empty : overview}`),
      ...rows,
      total === 0 ? null : context(footOf(board, total - board.rows.length, t)),
      total === 0 ? null : waysOn(options, t),
    ]),
  });
}

/** A board that is out of use: nothing on it can be pressed. */
export function closedBoardMessage(t: Catalogue): MessageBody {
  return textMessage(t.board.closed);
}

interface Tasks {
  rows: SectionBlock[];
  /** For the menu that opens the card of one of them. */
  options: PlainTextOption[];
}

/** The tasks under the longest names for which there is room. */
function tasksOf(rows: readonly BoardRow[], t: Catalogue): Tasks {
  let tasks: Tasks = { rows: [], options: [] };
  for (const length of nameLengths) {
    tasks = { rows: drawnRows(rows, length, t), options: optionsOf(rows, length) };
    if (textIn(tasks) <= tasksText) break;
  }
  return tasks;
}

function textIn({ rows, options }: Tasks): number {
  const inRows = rows.map(({ text, accessory }) => {
    return (text?.text.length ?? 0) + (accessory?.type === 'button' ? accessory.text.text.length : 0);
  });
  const inMenu = options.map(({ text }) => text.text.length);
  return [...inRows, ...inMenu].reduce((sum, length) => sum + length, 0);
}

function drawnRows(rows: readonly BoardRow[], nameLength: number, t: Catalogue): SectionBlock[] {
  const blocks: SectionBlock[] = [];
  let idle: string[] = [];
  const endIdle = (): void => {
    if (idle.length > 0) blocks.push(section(idle.join('\n')));
    idle = [];
  };
  for (const [index, row] of rows.entries()) {
    const name = `${groupGlyphs[row.group]} *${named(row.card.task.name, nameLength)}*`;
    const details = detailsOf(row, t).filter((part) => part !== null);
    if (row.lever === null) {
      idle.push([name, ...details].join(t.units.separator));
      if (idle.length === linesPerBlock) endIdle();
      continue;
    }
    endIdle();
    const text = `${name}\n${details.join(t.units.separator)}`;
    blocks.push({
      ...section(text, leverOf({ ...row, lever: row.lever, index }, t)),
      block_id: `task:${row.card.task.id}`,
    });
  }
  endIdle();
  return blocks;
}

/** What is known of a task in a few words: first why it is where it is, then how far it has come. */
function detailsOf({ card, group, troubles }: BoardRow, t: Catalogue): (string | null)[] {
  const { task, state, endsAt } = card;
  if (group === 'gone') return [t.states.gone];
  if (group === 'finished') {
    return [task.progress === null ? null : t.units.numbers(task.progress.total)];
  }
  const end = state === 'dialing' && endsAt !== null ? t.board.until(date(endsAt, t.dates.time)) : null;
  const figures = leftText(task.progress, t) ?? (task.progress === null ? t.states[state] : t.board.noNumbers);
  const reason = reasonOf(card, t);
  // Since when a task stands still says more than that it does.
  const wrong = troubles.filter((kind) => kind !== 'stalled' || reason === null).slice(0, maxTroubles);
  return [...wrong.map((kind) => t.board.troubles[kind]), wrong.length === 0 ? reason : null, figures, end];
}

function reasonOf({ evidence }: CardData, t: Catalogue): string | null {
  switch (evidence.kind) {
    case 'quiet_hours':
      return t.board.resumes(date(evidence.until, t.dates.time));
    case 'not_moved':
    case 'stalled':
      return t.board.noCallsSince(date(evidence.since, t.dates.time));
    case 'may_redial':
      return t.board.mayRedial;
    default:
      return null;
  }
}

function leverOf({ card, lever, index }: { card: CardData; lever: BoardLever; index: number }, t: Catalogue): Button {
  const { id, name } = card.task;
  const spoken = plainName(name);
  switch (lever) {
    case 'pause':
      return button(actionIds.pauseOnBoard, t.buttons.pause, id, { spoken: t.aria.pause(spoken) });
    case 'start':
      return button(actionIds.startOnBoard, t.buttons.start, id, { spoken: t.aria.start(spoken) });
    case 'import':
      return button(actionIds.openImport, t.board.import, id, { spoken: t.aria.import(spoken) });
    case 'line':
      return button(alertId('line', index), t.board.chooseLine, `line:${id}`, {
        spoken: t.alerts.leverOn(t.buttons.chooseLine, spoken),
      });
  }
}

function footOf({ updatedAt }: ChannelBoard, hidden: number, t: Catalogue): string {
  return [
    hidden > 0 ? t.board.more(hidden) : null,
    updatedAt === null ? null : t.card.updated(date(updatedAt, t.dates.time)),
  ]
    .filter((part) => part !== null)
    .join(t.units.separator);
}

/** Of the tasks that still exist. */
function optionsOf(rows: readonly BoardRow[], nameLength: number): PlainTextOption[] {
  const existing = rows.filter(({ group }) => group !== 'gone');
  return fitOptions(
    existing.map(({ card: { task }, group }) =>
      option(task.id, `${groupGlyphs[group]} ${plainName(task.name, nameLength)}`),
    ),
  );
}

/** From here to the card of any task, shown only to the person who asks, and to all tasks. */
function waysOn(options: PlainTextOption[], t: Catalogue): ActionsBlock {
  const placeholder = plain(t.board.open);
  const menu: StaticSelect = { type: 'static_select', action_id: actionIds.showTask, placeholder, options };
  return actions('board', [...(options.length > 0 ? [menu] : []), button(panelId('list'), t.board.allTasks, 'list')]);
}
