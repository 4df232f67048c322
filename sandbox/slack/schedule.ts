import type { Clock } from './clock.ts';

/** Messages the app has asked the workspace to post later. */

interface Scheduled {
  id: string;
  channel: string;
  /** Seconds since the epoch. */
  postAt: number;
  created: number;
  text: string;
}

export interface Schedule {
  /** Calls `post` when the time has come. */
  add(entry: Scheduled, post: () => void): void;
  /** False when there is none with that id. */
  cancel(id: string): boolean;
  list(): Scheduled[];
  clear(): void;
}

export function createSchedule(clock: Clock): Schedule {
  const waiting = new Map<string, { entry: Scheduled; cancel: () => void }>();
  return {
    add(entry, post) {
      const cancel = clock.after(entry.postAt * 1_000 - clock.now(), () => {
        waiting.delete(entry.id);
        post();
      });
      waiting.set(entry.id, { entry, cancel });
    },
    cancel(id) {
      const found = waiting.get(id);
      if (!found) return false;
      found.cancel();
      return waiting.delete(id);
    },
    list: () => [...waiting.values()].map(({ entry }) => entry).sort((a, b) => a.postAt - b.postAt),
    clear() {
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
