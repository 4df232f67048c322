/**
 * Per request in flight, so many actions may wait for their effect to show: each of them renews leases meanwhile.
 */
export const unsettledPerSlot = 16;

/** A place among few at a time. It is given back once; more often does no harm. */
type TakeSlot = () => Promise<() => void>;

/** Lets `count` at a time through, the others in the order in which they came. */
export function createSlots(count: number): TakeSlot {
  let free = count;
  const waiting: (() => void)[] = [];
  const giveBack = (): (() => void) => {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };
  return async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return giveBack();
  };
}
