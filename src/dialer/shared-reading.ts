/** A reading that several callers share while it is under way. */
export interface SharedReading<T> {
  /** The reading under way, or a new one. */
  read(): Promise<T>;
  /** Who asks from now on gets a reading that began after this moment. */
  outdate(): void;
}

/**
 * One reading under way serves all who ask meanwhile: ten people who ask at once cost the platform one list. A change
 * made by us outdates what began before it, because its readers would see the time before their own action.
 */
export function shareReading<T>(read: () => Promise<T>): SharedReading<T> {
  let underWay: Promise<T> | null = null;
  return {
    read() {
      if (underWay !== null) return underWay;
      const mine = read().finally(() => {
        if (underWay === mine) underWay = null;
      });
      underWay = mine;
      return mine;
    },
    outdate() {
      underWay = null;
    },
  };
}
