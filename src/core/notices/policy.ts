import type { AppError } from '../errors.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';

/** How fast messages are sent, and for how long delivery is attempted. All in milliseconds. */
export interface DeliveryLimits {
  /** Between two posts to one channel. */
  postEveryMs: number;
  /** Between two edits of one card; changes in between are shown by the next edit. */
  editEveryMs: number;
  /** How long the delivery lease lasts without renewal. Must be well above the longest single call. */
  leaseMs: number;
  /** Waits after a transient failure: doubled each time, from the first to the last. */
  firstBackoffMs: number;
  lastBackoffMs: number;
  /** A notice that could not be sent for this long is no longer news. */
  maxAgeMs: number;
}

export const defaultLimits: DeliveryLimits = {
  postEveryMs: 1_000,
  editEveryMs: 15_000,
  leaseMs: 30_000,
  firstBackoffMs: 2_000,
  lastBackoffMs: 300_000,
  maxAgeMs: 24 * 3_600_000,
};

/** What a failed call means for what happens next. */
export type Verdict =
  /** Try again after `ms`; `throttled`: the other side asked for it. */
  | { kind: 'wait'; ms: number; throttled: boolean }
  /** This message can never be posted; others can. */
  | { kind: 'unfit' }
  /** Nothing can be posted to this channel any longer, for this reason. */
  | { kind: 'broken'; reason: string };

/** Attempts after which a failure of our own (not the other side's) is considered permanent. */
const ownFaultAttempts = 5;

/** `attempts`: how often it has been tried, this attempt included. */
export function verdictOf(error: AppError, attempts: number, limits: DeliveryLimits): Verdict {
  const { retryAfterMs, permanent, concerns, chatError = '' } = error.details;
  if (retryAfterMs !== undefined) return { kind: 'wait', ms: retryAfterMs, throttled: true };
  const wait: Verdict = { kind: 'wait', ms: backoffMs(attempts, limits), throttled: false };
  if (error.code !== 'chat_failed') return attempts >= ownFaultAttempts ? { kind: 'unfit' } : wait;
  // Once an administrator has repaired the installation, everything must resume.
  if (permanent !== true || concerns === 'installation') return wait;
  if (concerns === 'message' || concerns === 'message_gone') return { kind: 'unfit' };
  return { kind: 'broken', reason: chatError || error.code };
}

/** The wait after the n-th attempt (from 1). */
function backoffMs(attempts: number, limits: DeliveryLimits): number {
  return Math.min(limits.lastBackoffMs, limits.firstBackoffMs * 2 ** Math.min(30, Math.max(0, attempts - 1)));
}

/** Whether to drop an item: its channel no longer watches the task or cannot be posted to, or the news is old. */
export function isObsolete(item: OutboxItem, watch: Watch | null, now: number, limits: DeliveryLimits): boolean {
  if (watch === null || watch.brokenBy !== null) return true;
  return item.body.type !== 'card' && now - item.createdAt > limits.maxAgeMs;
}
