import type { OutboxItem } from '../model/outbox.ts';
import type { Clock } from '../ports.ts';
import type { LookUpFailures } from './look-up.ts';
import { type DeliveryLimits, storedWaitMs } from './policy.ts';
import type { Silence } from './reach.ts';

/** What this process knows of an item that is not sent yet. */
interface Effort {
  /** By `Clock.elapsed`. */
  notBefore: number;
  /** When it was written, by `Clock.elapsed`: the clock may be set while it waits. */
  writtenAt: number;
  silence: Silence | null;
  lookUps: LookUpFailures;
  /** A correction whose message can no longer be edited becomes a message of its own. */
  asNew: boolean;
}

export interface Efforts {
  of(item: OutboxItem): Effort;
  /** The item is settled. */
  forget(id: string): void;
  /** Forgets what it knew of items that are no longer open. */
  keep(open: ReadonlySet<string>): void;
}

export function createEfforts(clock: Pick<Clock, 'now' | 'elapsed'>, limits: DeliveryLimits): Efforts {
  const efforts = new Map<string, Effort>();
  return {
    of(item) {
      const known = efforts.get(item.id) ?? {
        notBefore: clock.elapsed() + storedWaitMs(item, clock.now(), limits),
        writtenAt: clock.elapsed() - (clock.now() - item.createdAt),
        silence: null,
        lookUps: { silence: null, unclear: 0 },
        asNew: false,
      };
      efforts.set(item.id, known);
      return known;
    },
    forget(id) {
      efforts.delete(id);
    },
    keep(open) {
      for (const id of efforts.keys()) if (!open.has(id)) efforts.delete(id);
    },
  };
}
