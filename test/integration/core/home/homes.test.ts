import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { HomeData } from '../../../../src/core/home/home-data.ts';
import { createHomes, defaultHomeLimits } from '../../../../src/core/home/homes.ts';
import type { HomeStore } from '../../../../src/core/home/ports.ts';
import type { Home } from '../../../../src/core/model/home.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';

const minute = 60_000;

function memoryHomes(): HomeStore & { rows: Map<string, Home> } {
  const rows = new Map<string, Home>();
  return {
    rows,
    async noteOpened({ person, at, shown }) {
      rows.set(person, { person, fingerprint: null, viewHash: null, ...rows.get(person), ...shown, openedAt: at });
    },
    home: async (person) => rows.get(person) ?? null,
    openHomes: async ({ since, limit }) =>
      [...rows.values()]
        .filter(({ openedAt }) => openedAt >= since)
        .sort((a, b) => b.openedAt - a.openedAt)
        .slice(0, limit),
    async setHome(person, shown) {
      const row = rows.get(person);
      if (row !== undefined) rows.set(person, { ...row, ...shown });
    },
    async forgetHome(person) {
      rows.delete(person);
    },
  };
}

/** Slack as far as Homes go: what is published for whom, under which hash. `content` is what everybody's Home shows. */
function rig({ polls = true } = {}) {
  const clock = createManualClock();
  const store = memoryHomes();
  const published: { person: string; at: number }[] = [];
  const hashes = new Map<string, string>();
  const world = { content: 'a', failure: null as AppError | null, storeFails: false, drawn: [] as HomeData[] };
  const failing = async <T>(value: T): Promise<T> => {
    if (world.storeFails) throw new AppError('store_failed', 'silent');
    return value;
  };
  const homes = createHomes({
    store: {
      ...store,
      noteOpened: async (opened) => failing(await store.noteOpened(opened)),
      alertBook: () => failing({ revision: 0, alerts: [], posts: [] }),
      underWay: () => failing({ acting: new Set<string>(), open: [] }),
      openImports: () => failing([]),
      stopInForce: () => failing({ stop: null, changes: 0 }),
      keptForms: () => failing([]),
    },
    board: { all: () => [], readAt: 1, staleSince: null },
    lines: { atHand: () => ({ lines: [], tasksReadAt: 0, metadataReadAt: null }) },
    scheduleDay: () => {
      const calendar = { zone: 'UTC', shows: (at: number) => at };
      return failing({ calendar, now: 0, today: [], moreToday: 0, undecided: [], moreUndecided: 0 });
    },
    screens: {
      async draw(data) {
        world.drawn.push(data);
        const fingerprint = world.content;
        return {
          fingerprint,
          async publish(over) {
            if (world.failure !== null) throw world.failure;
            const current = hashes.get(data.person) ?? null;
            if (over !== null && over !== current) {
              throw new AppError('chat_failed', 'x', { details: { chatError: 'hash_conflict' } });
            }
            published.push({ person: data.person, at: clock.elapsed() });
            const hash = `${data.person}:${published.length}`;
            hashes.set(data.person, hash);
            return hash;
          },
        };
      },
    },
    clock,
    log: recordingLog(),
    isPolling: () => polls,
  });
  return { clock, store, published, hashes, world, homes };
}

const refused = (chatError: string, more: object = {}): AppError =>
  new AppError('chat_failed', 'x', { details: { chatError, ...more } });

describe('a Home that is opened', () => {
  test('is published, and not again while what is seen is what it would show', async () => {
    const { homes, published, hashes, world } = rig();
    await homes.show('U1', null);
    await homes.show('U1', hashes.get('U1') ?? null);
    expect(published).toHaveLength(1);
    world.content = 'b';
    await homes.show('U1', hashes.get('U1') ?? null);
    // Slack shows something else than was published last.
    await homes.show('U1', 'unknown');
    expect(published).toHaveLength(3);
  });

  test('is not published again by a press that comes while the first is being published', async () => {
    const { homes, published, store, hashes } = rig();
    const { noteOpened } = store;
    store.noteOpened = async (opened) => {
      await new Promise((resolve) => setImmediate(resolve));
      await noteOpened(opened);
    };
    // What it will be published as, as Slack says it with the press.
    const seen = 'U1:1';
    await Promise.all([homes.show('U1', null), homes.show('U1', seen)]);
    expect([published.length, hashes.get('U1')]).toEqual([1, seen]);
  });

  test('is published although the store is silent, and says what is not known', async () => {
    const { homes, published, world } = rig();
    world.storeFails = true;
    await homes.show('U1', null);
    expect(published).toHaveLength(1);
    expect(world.drawn[0]).toMatchObject({ alerts: null, unknown: null, halted: null, importing: null });
  });
});

