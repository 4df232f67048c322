import { beforeEach, describe, expect, test } from '@jest/globals';
import { patiently, within } from '../../../../src/core/time/waiting.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';

let clock: ManualClock;
beforeEach(() => {
  clock = createManualClock();
});

describe('within', () => {
  /** Counts the sleepers that are left behind: each would wake when the clock advances. */
  const counting = () => {
    let asleep = 0;
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
      asleep += 1;
      await clock.sleep(ms, signal);
      asleep -= 1;
    };
    return { clock: { ...clock, sleep }, asleep: () => asleep };
  };
  const valueIn = async <T>(ms: number, value: T): Promise<T> => {
    await clock.sleep(ms);
    return value;
  };

  test('gives what the work gives in time, and leaves no sleeper behind', async () => {
    const counted = counting();
    const result = within(counted.clock, { ms: 1_000 }, valueIn(999, 'work'), () => 'otherwise');
    expect(await clock.until(result)).toBe('work');
    await clock.advance(0);
    expect(counted.asleep()).toBe(0);
  });

  test('what is there already starts no timer', async () => {
    const counted = counting();
    const counts = [
      await within(counted.clock, { ms: 0 }, Promise.resolve('work'), () => 'otherwise'),
      await within(counted.clock, { ms: 0 }, Promise.reject(new Error('failed')), () => 'otherwise').catch(String),
      counted.asleep(),
    ];
    expect(counts).toEqual(['work', 'Error: failed', 0]);
  });

  test('gives the other thing once the time has passed; the work continues', async () => {
    const began = clock.now();
    let finished = false;
    const work = valueIn(1_001, 'work').then(() => {
      finished = true;
    });
    expect(await clock.until(within(clock, { ms: 1_000 }, work, () => 'otherwise'))).toBe('otherwise');
    expect([clock.now() - began, finished]).toEqual([1_000, false]);
    await clock.advance(1);
    expect(finished).toBe(true);
  });

  test('gives the other thing as soon as it is aborted', async () => {
    const began = clock.now();
    const ended = new AbortController();
    const result = within(clock, { ms: 1_000, signal: ended.signal }, valueIn(5_000, 'work'), () => 'otherwise');
    await clock.advance(10);
    ended.abort();
    expect(await result).toBe('otherwise');
    expect(clock.now() - began).toBe(10);
  });

  test('with a signal that was aborted before does not wait at all', async () => {
    const signal = AbortSignal.abort();
    expect(await within(clock, { ms: 1_000, signal }, new Promise(() => undefined), () => 'otherwise')).toBe(
      'otherwise',
    );
  });

  test('passes a failure of the work on, and what the other thing throws', async () => {
    const failing = valueIn(10, null).then(() => Promise.reject(new Error('work')));
    await expect(clock.until(within(clock, { ms: 1_000 }, failing, () => null))).rejects.toThrow('work');
    const late = within(clock, { ms: 1_000 }, valueIn(2_000, null), () => {
      throw new Error('too late');
    });
    await expect(clock.until(late)).rejects.toThrow('too late');
  });

  test('a failure of work that nobody waits for any more is not left unhandled', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };
    process.on('unhandledRejection', note);
    try {
      const failing = valueIn(2_000, null).then(() => Promise.reject(new Error('late')));
      expect(await clock.until(within(clock, { ms: 1_000 }, failing, () => 'otherwise'))).toBe('otherwise');
      await clock.advance(2_000);
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});

describe('patiently', () => {
  const patience = { maxWaits: 3, maxWaitMs: 1_000 };
  let began: number;
  let at: number[];
  beforeEach(() => {
    began = clock.now();
    at = [];
  });
  /** Answers those waits in turn, then null: nothing to wait for. */
  const answering = (waits: (number | null)[]) => async (): Promise<number | null> => {
    at.push(clock.now() - began);
    return waits[at.length - 1] ?? null;
  };
  const waitOf = (wait: number | null): number | null => wait;

  test('a result that does not ask to wait is returned at once', async () => {
    expect(await patiently(clock, patience, answering([null, 5]), waitOf)).toBeNull();
    expect(at).toEqual([0]);
  });

  test('acts again after each wait, none longer than the longest', async () => {
    expect(await clock.until(patiently(clock, patience, answering([300, 60_000]), waitOf))).toBeNull();
    expect(at).toEqual([0, 300, 1_300]);
  });

  test('once it has waited often enough, the last result is returned', async () => {
    const result = patiently(clock, patience, answering([10, 20, 30, 40, 50]), waitOf);
    expect(await clock.until(result)).toBe(40);
    expect(at).toEqual([0, 10, 30, 60]);
  });

  test('a failure is passed on', async () => {
    const act = (): Promise<number> => Promise.reject(new Error('no'));
    await expect(patiently(clock, patience, act, waitOf)).rejects.toThrow('no');
  });

  test('an abort ends the wait, and nothing is done again', async () => {
    const ended = new AbortController();
    const result = patiently(clock, { ...patience, signal: ended.signal }, answering([500, 1]), waitOf);
    await clock.advance(100);
    ended.abort();
    expect(await result).toBe(500);
    await clock.advance(1_000);
    expect(at).toEqual([0]);
  });

  test('an abort while it acts ends it with that result', async () => {
    const ended = new AbortController();
    const act = async (): Promise<number> => {
      ended.abort();
      return 500;
    };
    const unasked = (): never => {
      throw new Error('nobody will wait');
    };
    expect(await patiently(clock, { ...patience, signal: ended.signal }, act, unasked)).toBe(500);
  });
});
