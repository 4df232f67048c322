import { createHash } from 'node:crypto';
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

/**
 * The board of a channel, from the newest readings of its tasks: what needs attention first, then what runs, waits, is
 * paused or has finished, and in each group the newest task. Within a group no task moves while its figures do, so that
 * a button is not pulled away from under a finger.
 * @param staleSince since when the platform cannot be read, epoch ms; null while it can
 */
export function channelBoardOf(readings: Iterable<Reading>, staleSince: number | null): ChannelBoard {
  const counts = Object.fromEntries(boardGroups.map((group) => [group, 0])) as Record<BoardGroup, number>;
  const ranked: { reading: Reading; group: BoardGroup; rank: number }[] = [];
  let updatedAt: number | null = null;
  for (const reading of readings) {
    const group = groupOf(reading);
    counts[group] += 1;
    ranked.push({ reading, group, rank: boardGroups.indexOf(group) });
    if (reading.state !== 'gone') updatedAt = Math.max(updatedAt ?? 0, reading.takenAt);
  }
  const inOrder = ranked.sort((a, b) => a.rank - b.rank || newestFirst(a.reading, b.reading));
  return {
    rows: inOrder.slice(0, maxBoardRows).map(({ reading, group }) => ({
      card: cardOf(reading, staleSince),
      group,
      lever: leverOf(reading),
    })),
    counts,
    staleSince,
    updatedAt,
  };
}

/** A fingerprint of what a channel board shows. The time of the readings is left out, as in that of a card. */
export function channelBoardHash({ rows, counts, staleSince }: ChannelBoard): string {
  const shown = rows.map(({ card, group, lever }) => [card.task.id, group, lever, cardHash(card)]);
  return createHash('sha256')
    .update(JSON.stringify([shown, counts, staleSince]))
    .digest('base64url');
}

function groupOf(reading: Reading): BoardGroup {
  return needsAttention(reading) ? 'attention' : groupOfState[reading.state];
}

/** On, and yet no number is dialed, or none that ought to be. */
function needsAttention({ task, state, takenAt, quietKnown, quietUntil }: Reading): boolean {
  if (state === 'gone' || state === 'finished' || !task.started) return false;
  const stalled = state === 'waiting' && quietKnown && quietUntil === null && (task.progress?.total ?? 0) > 0;
  const expired = task.line.expiresAt !== null && task.line.expiresAt <= takenAt;
  return stalled || expired || task.script.deleted;
}

/** What is on can be paused, whatever its state: stopping is never further away than one press. */
function leverOf({ task, state }: Reading): BoardLever | null {
  if (state === 'gone') return null;
  if (task.started) return 'pause';
  if (state === 'finished') return null;
  return task.progress?.total === 0 ? 'import' : 'start';
}

function newestFirst(a: Reading, b: Reading): number {
  return (b.task.createdAt ?? 0) - (a.task.createdAt ?? 0) || (a.task.id < b.task.id ? -1 : 1);
}