describe('the Homes that are open', () => {
  test('are published when something has changed, and only then', async () => {
    const { homes, clock, published, world } = rig();
    await homes.show('U1', null);
    for (let tick = 0; tick < 5; tick += 1) {
      await clock.advance(20_000);
      await homes.refresh();
    }
    expect(published).toHaveLength(1);
    world.content = 'b';
    await homes.refresh();
    expect(published).toHaveLength(2);
  });

  test('are each published no more often than their time, with the newest content', async () => {
    const { homes, clock, published, world, store } = rig();
    await homes.show('U1', null);
    for (let tick = 1; tick <= 60; tick += 1) {
      world.content = `c${tick}`;
      await homes.refresh();
      await clock.advance(1_000);
    }
    expect(published.length).toBeLessThanOrEqual(1 + minute / defaultHomeLimits.everyMs);
    await clock.advance(defaultHomeLimits.everyMs);
    expect(store.rows.get('U1')?.fingerprint).toBe('c60');
  });

  test('of as many people as are kept up to date are all renewed within a minute, at one pace', async () => {
    const { homes, clock, published, world } = rig();
    const people = Array.from({ length: defaultHomeLimits.maxOpen + 10 }, (_, i) => `U${i}`);
    for (const person of people) {
      await homes.show(person, null);
      await clock.advance(1);
    }
    await clock.advance(minute);
    const before = published.length;
    const began = clock.elapsed();
    world.content = 'b';
    await homes.refresh();
    await clock.advance(minute);
    const renewed = published.slice(before);
    // Those who opened it last, each once.
    expect(new Set(renewed.map(({ person }) => person))).toEqual(new Set(people.slice(10)));
    expect(renewed).toHaveLength(defaultHomeLimits.maxOpen);
    for (const { at } of renewed) expect(at - began).toBeLessThanOrEqual(minute);
    const busiest = renewed.map(({ at }) => renewed.filter((one) => one.at >= at && one.at < at + minute).length);
    expect(Math.max(...busiest)).toBeLessThanOrEqual(defaultHomeLimits.perMinute + defaultHomeLimits.burst);
  });

  test('are left alone once they were opened too long ago, and by a bot that does not poll', async () => {
    const old = rig();
    await old.homes.show('U1', null);
    await old.clock.advance(defaultHomeLimits.openForMs + 1);
    const idle = rig({ polls: false });
    await idle.homes.show('U1', null);
    await idle.clock.advance(minute);
    for (const { homes, world, published } of [old, idle]) {
      world.content = 'b';
      await homes.refresh();
      expect(published).toHaveLength(1);
    }
  });

  test('wait as long as Slack asks, and then go on', async () => {
    const { homes, clock, published, world } = rig();
    await homes.show('U1', null);
    await clock.advance(minute);
    world.content = 'b';
    world.failure = new AppError('chat_failed', 'x', { details: { retryAfterMs: 30_000 } });
    await homes.refresh();
    world.failure = null;
    await clock.advance(20_000);
    await homes.refresh();
    expect(published).toHaveLength(1);
    await clock.advance(11_000);
    expect(published).toHaveLength(2);
  });

  test('are forgotten where Slack has none, and kept for what passes', async () => {
    for (const [failure, kept] of [
      [refused('not_enabled'), false],
      [refused('user_not_found', { permanent: true, concerns: 'channel' }), false],
      [refused('internal_error'), true],
      [refused('invalid_auth', { permanent: true, concerns: 'installation' }), true],
    ] as const) {
      const { homes, clock, world, store } = rig();
      await homes.show('U1', null);
      await clock.advance(minute);
      world.content = 'b';
      world.failure = failure;
      await homes.refresh();
      expect(store.rows.has('U1')).toBe(kept);
    }
  });

  test('are not overwritten with what is older than another bot has published', async () => {
    const { homes, clock, published, world, store, hashes } = rig();
    await homes.show('U1', null);
    await clock.advance(minute);
    world.content = 'b';
    // The other bot publishes between the look into the store and the call.
    const { home } = store;
    store.home = async (person) => {
      const row = await home(person);
      hashes.set(person, 'other');
      return row;
    };
    await homes.refresh();
    // As the stored hash is still the one that was refused, it is the store that is behind: it is published all the same.
    expect(published).toHaveLength(2);
  });
});
