import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Makes one write of everything that is to be written at the same time: many people who open the same screen cost one
 * sync of the disk, not one each. Of two items with the same key the later one counts. Each call resolves once its item
 * is written. When a write of several fails, each is tried by itself, so that one of them cannot hold up the others.
 */
export function gathered<T>({
  keyOf,
  write,
}: {
  keyOf: (item: T) => string;
  write: (items: readonly T[]) => Promise<void>;
}): (item: T) => Promise<void> {
  let next: { items: Map<string, T>; written: Promise<Map<string, unknown>> } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** What failed, by key. */
  const writeAll = async (items: ReadonlyMap<string, T>): Promise<Map<string, unknown>> => {
    const failed = new Map<string, unknown>();
    try {
      await write([...items.values()]);
    } catch (thrown) {
      const alone = async ([key, item]: [string, T]): Promise<void> => {
        if (items.size === 1) failed.set(key, thrown);
        else await write([item]).catch((again) => failed.set(key, again));
      };
      await Promise.all([...items].map(alone));
    }
    return failed;
  };

  return async (item) => {
    if (next === null) {
      const items = new Map<string, T>();
      // A turn of the event loop: what has arrived by then is written together.
      const written = Promise.all([last, nextTurn()]).then(() => {
        next = null;
        return writeAll(items);
      });
      last = written;
      next = { items, written };
    }
    const key = keyOf(item);
    next.items.set(key, item);
    const failed = await next.written;
    if (failed.has(key)) throw failed.get(key);
  };
}
