import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many items of a loop over the tasks of an account take a few milliseconds. */
const itemsPerTurn = 100;

/** The items one by one, with a turn of the event loop for everything else after every 100: for loops over thousands. */
export async function* spread<T>(items: Iterable<T>): AsyncGenerator<T, void> {
  let count = 0;
  for (const item of items) {
    count += 1;
    if (count % itemsPerTurn === 0) await nextTurn();
    yield item;
  }
}
