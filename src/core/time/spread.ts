import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many items of a loop over the tasks of an account take a few milliseconds. */
const itemsPerTurn = 100;

/** The items a hundred at a time, with a turn of the event loop for everything else in between: for loops over thousands. */
export async function* spread<T>(items: readonly T[]): AsyncGenerator<readonly T[], void> {
  for (let from = 0; from < items.length; from += itemsPerTurn) {
    if (from > 0) await nextTurn();
    yield items.slice(from, from + itemsPerTurn);
  }
}
