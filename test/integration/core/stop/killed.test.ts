import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StopInForce, StoppedTask } from '../../../../src/core/model/emergency-stop.ts';
import { actionLeaseMs, actionLeaseOf } from '../../../../src/core/time/action-lease.ts';
import { createLease } from '../../../../src/core/time/leases.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';
import {
  createMortal,
  createStopBot,
  createStopPlatform,
  type StopBot,
  type StopPlatform,
} from '../../../support/stop/stop-rig.ts';

/** A death at every so many calls; 1 takes a minute. */
const everyNth = Number(process.env.EVERY_NTH ?? 5);
const alice = { person: 'U1', channel: 'C1' };

let folder: Awaited<ReturnType<typeof storeFolder>>;
let clock: ManualClock;
let open: (name: string) => Promise<Store>;
beforeAll(async () => {
  clock = createManualClock();
  folder = await storeFolder(clock, recordingLog());
  const opened = new Map<string, Promise<Store>>();
  open = (name) => {
    const store = opened.get(name) ?? folder.open(name);
    opened.set(name, store);
    return store;
  };
});
afterAll(() => folder.remove());

const ids = ['a', 'b', 'c', 'd'];

/** Tasks that are on, as the last poll has shown. */
async function world(): Promise<StopPlatform> {
  const platform = createStopPlatform(ids, clock);
  const store = await open('next');
  // What earlier processes held, or ordered last.
  await clock.advance(40_000);
  const { stop } = await store.stopInForce();
  if (stop !== null) await store.moveStop({ ...stop, from: [stop.state] }, { state: 'over' });
  for (const task of await platform.dialer.list()) {
    await store.deriveReading(task.id, (known) => ({ reading: nextReading(known, task, clock.now()), notices: [] }));
  }
  return platform;
}

/** A bot that stands still at that call. */
async function dying(platform: StopPlatform, diesAt: number) {
  const mortal = createMortal(diesAt);
  const store = mortal.wrap(await open('first'));
  const dialer = mortal.wrap(platform.dialer);
  const bot = await createStopBot({ store, dialer, clock: mortal.clock(clock), name: 'first' });
  let acting: Promise<unknown> = Promise.resolve();
  return {
    bot,
    /** What it does, and whether it stood still before that was done. */
    async act(work: () => Promise<unknown>): Promise<{ died: boolean; calls: number }> {
      mortal.begin();
      acting = work();
      await clock.until(Promise.race([acting, mortal.death]));
      mortal.end();
      // It may have died of what it does in the background.
      const died = mortal.isStill();
      if (!died) await clock.until(bot.presence.stop());
      return { died, calls: mortal.calls() };
    },
    /** It was not killed after all, and finishes what it began. */
    async thaw(): Promise<void> {
      mortal.thaw();
      await clock.until(acting.catch(() => undefined));
      await clock.until(bot.presence.stop());
    },
  };
}

async function living(platform: StopPlatform): Promise<StopBot> {
  return createStopBot({ store: await open('next'), dialer: platform.dialer, clock, name: 'next' });
}

/** Lets a bot go on as it does by itself, until that is so. */
async function goesOn(bot: StopBot, isOver: () => Promise<boolean>): Promise<boolean> {
  for (let ticks = 0; ticks < 60; ticks += 1) {
    if (await isOver()) return true;
    await clock.until(bot.stops.goOn({ failed: ticks % 5 === 4 }));
    await clock.advance(2_000);
  }
  return isOver();
}

const decided = ({ id: stopId, round }: StopInForce) => ({ stopId, round, ...alice });

async function ordered(bot: StopBot): Promise<void> {
  const { reportBy } = await bot.stops.order(alice);
  await reportBy(async () => undefined);
}

/** As a person does who is answered that somebody else is at it, and sees nothing happen. */
async function resumed(bot: StopBot, store: Store, stop: StopInForce): Promise<void> {
  for (let asks = 0; asks < 10 && (await store.stopInForce()).stop?.state === 'on'; asks += 1) {
    await clock.until(bot.stops.resume(decided(stop)).catch(() => undefined));
    await clock.advance(2_000);
  }
}

/** What is not as it should be of a stop that is over. */
async function faultsOf(platform: StopPlatform, tasks: readonly StoppedTask[]) {
  const faults: string[] = [];
  const inSet = new Map(tasks.map((task) => [task.taskId, task]));
  for (const id of ids) {
    const starts = platform.effects.filter(({ action, taskId }) => action === 'start' && taskId === id).length;
    const task = inSet.get(id);
    const isOn = platform.on().includes(id);
    const isNamed = task?.state === 'left' && task.why !== null;
    if (!isOn && !isNamed) faults.push(`${id} is off and nobody says so: ${task?.state}`);
    if (starts > 1) faults.push(`${id} started ${starts} times`);
  }
  return faults;
}

