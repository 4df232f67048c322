import { describe, expect, test } from '@jest/globals';
import { createFairShare } from '../../src/core/access/fair-share.ts';
import { createFinder } from '../../src/core/tasks/finder.ts';
import { createMetadataCache } from '../../src/core/tasks/metadata-cache.ts';
import { createRedialRules } from '../../src/core/tasks/redial-rules.ts';
import { createLease } from '../../src/core/time/leases.ts';
import { createPresence, readPresence } from '../../src/core/time/presence.ts';
import { createBoard } from '../../src/core/watch/board.ts';
import { judge } from '../../src/health.ts';
import { persist } from '../../src/slack/bolt/persist.ts';
import { metadataOf, taskOf } from '../support/core/task-samples.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { memoryLeases } from '../support/memory-leases.ts';
import { recordingLog } from '../support/real-store.ts';
import { wellAt } from '../support/vitals.ts';

/**
 * Everything in memory that has a time limit or an age. Each row begins something, sets the clock in the middle, and
 * reports what it found around the limit; that must be the same as if nobody had set the clock.
 */
type Course = (clock: ManualClock, setClock: () => void) => Promise<unknown>;

const minute = 60_000;
const hour = 60 * minute;

/** What is found just before and just after a limit. */
async function around(
  clock: ManualClock,
  limitMs: number,
  setClock: () => void,
  look: () => Promise<unknown> | unknown,
): Promise<unknown[]> {
  await clock.advance(limitMs / 2);
  setClock();
  const found = [await look()];
  await clock.advance(limitMs / 2 - 1);
  found.push(await look());
  await clock.advance(2);
  return [...found, await look()];
}

const courses: Record<string, Course> = {
  'readiness: a poll that is due for 150 s': (clock, setClock) => {
    const pollDueSince = clock.elapsed();
    return around(clock, 150_000, setClock, async () =>
      (await judge({ ...wellAt(clock), pollDueSince }, clock)).map(({ ok }) => ok),
    );
  },
  'readiness: no connection to Slack for 15 s': (clock, setClock) => {
    const goneSince = clock.elapsed();
    return around(clock, 15_000, setClock, async () => {
      const vitals = wellAt(clock);
      return (await judge({ ...vitals, slack: { ...vitals.slack, goneSince } }, clock)).map(({ ok }) => ok);
    });
  },
  'the tasks of the last poll, at hand for a minute': (clock, setClock) => {
    const board = createBoard(clock);
    board.complete([], board.beginRead());
    const store = { rememberList: async () => {}, lastList: async () => [] };
    const finder = createFinder({ board, clock, store, read: async () => [] });
    return around(clock, minute, setClock, () => finder.atHand() !== null);
  },
  'how long the platform has not been read': async (clock, setClock) => {
    const board = createBoard(clock);
    board.complete([], board.beginRead());
    return around(clock, minute, setClock, () => clock.now() - (board.readAt ?? 0));
  },
  'metadata that opens a form for five minutes': async (clock, setClock) => {
    let answers = 1;
    const metadata = async () => {
      if (answers === 0) throw new Error('down');
      answers -= 1;
      return metadataOf();
    };
    const cache = createMetadataCache({ metadata }, clock, recordingLog());
    await cache.fresh();
    return around(clock, 5 * minute, setClock, async () => cache.peek() !== null);
  },
  'redial rules that are renewed after ten minutes': async (clock, setClock) => {
    const known = { metadata: metadataOf(), readAt: clock.now() };
    let renewals = 0;
    const peek = () => {
      renewals += 1;
      return known;
    };
    const rules = createRedialRules({ last: () => known, peek }, clock);
    const task = taskOf({ redialRule: { id: '1', name: null, redials: null } });
    rules(task);
    return around(clock, 10 * minute, setClock, () => {
      rules(task);
      return renewals;
    });
  },
  'the share of a person, earned back in time': (clock, setClock) => {
    const take = createFairShare({ interactions: 1, windowMs: minute }, clock);
    take('U1');
    return around(clock, minute, setClock, () => take('U1'));
  },
  'a call to Slack that is tried again for a minute': async (clock, setClock) => {
    let tries = 0;
    const deps = { clock, log: recordingLog(), signal: new AbortController().signal };
    const began = clock.elapsed();
    const trying = persist(deps, { forMs: minute, firstWaitMs: 1_000, longestWaitMs: 10_000 }, 'it', async () => {
      tries += 1;
      if (tries === 3) setClock();
      throw new Error('no answer');
    });
    await clock.until(trying).catch(() => undefined);
    return [tries, clock.elapsed() - began];
  },
  'a lease that is kept, and one that ran out': async (clock, setClock) => {
    const store = memoryLeases(clock.elapsed);
    const deps = { store, clock, log: recordingLog() };
    const kept = createLease(deps, { name: 'kept', owner: 'a', ttlMs: 9_000 });
    await kept.take();
    const stop = kept.keep();
    await createLease(deps, { name: 'left', owner: 'a', ttlMs: 9_000 }).take();
    const found = await around(clock, 9_000, setClock, async () => [await kept.isHeld(), await store.leased('')]);
    await stop();
    return found;
  },
  'a bot that died, and one that runs': async (clock, setClock) => {
    const store = memoryLeases(clock.elapsed);
    const presence = createPresence({ store, clock, log: recordingLog(), owner: 'a', isGone: async () => false }, 2);
    await presence.start();
    await store.lease('bot:dead', 'dead', 9_000);
    const found = await around(clock, 9_000, setClock, async () => (await readPresence(store)).bots);
    await clock.until(presence.stop());
    return found;
  },
};

describe.each([hour, -hour, 26 * hour, -400 * 24 * hour])('the clock is set by %d ms: nothing changes for', (by) => {
  test.each(Object.entries(courses))('%s', async (_what, course) => {
    const usual = createManualClock();
    const expected = await course(usual, () => undefined);
    const clock = createManualClock();
    expect(await course(clock, () => clock.set(by))).toEqual(expected);
    // The course shows something: before and after the limit are not the same.
    expect(new Set([expected].flat().map((one) => JSON.stringify(one))).size).toBeGreaterThan(1);
  });
});
