import { createHash } from 'node:crypto';
import type { AlertKind } from '../model/alert.ts';
import {
  type BoardGroup,
  type BoardLever,
  boardGroups,
  type ChannelBoard,
  maxBoardRows,
} from '../model/channel-board.ts';
import type { Reading, TaskState } from '../model/reading.ts';
import { cardHash, cardOf } from './card.ts';

const groupOfState: Record<TaskState, BoardGroup> = {
  draft: 'paused',
  dialing: 'dialing',
  waiting: 'waiting',
  awaiting_redial: 'waiting',
  paused: 'paused',
  finished: 'finished',
  gone: 'gone',
};

/** What is wrong with tasks, by their ids. */
export type Troubles = ReadonlyMap<string, readonly AlertKind[]>;

/** Nothing is dialed while this is wrong: another line is more urgent than a pause. */
const standingStill: ReadonlySet<AlertKind> = new Set(['line_full', 'line_dead', 'line_gone', 'line_expired']);

/**
 * The board of a channel, from the newest readings of its tasks: what needs attention first, then what runs, waits, is
 * paused or has finished, and in each group the newest task. Within a group no task moves while its figures do, so that
 * a button is not pulled away from under a finger.
 * @param staleSince since when the platform cannot be read, epoch ms; null while it can
 */
export function channelBoardOf(
  readings: Iterable<Reading>,
  staleSince: number | null,
  troubles: Troubles = new Map(),
): ChannelBoard {
  const counts = Object.fromEntries(boardGroups.map((group) => [group, 0])) as Record<BoardGroup, number>;
  const ranked: { reading: Reading; group: BoardGroup; rank: number }[] = [];
  let updatedAt: number | null = null;
  for (const reading of readings) {
    const group = groupOf(reading, troubles);
    counts[group] += 1;
    ranked.push({ reading, group, rank: boardGroups.indexOf(group) });
    if (reading.state !== 'gone') updatedAt = Math.max(updatedAt ?? 0, reading.takenAt);
  }
  const inOrder = ranked.sort((a, b) => a.rank - b.rank || newestFirst(a.reading, b.reading));
  return {
    rows: inOrder.slice(0, maxBoardRows).map(({ reading, group }) => {
      const wrong = group === 'attention' ? (troubles.get(reading.task.id) ?? []) : [];
      return { card: cardOf(reading, staleSince), group, lever: leverOf(reading, wrong), troubles: wrong };
    }),
    counts,
    staleSince,
    updatedAt,
  };
}

/** A fingerprint of what a channel board shows. The time of the readings is left out, as in that of a card. */
export function channelBoardHash({ rows, counts, staleSince }: ChannelBoard): string {
  const shown = rows.map(({ card, group, lever, troubles }) => [card.task.id, group, lever, troubles, cardHash(card)]);
  return createHash('sha256')
    .update(JSON.stringify([shown, counts, staleSince]))
    .digest('base64url');
}

function groupOf({ task, state }: Reading, troubles: Troubles): BoardGroup {
  return state !== 'gone' && troubles.has(task.id) ? 'attention' : groupOfState[state];
}

/** What is on and dials can be paused, whatever else is wrong: stopping is never further away than one press. */
function leverOf({ task, state }: Reading, troubles: readonly AlertKind[]): BoardLever | null {
  if (state === 'gone') return null;
  if (task.started) return troubles.some((kind) => standingStill.has(kind)) ? 'line' : 'pause';
  if (state === 'finished') return null;
  return task.progress?.total === 0 ? 'import' : 'start';
}

function newestFirst(a: Reading, b: Reading): number {
  return (b.task.createdAt ?? 0) - (a.task.createdAt ?? 0) || (a.task.id < b.task.id ? -1 : 1);
}
