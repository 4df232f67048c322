import type { Clock } from '../core/ports.ts';
import { within } from '../core/time/waiting.ts';

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

/** A reading that has not begun waits no longer for the one under way, ms: one that hangs must hold up nobody. */
const waitsMs = 1_000;

/**
 * Readings that begin after they were asked for, for those who have changed something: who asks while one is under way
 * shares the next one, so that many changes at a time cost no more than one reading after the other.
 */
export function readingAfterwards<T>(clock: Pick<Clock, 'sleep'>, read: () => Promise<T>): () => Promise<T> {
  /** Settled once the last reading that began is over. */
  let underWay: Promise<void> | null = null;
  let next: Promise<T> | null = null;
  const begin = (): Promise<T> => {
    const reading = read();
    const ended = () => {
      if (underWay === over) underWay = null;
    };
    const over: Promise<void> = reading.then(ended, ended);
    underWay = over;
    return reading;
  };
  return () => {
    if (underWay === null) return begin();
    next ??= within(clock, { ms: waitsMs }, underWay, () => undefined).then(() => {
      next = null;
      return begin();
    });
    return next;
  };
}
