import type { AppError } from '../errors.ts';
import { toAppError } from '../errors.ts';
import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Clock, Messenger } from '../ports.ts';
import { backoffMs, type DeliveryLimits, maxUnanswered, maxUnclear, type Verdict, verdictOf } from './policy.ts';
import { attend, nextSilence, type Reach, type Silence, silenceMs } from './reach.ts';

export interface LookUpDeps {
  messenger: Pick<Messenger, 'find'>;
  clock: Clock;
  limits: DeliveryLimits;
  reach: Reach;
  /** Looking messages up is limited per workspace, so one refusal pauses all look-ups. By `Clock.elapsed`. */
  lookUps: { quietUntil: number };
  note(item: OutboxItem, verdict: Verdict, error: AppError): void;
}

/** The failures of one message's look-ups, none at first. */
export interface LookUpFailures {
  silence: Silence | null;
  unclear: number;
}

type LookedUp =
  | { kind: 'found'; ref: MessageRef }
  /** It is not there, or it cannot be found out: a message that appears twice is better than one that never arrives. */
  | { kind: 'absent' }
  | { kind: 'wait'; ms: number }
  /** Nothing gets through at present. */
  | { kind: 'blocked' };

/**
 * The look-up of a lost attempt starts this much before the item was written. The chat platform dates its messages by
 * its own clock, and ours may have been wrong by hours when the item was written.
 */
const clockSkewMs = 24 * 3_600_000;

/** Looks for the message of an attempt whose answer was lost, before it is repeated. Notes failures in `failures`. */
export async function lookUp(
  { messenger, clock, limits, reach, lookUps, note }: LookUpDeps,
  { channel, thread }: { channel: ChannelRef; thread: MessageRef | null },
  item: OutboxItem,
  failures: LookUpFailures,
): Promise<LookedUp> {
  const quietMs = lookUps.quietUntil - clock.elapsed();
  if (quietMs > 0) return { kind: 'wait', ms: quietMs };
  try {
    const call = () => messenger.find(channel, item.key, item.createdAt - clockSkewMs, thread);
    const found = await attend({ reach, clock, limits }, item, call);
    if (found === 'blocked') return { kind: 'blocked' };
    return found.value === null ? { kind: 'absent' } : { kind: 'found', ref: found.value };
  } catch (thrown) {
    const error = toAppError(thrown);
    const verdict = verdictOf(error, limits);
    note(item, verdict, error);
    if (verdict.kind === 'throttled') {
      lookUps.quietUntil = clock.elapsed() + verdict.ms;
      return { kind: 'wait', ms: verdict.ms };
    }
    if (verdict.kind === 'down') {
      failures.silence = nextSilence(failures.silence, reach);
      if (failures.silence.blamed < maxUnanswered) return { kind: 'wait', ms: silenceMs(failures.silence, limits) };
      return { kind: 'absent' };
    }
    failures.unclear += 1;
    return failures.unclear < maxUnclear
      ? { kind: 'wait', ms: backoffMs(failures.unclear, limits) }
      : { kind: 'absent' };
  }
}
