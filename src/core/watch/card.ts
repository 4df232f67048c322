import { createHash } from 'node:crypto';
import { type CardData, type Evidence, nearMs } from '../model/card.ts';
import type { Reading } from '../model/reading.ts';
import { expiringMs, type Task } from '../model/task.ts';
import { firstSeenOf, rateOf } from './pace.ts';

/** The card of a reading. `staleSince` is set while the platform cannot be read (epoch ms). */
export function cardOf(reading: Reading, staleSince: number | null): CardData {
  const { task, state, takenAt, acts } = reading;
  return {
    task,
    state,
    evidence: evidenceOf(reading),
    ratePerMinute: state === 'dialing' || state === 'waiting' || state === 'finished' ? rateOf(reading) : null,
    endsAt: reading.endsAt,
    firstSeen: firstSeenOf(reading),
    staleSince,
    updatedAt: takenAt,
    acts,
  };
}

/**
 * A fingerprint of what a card shows. Two cards of a task in which nothing happened are equal, whenever they were made:
 * the time of the reading is left out, and so is what the platform changes on its own and no card shows. What the time
 * alone makes untrue is not: that a line is about to expire, or that a time is one of today. It begins with the state, so that a change of state can be distinguished from one of figures (`stateInHash`).
 */
export function cardHash(card: CardData): string {
  const { updatedAt, task, ...rest } = card;
  const { alteredAt: _touched, line, ...shown } = task;
  const remote = instantsOf(card).filter((at) => Math.abs(updatedAt - at) >= nearMs).length;
  const displayed = {
    ...rest,
    ...(remote > 0 && { remote }),
    task: { ...shown, line: { id: line.id, name: line.name, ...expiryOf(line, updatedAt) } },
  };
  return `${card.state}:${createHash('sha256').update(JSON.stringify(displayed, inKeyOrder)).digest('hex')}`;
}

/** What is said of the end of a line. */
function expiryOf({ expiresAt }: Task['line'], now: number): { expires?: number | 'past' } {
  if (expiresAt === null || expiresAt > now + expiringMs) return {};
  return { expires: expiresAt <= now ? 'past' : expiresAt };
}

/** The times that a card shows. */
function instantsOf({ acts, endsAt, firstSeen, evidence }: CardData): number[] {
  const times = Object.entries(evidence).flatMap(([key, value]) =>
    typeof value === 'number' && key !== 'numbers' ? [value] : [],
  );
  return [...times, ...acts.map(({ at }) => at), endsAt, firstSeen?.at ?? null].filter((at) => at !== null);
}

/** The state that a card with this hash shows; null for hashes of releases that did not record it. */
export function stateInHash(hash: string): string | null {
  const end = hash.indexOf(':');
  return end < 0 ? null : hash.slice(0, end);
}

/** A reading that went through the store may have its keys in a different order. */
function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function evidenceOf(reading: Reading): Evidence {
  const { task, state, takenAt, startedAt, presumedEnd, redials } = reading;
  switch (state) {
    case 'gone':
      return { kind: 'absent', at: takenAt };
    case 'finished':
      return { kind: 'all_dialed', unsure: task.started && redials === null ? ruleOf(task) : null };
    case 'draft':
      return { kind: 'no_numbers' };
    case 'paused':
      return startedAt === null && task.progress?.done === 0 ? { kind: 'never_started' } : { kind: 'switched_off' };
    case 'awaiting_redial': {
      const numbers = task.progress?.total ?? 0;
      return { kind: 'may_redial', rule: ruleOf(task), numbers, endsAt: presumedEnd ?? takenAt };
    }
    case 'waiting':
    case 'dialing':
      if (task.progress === null) return { kind: 'no_progress_source' };
      return task.progress.total === 0 ? { kind: 'no_numbers' } : evidenceOfCalls(reading);
    default:
      return state satisfies never;
  }
}

const ruleOf = ({ redialRule }: Task): string => redialRule.name ?? redialRule.id;

function evidenceOfCalls({ state, takenAt, movedAt, startedAt, startSeen, quietKnown, quietUntil }: Reading): Evidence {
  const begun = startedAt ?? takenAt;
  const movedSince = movedAt !== null && movedAt > begun;
  if (state === 'waiting') {
    if (quietUntil !== null) return { kind: 'quiet_hours', until: quietUntil };
    return { kind: quietKnown ? 'stalled' : 'not_moved', since: movedSince ? movedAt : begun };
  }
  if (movedSince) return { kind: 'moved', at: movedAt };
  return { kind: startSeen ? 'just_started' : 'on_since', at: begun };
}
