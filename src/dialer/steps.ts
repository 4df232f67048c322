import { setImmediate as nextTurn } from 'node:timers/promises';

/** Runs work that yields between its steps, and lets everything else that waits have its turn after each. */
export async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
