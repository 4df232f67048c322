/** Messages the app has told the workspace to post later. */

export interface Scheduled {
  id: string;
  channel: string;
  /** Seconds since the epoch. */
  postAt: number;
  created: number;
  text: string;
}

export interface Schedule {
  /** Calls `post` when the moment has come. */
  add(entry: Scheduled, post: () => void): void;
  /** False when there is none of that id. */
  cancel(id: string): boolean;
  list(): Scheduled[];
  clear(): void;
}

/** `now` in milliseconds since the epoch. */
export function createSchedule(now: () => number): Schedule {
  const waiting = new Map<string, { entry: Scheduled; timer: NodeJS.Timeout }>();
  return {
    add(entry, post) {
      const fire = (): void => {
        waiting.delete(entry.id);
        post();
      };
      // Node's timers hold 24.8 days; nobody keeps a sandbox open that long, and one that overflowed would fire at once.
      const pause = Math.min(Math.max(0, entry.postAt * 1_000 - now()), 2_147_483_647);
      const timer = setTimeout(fire, pause);
      timer.unref();
      waiting.set(entry.id, { entry, timer });
    },
    cancel(id) {
      const found = waiting.get(id);
      if (!found) return false;
      clearTimeout(found.timer);
      return waiting.delete(id);
    },
    list: () => [...waiting.values()].map(({ entry }) => entry).sort((a, b) => a.postAt - b.postAt),
    clear() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
