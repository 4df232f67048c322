import type { AppError } from '../errors.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';

/** How fast messages are sent, and for how long delivery is attempted. All in milliseconds unless said otherwise. */
export interface DeliveryLimits {
  /** Between two posts to one channel. */
  postEveryMs: number;
  /** Between two edits of one card; changes in between are shown by the next edit. */
  editEveryMs: number;
  /** Edits per minute in the whole workspace, and how many of them may come at once after a pause. */
  editsPerMinute: number;
  editBurst: number;
  /**
   * How long the delivery lease lasts without renewal, should its bot live on: several ticks, and well above the
   * longest single call.
   */
  leaseMs: number;
  /** How often a bot that does not deliver asks whether it is to. */
  standByMs: number;
  /** Waits after a failure: doubled each time, from the first to the last. */
  firstBackoffMs: number;
  lastBackoffMs: number;
  /** The longest of these waits while nothing shows that the chat platform answers at all. */
  outageBackoffMs: number;
  /** The longest wait that the other side may ask for. */
  maxWaitMs: number;
  /** A notice that could not be sent for this long is no longer news. */
  maxAgeMs: number;
  /** For how long the calling platform must be out of reach before the cards say so: shorter gaps are no news. */
  staleAfterMs: number;
  /** A card that cannot be posted is tried again after so long, and one that can no longer be edited is replaced as often. */
  newCardEveryMs: number;
}

export const defaultLimits: DeliveryLimits = {
  postEveryMs: 1_000,
  editEveryMs: 15_000,
  // Slack allows "50 and more" calls of chat.update a minute per workspace; pressed buttons need some of them.
  editsPerMinute: 48,
  editBurst: 2,
  leaseMs: 300_000,
  standByMs: 3_000,
  firstBackoffMs: 2_000,
  lastBackoffMs: 300_000,
  outageBackoffMs: 15_000,
  maxWaitMs: 15 * 60_000,
  maxAgeMs: 24 * 3_600_000,
  staleAfterMs: 60_000,
  newCardEveryMs: 3_600_000,
};

/** What a failed call means for what happens next. */
export type Verdict =
  /** The other side asked to wait for `ms`. */
  | { kind: 'throttled'; ms: number }
  /** No answer, or the whole installation is refused: it passes, and then everything goes on. */
  | { kind: 'down' }
  /** Refused for a reason that is not known to last or to pass, or a failure of our own: a few more attempts. */
  | { kind: 'unclear' }
  /** This message can never be accepted as it is; others can. */
  | { kind: 'unfit' }
  /** The message to be edited was deleted. */
  | { kind: 'gone' }
  /** The message to be edited can no longer be edited; a new one can be posted. */
  | { kind: 'fixed' }
  /** Nothing can be posted to this channel any longer, for this reason. */
  | { kind: 'broken'; reason: string };

/** How often a message is tried in all when the reason of its failure is unclear. */
export const maxUnclear = 5;

/** How often a message is tried that gets no answer while others do: the fault is its own. */
export const maxUnanswered = 10;

/** A limit that asks to wait for no time at all is not asked again at once. */
const leastWaitMs = 1_000;

export function verdictOf(error: AppError, limits: DeliveryLimits): Verdict {
  const { retryAfterMs, permanent, concerns, chatError } = error.details;
  if (retryAfterMs !== undefined) {
    return { kind: 'throttled', ms: Math.max(leastWaitMs, Math.min(retryAfterMs, limits.maxWaitMs)) };
  }
  if (error.code !== 'chat_failed') return { kind: 'unclear' };
  switch (concerns) {
    case 'service':
    case 'installation':
      return { kind: 'down' };
    case 'message':
      return { kind: 'unfit' };
    case 'message_gone':
      return { kind: 'gone' };
    case 'message_fixed':
      return { kind: 'fixed' };
    default:
      if (permanent === true) return { kind: 'broken', reason: chatError ?? error.code };
      return { kind: chatError === undefined ? 'down' : 'unclear' };
  }
}

/** The wait after the n-th failure in a row (from 1), at most `longestMs`. */
export function backoffMs(failures: number, limits: DeliveryLimits, longestMs = limits.lastBackoffMs): number {
  return Math.min(longestMs, limits.firstBackoffMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
}

/**
 * How long an item must still wait by its row, ms, which another process may have written: an instant of a clock that
 * may have been set since, so no more than any back-off lasts, and nothing if the item was never put off.
 */
export function storedWaitMs({ notBefore, createdAt }: OutboxItem, now: number, limits: DeliveryLimits): number {
  const left = notBefore - now;
  return notBefore <= createdAt || left > limits.lastBackoffMs ? 0 : Math.max(0, left);
}

/** Why a message may be posted to its channel. */
export interface Standing {
  /** The watch of its task there. */
  watch: Watch | null;
  /** Whether the channel has any subscription and can be posted to. */
  subscribed: boolean;
  /** Whether the channel waits for its board to be posted. */
  awaitsBoard: boolean;
  /** Whether that watch is to have a card: in a channel with a board it has none. */
  hasCard: boolean;
}

/** Whether to drop an item: nobody there wants to hear of the task any longer, or the news is old. */
export function isObsolete(
  { body }: Pick<OutboxItem, 'body'>,
  { watch, subscribed, awaitsBoard, hasCard }: Standing,
  ageMs: number,
  limits: DeliveryLimits,
): boolean {
  const watched = watch !== null && watch.brokenBy === null;
  if (body.type === 'card') return !watched || !hasCard;
  // A card that looks alive misleads however old it is, and so does an alert that is over.
  if (body.type === 'closed' || body.type === 'alert') return false;
  if (body.type === 'board') return !awaitsBoard;
  // Everybody who watched anything when it was ordered is notified; a digest needs no watch.
  if (body.type === 'stop' || body.type === 'digest') return ageMs > limits.maxAgeMs;
  return !(watched || subscribed || body.direct) || ageMs > limits.maxAgeMs;
}

/**
 * What must keep its order within a channel: the notices of one task. Cards and boards are edited in place, and a digest
 * stands alone, so they wait for nothing else.
 */
export function chainOf({ taskId, body }: { taskId: string; body: Pick<OutboxItem['body'], 'type'> }): string {
  return `${['card', 'board', 'closed', 'digest'].includes(body.type) ? body.type : 'notices'}:${taskId}`;
}

export function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** What a log line says of a failed call. */
export function factsOf(error: AppError): Record<string, unknown> {
  return { code: error.code, chatError: error.details.chatError, retryAfterMs: error.details.retryAfterMs };
}
