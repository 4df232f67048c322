import { unsettledPerSlot } from '../time/slots.ts';

/** The place of an item in an order in which requests leave. */
export interface Turn {
  /** True once every earlier item has left or is over; false when none is to leave any more. */
  comes(): Promise<boolean>;
  /** Its request is being sent, or it will leave whenever it can: the next one may follow. */
  leaves(): void;
  /** Its request was not accepted: it is sent again before any later one. */
  returns(): void;
  /** Its request is in flight no more: another item may be begun meanwhile. */
  answered(): void;
}

/**
 * Works on items, of which up to `maxInFlight` at a time are not answered yet, and lets each know its turn, so that their
 * requests leave in the order of the items while the outcomes of earlier ones are still looked for. Begins no item after
 * the first result that is not null, and resolves with that once all that were begun are over. Throws what `act` throws.
 */
export async function inTurns<Item, Halt>(
  items: readonly Item[],
  maxInFlight: number,
  act: (item: Item, turn: Turn) => Promise<Halt | null>,
): Promise<Halt | null> {
  let halt: Halt | null = null;
  let begun = 0;
  /** Begun, and not sent: later ones wait for these. */
  const held = new Set<number>();
  const waiting = new Map<number, (mayLeave: boolean) => void>();
  /** Begun, and not answered. */
  const open = new Set<number>();
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  const look = (): void => {
    const first = Math.min(...held);
    for (const [place, resolve] of [...waiting]) {
      if (halt === null && place > first) continue;
      waiting.delete(place);
      resolve(halt === null);
    }
  };
  const answered = (place: number): void => {
    if (open.delete(place)) begin();
  };
  const turnAt = (place: number): Turn => ({
    comes: () =>
      new Promise((resolve) => {
        waiting.set(place, resolve);
        look();
      }),
    leaves() {
      held.delete(place);
      look();
    },
    returns: () => void held.add(place),
    answered: () => answered(place),
  });
  const run = async (item: Item, place: number): Promise<void> => {
    try {
      const result = await act(item, turnAt(place));
      halt ??= result;
    } catch (thrown) {
      failures.push(thrown);
    } finally {
      held.delete(place);
      look();
      answered(place);
    }
  };
  const begin = (): void => {
    while (halt === null && open.size < maxInFlight && running.size < maxInFlight * unsettledPerSlot) {
      const place = begun;
      const item = items[place];
      if (item === undefined) return;
      begun += 1;
      held.add(place);
      open.add(place);
      const one = run(item, place).finally(() => {
        running.delete(one);
        begin();
      });
      running.add(one);
    }
  };
  begin();
  while (running.size > 0) await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  return halt;
}
