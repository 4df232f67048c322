import { toAppError } from '../errors.ts';
import type { ChannelRef } from '../model/address.ts';
import type { Clock } from '../ports.ts';
import { backoffMs, type DeliveryLimits, verdictOf } from './policy.ts';

/**
 * Whether the chat platform answers. While it does not, waiting is up to all deliveries together: one call at a time
 * probes, at growing intervals, and the first answer lets everything go on. Times are by `Clock.elapsed`.
 */
export interface Reach {
  /** True while nothing gets through. */
  readonly down: boolean;
  /** How many calls were answered so far, whatever the answer; and how many were begun. */
  readonly answers: number;
  readonly calls: number;
  /** While it is down: when the next probe is due. */
  probeAt(): number;
  /**
   * Begins a call on behalf of a message; to be followed by `leave`. False when it may not be made now: one that failed
   * before in this outage leaves the probe to others for a moment, as the fault may be its own.
   */
  enter(message: Sent, now: number): boolean;
  /** How the call ended; `not_made`: something else prevented it. */
  leave(message: Sent, outcome: 'answered' | 'unanswered' | 'not_made', now: number): void;
}

/** A message, by the id of its item or of the watch whose card it is. */
interface Sent {
  id: string;
  channel: ChannelRef;
}

/**
 * So many messages in a row without an answer are an outage, if they go to several channels: one alone may be slow, and
 * must slow down no other.
 */
const anOutage = { messages: 3, channels: 2 };
const firstProbeMs = 1_000;
/** How long it leaves it to them. */
export const othersFirstMs = 1_000;

/** @param changed called when an outage begins and when it is over */
export function createReach(limits: Pick<DeliveryLimits, 'outageBackoffMs'>, changed: (down: boolean) => void): Reach {
  /** The messages that got no answer since the last answer of all, with their channels. */
  const failed = new Map<string, ChannelRef>();
  let outage: { probes: number; probeAt: number; probing: string | null } | null = null;
  let answers = 0;
  let calls = 0;

  const probeAt = (): number => (outage === null ? 0 : outage.probeAt);

  return {
    get down() {
      return outage !== null;
    },
    get answers() {
      return answers;
    },
    get calls() {
      return calls;
    },
    probeAt,
    enter({ id }, now) {
      if (outage !== null) {
        if (outage.probing !== null || now < outage.probeAt + (failed.has(id) ? othersFirstMs : 0)) return false;
        outage.probing = id;
      }
      calls += 1;
      return true;
    },
    leave({ id, channel }, outcome, now) {
      if (outcome === 'not_made') {
        if (outage?.probing === id) outage.probing = null;
        return;
      }
      if (outcome === 'answered') {
        answers += 1;
        failed.clear();
        if (outage === null) return;
        outage = null;
        changed(false);
        return;
      }
      failed.set(id, channel);
      const channels = new Set(failed.values()).size;
      if (outage?.probing === id) {
        const probes = outage.probes + 1;
        const waitMs = Math.min(limits.outageBackoffMs, firstProbeMs * 2 ** Math.min(10, probes));
        outage = { probes, probeAt: now + waitMs, probing: null };
      } else if (outage === null && failed.size >= anOutage.messages && channels >= anOutage.channels) {
        outage = { probes: 0, probeAt: now + firstProbeMs, probing: null };
        changed(true);
      }
    },
  };
}

/** A message that gets no answer: how often in a row, and how often although others did, so that the fault is its own. */
export interface Silence {
  tries: number;
  blamed: number;
  /** The answers to all calls by then. */
  answers: number;
}

export function nextSilence(before: Silence | null, { answers, down }: Pick<Reach, 'answers' | 'down'>): Silence {
  if (before === null) return { tries: 1, blamed: 0, answers };
  const blamed = before.blamed + (answers > before.answers && !down ? 1 : 0);
  return { tries: before.tries + 1, blamed, answers };
}

/** How long such a message waits. Short while others get no answer either: the outage may be over at any moment. */
export function silenceMs({ tries, blamed }: Silence, limits: DeliveryLimits): number {
  return backoffMs(tries, limits, blamed === 0 ? limits.outageBackoffMs : limits.lastBackoffMs);
}

/** Makes a call on behalf of a message. Throws what it throws; `blocked`: it may not be made now. */
export async function attend<T>(
  { reach, clock, limits }: { reach: Reach; clock: Pick<Clock, 'elapsed'>; limits: DeliveryLimits },
  message: Sent,
  call: () => Promise<T>,
): Promise<{ value: T } | 'blocked'> {
  if (!reach.enter(message, clock.elapsed())) return 'blocked';
  let outcome: 'answered' | 'unanswered' = 'answered';
  try {
    return { value: await call() };
  } catch (thrown) {
    if (verdictOf(toAppError(thrown), limits).kind === 'down') outcome = 'unanswered';
    throw thrown;
  } finally {
    reach.leave(message, outcome, clock.elapsed());
  }
}
