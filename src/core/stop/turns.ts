/** The place of an item in an order in which requests leave. */
export interface Turn {
  /** True once every earlier item has left or is over; false when none is to leave any more. */
  comes(): Promise<boolean>;
  /** Its request is being sent, so the next one may follow. */
  leaves(): void;
  /** Its request was not accepted: it is sent again before any later one. */
  returns(): void;
}

/**
 * Works on items up to `maxInFlight` at a time, and lets each know its turn, so that their requests leave in the order of
 * the items while earlier ones still wait for their outcome. Begins no item after the first result that is not null, and
 * resolves with that once all that were begun are over.
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

  const look = (): void => {
    const first = Math.min(...held);
    for (const [place, resolve] of [...waiting]) {
      if (halt === null && place > first) continue;
      waiting.delete(place);
      resolve(halt === null);
    }
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
  });
  const next = async (): Promise<void> => {
    while (begun < items.length && halt === null) {
      const place = begun;
      begun += 1;
      const item = items[place];
      if (item === undefined) return;
      held.add(place);
      try {
        const result = await act(item, turnAt(place));
        halt ??= result;
      } finally {
        held.delete(place);
        look();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxInFlight, items.length) }, next));
  return halt;
}
