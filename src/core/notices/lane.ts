import type { OutboxItem } from '../model/outbox.ts';
import type { Clock } from '../ports.ts';
import type { EditQueue } from './edit-queue.ts';
import { chainOf, earlier } from './policy.ts';
import type { Reach } from './reach.ts';
import type { Sender } from './sender.ts';

export interface LaneDeps {
  clock: Pick<Clock, 'elapsed'>;
  sender: Sender;
  queue: Pick<EditQueue, 'has'>;
  reach: Reach;
  /** Aborted when the bot stops. */
  signal: AbortSignal;
}

/**
 * The messages of one channel, one at a time. The notices of one task keep their order; one that must wait, or that can
 * never be sent, holds up no other task.
 */
export interface Lane {
  /** Replaces what is to be sent by what is stored, oldest first. */
  give(items: readonly OutboxItem[]): void;
  /** Sends what is due. Returns when to try again (by `Clock.elapsed`), null when nothing waits for a time. Throws `store_failed`. */
  pass(): Promise<number | null>;
  readonly isEmpty: boolean;
}

export function createLane({ clock, sender, queue, reach, signal }: LaneDeps): Lane {
  let items: readonly OutboxItem[] = [];
  const done = new Set<string>();

  return {
    give(stored) {
      items = stored;
      done.clear();
      sender.keep(new Set(stored.map(({ id }) => id)));
    },
    async pass() {
      const held = new Set<string>();
      let next: number | null = null;
      for (const item of items) {
        if (signal.aborted) return null;
        // Who probes next in an outage, and when, is not up to one lane.
        if (reach.down && clock.elapsed() < reach.probeAt()) return null;
        if (sender.quietUntil() > clock.elapsed()) return sender.quietUntil();
        const chain = chainOf(item);
        if (done.has(item.id) || held.has(chain)) continue;
        const dueAt = sender.dueAt(item);
        const sent = queue.has(item.id) ? 'later' : dueAt > clock.elapsed() ? dueAt : await sender.send(item.id);
        if (sent === 'done') {
          done.add(item.id);
          continue;
        }
        held.add(chain);
        if (sent !== 'later') next = earlier(next, sent);
      }
      items = items.filter(({ id }) => !done.has(id));
      done.clear();
      return next;
    },
    get isEmpty() {
      return items.length === 0;
    },
  };
}