const leftOf = (tasks: readonly StoppedTask[]): string[] =>
  tasks.flatMap(({ taskId, state, why }) => (state === 'left' ? [`${taskId} is left: ${why}`] : []));

interface Circumstances {
  fate?: StopPlatform['fate'];
  /** The bot was only frozen. */
  thaws?: boolean;
}

interface Died {
  died: boolean;
  calls: number;
  faults: string[];
  /** Tasks that are named, and why. */
  left: string[];
}

/** What is wrong once the other bot has resumed the set, and the one that stood still, if it did, has gone on. */
async function ending({
  next,
  store,
  stop,
  platform,
  thawed,
}: {
  next: Awaited<ReturnType<typeof living>>;
  store: Store;
  stop: Parameters<typeof resumed>[2];
  platform: Awaited<ReturnType<typeof world>>;
  thawed: (() => Promise<unknown>) | null;
}): Promise<Pick<Died, 'faults' | 'left'>> {
  const faults: string[] = [];
  if (!(await goesOn(next, async () => (await store.stopInForce()).stop === null))) faults.push('never over');
  await thawed?.();
  const tasks = await store.stoppedTasks(stop.id);
  // The order may have been what it did last: then everything is stopped once more.
  if ((await store.stopInForce()).stop === null) faults.push(...(await faultsOf(platform, tasks)));
  await clock.until(next.presence.stop());
  return { faults, left: leftOf(tasks) };
}

/** A bot dies while it stops everything; another one goes on, and is asked to resume it. */
async function stoppedAndDied(diesAt: number, { fate, thaws = false }: Circumstances = {}): Promise<Died> {
  const platform = await world();
  if (fate !== undefined) platform.fate = fate;
  const { bot, act, thaw } = await dying(platform, diesAt);
  const acted = await act(() => ordered(bot));
  const next = await living(platform);
  const store = await open('next');
  if ((await store.stopInForce()).stop === null) await clock.until(ordered(next));
  const faults: string[] = [];
  const isReported = async () => (await store.stopInForce()).stop?.reported === true;
  if (!(await goesOn(next, isReported))) faults.push('never reported');
  const { stop } = await store.stopInForce();
  if (stop === null) return { ...acted, faults: [...faults, 'no stop'], left: [] };
  const set = await store.stoppedTasks(stop.id);
  for (const id of platform.on()) {
    if (!set.some(({ taskId, state }) => taskId === id && state === 'wanted')) faults.push(`${id} is still on, unsaid`);
  }
  await resumed(next, store, stop);
  const thawed = acted.died && thaws ? thaw : null;
  const end = await ending({ next, store, stop, platform, thawed });
  return { ...acted, faults: [...faults, ...end.faults], left: end.left };
}

/** A bot dies while it starts the set again; another one goes on. */
async function resumedAndDied(diesAt: number, { fate, thaws = false }: Circumstances = {}): Promise<Died> {
  const platform = await world();
  const { bot, act, thaw } = await dying(platform, diesAt);
  const next = await living(platform);
  const store = await open('next');
  await clock.until(ordered(next));
  const { stop } = await store.stopInForce();
  if (stop === null) throw new Error('there is no stop');
  if (fate !== undefined) platform.fate = fate;
  const acted = await act(() => bot.stops.resume(decided(stop)));
  await resumed(next, store, stop);
  const thawed = acted.died && thaws ? thaw : null;
  const end = await ending({ next, store, stop, platform, thawed });
  return { ...acted, ...end };
}

/** Each request is answered, or its answer is lost, with or without its effect, the same for the same seed. */
function losing(seed: number): NonNullable<Circumstances['fate']> {
  let state = seed + 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const share = state / 2_147_483_648;
    return share < 0.1 ? 'lost' : share < 0.2 ? 'lost_without_effect' : share < 0.25 ? 'refused' : 'answered';
  };
}

