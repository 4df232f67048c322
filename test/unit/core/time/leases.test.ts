import { beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { createLease, holding, type Lease, type LeaseStore } from '../../../../src/core/time/leases.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';

const ttlMs = 30_000;

let clock: ManualClock;
let log: ReturnType<typeof recordingLog>;
let held: Map<string, { owner: string; until: number }>;
/** Every call that reached the store: `lease a`, `renew a`, `release a`. */
let calls: string[];
/** What a call waits for, or fails with. */
let meanwhile: () => Promise<void>;

/** Leases in memory, by the clock of the test. */
const store: LeaseStore = {
  async lease(name, owner, ttl) {
    calls.push(`lease ${owner}`);
    await meanwhile();
    const holder = held.get(name);
    if (holder !== undefined && holder.owner !== owner && holder.until > clock.now()) return false;
    held.set(name, { owner, until: clock.now() + ttl });
    return true;
  },
  async renew(name, owner, ttl) {
    calls.push(`renew ${owner}`);
    await meanwhile();
    if (held.get(name)?.owner !== owner) return false;
    held.set(name, { owner, until: clock.now() + ttl });
    return true;
  },
  async release(name, owner) {
    calls.push(`release ${owner}`);
    await meanwhile();
    if (held.get(name)?.owner === owner) held.delete(name);
  },
};

beforeEach(() => {
  clock = createManualClock();
  log = recordingLog();
  [held, calls, meanwhile] = [new Map(), [], async () => undefined];
});

const leaseOf = (owner: string): Lease => createLease({ store, clock, log }, { name: 'poll', owner, ttlMs });
const holder = (): string | null => {
  const { owner, until } = held.get('poll') ?? { owner: null, until: 0 };
  return until > clock.now() ? owner : null;
};
const failing = async (): Promise<void> => {
  throw new AppError('store_failed', 'disk full');
};

describe('taking', () => {
  test('one holder has it until it is given back', async () => {
    const [a, b] = [leaseOf('a'), leaseOf('b')];
    expect([await a.take(), await b.take()]).toEqual([true, false]);
    expect([await a.isHeld(), await b.isHeld()]).toEqual([true, false]);
    await a.release();
    expect([await a.isHeld(), await b.take(), await b.isHeld()]).toEqual([false, true, true]);
  });

  test('a failure of the store is thrown, and what was held stays held', async () => {
    const a = leaseOf('a');
    await a.take();
    meanwhile = failing;
    await expect(a.take()).rejects.toMatchObject({ code: 'store_failed' });
    expect(await a.isHeld()).toBe(true);
  });
});

describe('isHeld', () => {
  test.each([
    [ttlMs, 3_000],
    [6_000, 2_000],
  ])('of %d ms asks nobody at first, and renews after %d ms', async (ttl, believed) => {
    const a = createLease({ store, clock, log }, { name: 'poll', owner: 'a', ttlMs: ttl });
    await a.take();
    await clock.advance(believed - 1);
    expect([await a.isHeld(), calls]).toEqual([true, ['lease a']]);
    await clock.advance(1);
    expect([await a.isHeld(), calls]).toEqual([true, ['lease a', 'renew a']]);
    // Renewed: it lasts from now on.
    await clock.advance(ttl - 1);
    expect(holder()).toBe('a');
  });

  test('is up to the store: after its time it is still held if nobody has taken it', async () => {
    const [a, b] = [leaseOf('a'), leaseOf('b')];
    await a.take();
    await clock.advance(ttlMs);
    expect([await a.isHeld(), holder()]).toEqual([true, 'a']);
    await clock.advance(ttlMs);
    // Someone had it in between, however short.
    await b.take();
    await b.release();
    expect([await a.isHeld(), holder()]).toEqual([false, null]);
    expect([await a.take(), await a.isHeld()]).toEqual([true, true]);
  });

  test('is false once a renewal found it in other hands', async () => {
    const a = leaseOf('a');
    await a.take();
    held.set('poll', { owner: 'b', until: clock.now() + 1_000_000 });
    await clock.advance(ttlMs / 2);
    expect(await a.isHeld()).toBe(false);
    held.clear();
    expect(await a.isHeld()).toBe(false);
  });

  test.each([3_600_000, -3_600_000])(
    'asks when the clock was set (by %d ms): the machine may have slept',
    async (by) => {
      const [a, b] = [leaseOf('a'), leaseOf('b')];
      await a.take();
      clock.set(by);
      expect([await a.isHeld(), calls]).toEqual([true, ['lease a', 'renew a']]);
      held.delete('poll');
      await b.take();
      clock.set(-by);
      expect(await a.isHeld()).toBe(false);
    },
  );
});

describe('keeping', () => {
  test('renews in the background until it is stopped', async () => {
    const a = leaseOf('a');
    await a.take();
    const stop = a.keep();
    await clock.advance(10 * ttlMs);
    expect([holder(), await a.isHeld()]).toEqual(['a', true]);
    expect(calls).toHaveLength(31);
    await stop();
    await clock.advance(10 * ttlMs);
    expect([holder(), calls.length]).toEqual([null, 31]);
  });

  test('continues after a renewal that failed', async () => {
    const a = leaseOf('a');
    await a.take();
    const stop = a.keep();
    meanwhile = failing;
    await clock.advance(ttlMs / 3);
    meanwhile = async () => undefined;
    await clock.advance(ttlMs);
    expect([holder(), await a.isHeld()]).toEqual(['a', true]);
    await stop();
  });

  test('hides no gap: a lease that was lost is not taken again', async () => {
    const a = leaseOf('a');
    await a.take();
    const stop = a.keep();
    meanwhile = failing;
    await clock.advance(ttlMs);
    meanwhile = async () => undefined;
    held.delete('poll');
    await clock.advance(ttlMs);
    expect([holder(), await a.isHeld()]).toEqual([null, false]);
    await stop();
  });

  test('takes nothing away from a holder that came in between, nor after it', async () => {
    const a = leaseOf('a');
    await a.take();
    const stop = a.keep();
    held.set('poll', { owner: 'b', until: clock.now() + ttlMs / 2 });
    await clock.advance(3 * ttlMs);
    expect([holder(), await a.isHeld()]).toEqual([null, false]);
    await stop();
  });

  test('being stopped waits for the renewal under way', async () => {
    const a = leaseOf('a');
    await a.take();
    const stop = a.keep();
    meanwhile = () => clock.sleep(1_000);
    await clock.advance(ttlMs / 3);
    let stopped = false;
    const stopping = stop().then(() => {
      stopped = true;
    });
    await clock.advance(999);
    expect(stopped).toBe(false);
    await clock.advance(1);
    await stopping;
    expect(calls).toEqual(['lease a', 'renew a']);
  });
});

describe('releasing', () => {
  test('what is not held asks the store for nothing', async () => {
    const [a, b] = [leaseOf('a'), leaseOf('b')];
    await a.take();
    await b.take();
    await b.release();
    await leaseOf('c').release();
    expect(calls).toEqual(['lease a', 'lease b']);
    expect(holder()).toBe('a');
  });

  test('waits for a renewal under way, which would take it once more', async () => {
    const a = leaseOf('a');
    await a.take();
    await clock.advance(ttlMs / 2);
    meanwhile = () => clock.sleep(1_000);
    const renewing = a.isHeld();
    const releasing = a.release();
    await clock.advance(1_000);
    expect(calls).toEqual(['lease a', 'renew a', 'release a']);
    await clock.advance(1_000);
    await releasing;
    expect(await renewing).toBe(true);
    expect([holder(), await a.isHeld()]).toEqual([null, false]);
  });

  test('that fails is reported to the log only', async () => {
    const a = leaseOf('a');
    await a.take();
    meanwhile = failing;
    await a.release();
    expect(log.lines).toEqual([
      { level: 'error', message: 'a lease could not be released', fields: { name: 'poll', code: 'store_failed' } },
    ]);
    expect(await a.isHeld()).toBe(false);
  });
});

describe('holding', () => {
  const spec = { name: 'poll', owner: 'a', ttlMs };

  test('works with a lease that is renewed meanwhile, and gives it back', async () => {
    const act = async ({ isHeld }: Lease): Promise<unknown[]> => {
      await clock.sleep(5 * ttlMs);
      return [holder(), await isHeld()];
    };
    let asleep = 0;
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
      asleep += 1;
      await clock.sleep(ms, signal);
      asleep -= 1;
    };
    const counting = { store, clock: { ...clock, sleep }, log };
    const result = await clock.until(holding(counting, spec, act, () => 'otherwise'));
    expect(result).toEqual(['a', true]);
    expect([holder(), asleep]).toEqual([null, 0]);
  });

  test('does not work while someone else holds it, and leaves it with them', async () => {
    await leaseOf('b').take();
    let worked = false;
    const act = async (): Promise<void> => {
      worked = true;
    };
    expect(await holding({ store, clock, log }, spec, act, () => 'otherwise')).toBe('otherwise');
    expect([worked, holder(), calls]).toEqual([false, 'b', ['lease b', 'lease a']]);
  });

  test('gives it back when the work fails, and passes the failure on', async () => {
    const act = (): Promise<never> => Promise.reject(new Error('no'));
    await expect(holding({ store, clock, log }, spec, act, () => null)).rejects.toThrow('no');
    expect(holder()).toBeNull();
  });

  test('does nothing when the store cannot say who holds it', async () => {
    meanwhile = failing;
    const act = async (): Promise<string> => 'worked';
    await expect(holding({ store, clock, log }, spec, act, () => null)).rejects.toMatchObject({ code: 'store_failed' });
  });
});