describe.each([
  ['stops everything', stoppedAndDied],
  ['resumes it', resumedAndDied],
])('a bot that %s', (_, run) => {
  /** At every n-th of its calls. */
  async function tried(nth: number, circumstances: (call: number) => Circumstances, isFault: (died: Died) => string[]) {
    const { calls } = await run(0);
    const found: string[] = [];
    let deaths = 0;
    for (let call = 1; call <= calls; call += nth) {
      const outcome = await run(call, circumstances(call));
      if (process.env.CUTS_SHOWN) process.stderr.write(`CALL ${call}/${calls} ${JSON.stringify(outcome)}\n`);
      if (outcome.died) deaths += 1;
      found.push(...[...outcome.faults, ...isFault(outcome)].map((fault) => `call ${call} of ${calls}: ${fault}`));
    }
    expect(found).toEqual([]);
    expect(deaths).toBeGreaterThan(calls / nth / 2);
  }
  const noneLeft = ({ left }: Died): string[] => left;

  test('and is killed after any of its calls: each task is paused and started again, once, by another one', async () => {
    await tried(everyNth, () => ({}), noneLeft);
  }, 240_000);

  test('and is killed while the platform loses answers: each task is on again, or named, and started once', async () => {
    await tried(
      everyNth * 4,
      (call) => ({ fate: losing(call) }),
      () => [],
    );
  }, 240_000);

  test('and was only frozen does nothing any more that another one has done for it', async () => {
    await tried(everyNth * 3, () => ({ thaws: true }), noneLeft);
  }, 240_000);
});

describe('a task that someone else acts on', () => {
  /** By another bot, for so many ms; resolves with what ends once that is over. */
  async function actedOn(platform: StopPlatform, taskId: string, ms: number): Promise<{ over: Promise<void> }> {
    const store = await open('first');
    const { presence } = await createStopBot({ store, dialer: platform.dialer, clock, name: 'first' });
    const spec = { name: actionLeaseOf(taskId), owner: 'another action', ttlMs: actionLeaseMs };
    const lease = createLease({ store, clock, log: recordingLog() }, spec);
    expect(await lease.take()).toBe(true);
    const stopKeeping = lease.keep();
    const over = clock.sleep(ms).then(async () => {
      await stopKeeping();
      await lease.release();
      await presence.stop();
    });
    return { over };
  }

  test('holds up no other one while the set is resumed', async () => {
    const platform = await world();
    const bot = await living(platform);
    await clock.until(ordered(bot));
    const { stop } = await (await open('next')).stopInForce();
    if (stop === null) throw new Error('there is no stop');
    const began = clock.elapsed();
    const { over } = await actedOn(platform, 'a', 12_000);
    const startedAfter = new Map<string, number>();
    platform.fate = (action, taskId) => {
      if (action === 'start') startedAfter.set(taskId, clock.elapsed() - began);
      return 'answered';
    };
    const [resumption] = await clock.until(Promise.all([bot.stops.resume(decided(stop)), over]));
    await clock.until(bot.presence.stop());
    expect(resumption.ended).toBe('done');
    expect(platform.on()).toEqual(ids);
    const late = ['b', 'c', 'd'].filter((id) => (startedAfter.get(id) ?? Number.POSITIVE_INFINITY) > 3_000);
    expect(late).toEqual([]);
  });

  test('is paused by a person, and by the resumption, while the pause of a stop waits for it that nobody wants any more', async () => {
    const platform = await world();
    const bot = await living(platform);
    const store = await open('next');
    const { over } = await actedOn(platform, 'a', 20_000);
    const order = ordered(bot);
    await clock.advance(5_000);
    expect(platform.on()).toEqual([]);
    const { stop } = await store.stopInForce();
    if (stop === null) throw new Error('there is no stop');
    const resumption = bot.stops.resume(decided(stop));
    await clock.advance(1_000);
    // The other action is a start.
    await clock.until(platform.dialer.start('a'));
    const paused = await clock.until(bot.tasks.pause({ taskId: 'a', person: 'U2' }));
    await clock.until(Promise.all([order, resumption, over]));
    await clock.until(bot.presence.stop());
    expect(paused.kind).toBe('done');
    expect(platform.on()).toEqual(['b', 'c', 'd']);
  });

  test('is not said to be off again where a person has paused it since it was started', async () => {
    const platform = await world();
    const bot = await living(platform);
    const store = await open('next');
    await clock.until(ordered(bot));
    const { stop } = await store.stopInForce();
    if (stop === null) throw new Error('there is no stop');
    const [first, ...others] = await store.stoppedTasks(stop.id);
    const last = others.at(-1);
    let paused: Promise<unknown> = Promise.resolve();
    platform.fate = (action, taskId) => {
      if (action === 'start' && taskId === last?.taskId) {
        paused = bot.tasks.pause({ taskId: first?.taskId ?? '', person: 'U2' });
      }
      return 'answered';
    };
    const { ended } = await clock.until(bot.stops.resume(decided(stop)));
    await clock.until(paused);
    await clock.until(bot.presence.stop());
    expect([ended, platform.on()]).toEqual(['done', others.map(({ taskId }) => taskId).sort()]);
    const states = (await store.stoppedTasks(stop.id)).map(({ state }) => state);
    expect(states).toEqual(['withdrawn', 'started', 'started', 'started']);
  });
});
