import { seededLineIds, seededQuietIds } from '../../sandbox/dialer/seed-ids.ts';
import type { SeededTask } from '../../sandbox/dialer/seed-tasks.ts';
import type { Message } from '../../sandbox/slack/protocol.ts';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { settled } from './settled.ts';
import { channel, startWorld, taskNamed, type World, type WorldOptions } from './world.ts';

const minute = 60_000;
/** The time between two polls, ms. */
const tickMs = 20_000;
/** Monday 5 January 2026, 10:00 in Shanghai. */
export const monday = Date.UTC(2026, 0, 5, 2, 0, 0);

/** The app and the platform on one clock, which a test moves on poll by poll. */
export interface AlertWorld extends World {
  /** The time of the app and of the platform, epoch ms. */
  now(): number;
  /** Lets so much time pass, with a poll every `everyMs` (20 s). */
  pass(ms: number, everyMs?: number): Promise<void>;
  /** The same, until it holds; returns how long it took, ms. Fails when it has not held for so long. */
  passUntil(holds: () => boolean, ms: number): Promise<number>;
  /** Everything posted about alerts, anywhere, as it reads now. */
  alerts(): AlertSeen[];
  /** How often messages about alerts were edited. */
  edits(): number;
}

interface AlertSeen {
  channel: string;
  ts: string;
  text: string;
  /** `verb:task` of everything that can be pressed or chosen. */
  levers: string[];
}

/** A task of the platform: on no quiet hours, without redials, on a line with room. */
export function campaign(change: Partial<SeededTask> = {}): SeededTask {
  return {
    name: 'Spring renewal',
    lineId: seededLineIds.hangzhou,
    scriptId: 447,
    quietId: seededQuietIds.none,
    ruleId: 103,
    maximumCall: 4,
    numbers: 9_000,
    dialed: 0,
    started: false,
    daysOld: 1,
    ...change,
  };
}

export async function startAlertWorld(tasks: readonly SeededTask[], options: WorldOptions = {}): Promise<AlertWorld> {
  const real = { now: systemClock.now(), elapsed: systemClock.elapsed() };
  let ahead = 0;
  const now = (): number => monday + ahead + (systemClock.now() - real.now);
  const world = await startWorld({
    ...options,
    clock: { now, elapsed: () => systemClock.elapsed() + ahead },
    dialer: { account: 'fresh', speed: 0, startAt: monday, wall: now, tasks, ...options.dialer },
  });
  const { app, dialer, slack } = world;

  const tick = async (ms: number): Promise<void> => {
    ahead += ms;
    dialer.clock.advance(ms);
    await app.pollNow();
    await settled();
  };

  const seen = (): AlertSeen[] => {
    const posted = slack.traffic
      .exchanges('chat.postMessage')
      .filter(({ sent }) => JSON.stringify(sent.metadata ?? '').includes('alert:'));
    return posted.flatMap(({ sent, answer }) => {
      const ts = String(answer?.ts ?? '');
      const message = findMessage(world, ts);
      if (message === undefined) return [];
      return [{ channel: String(sent.channel), ts, text: message.text, levers: leversIn(message) }];
    });
  };

  return {
    ...world,
    now,
    async pass(ms, everyMs = tickMs) {
      for (let passed = 0; passed < ms; passed += everyMs) await tick(everyMs);
    },
    async passUntil(holds, ms) {
      let passed = 0;
      for (; !holds(); passed += tickMs) {
        if (passed > ms) throw new Error(`it did not come about within ${ms / minute} minutes`);
        await tick(tickMs);
      }
      return passed;
    },
    alerts: seen,
    edits: () =>
      slack.traffic.exchanges('chat.update').filter(({ sent }) => seen().some(({ ts }) => ts === sent.ts)).length,
  };
}

function findMessage({ slack }: World, ts: string): Message | undefined {
  return ['alice', 'limei', 'bob']
    .flatMap((who) => slack.snapshot(who).channels)
    .flatMap(({ messages }) => messages)
    .find((message) => message.ts === ts);
}

function leversIn({ blocks }: Message): string[] {
  const values = [...JSON.stringify(blocks).matchAll(/"value":"((?:pause|start|line|concurrency|edit|check):[^"]*)"/g)];
  return values.map(([, value = '']) => value);
}

/** Enters that the tasks have no quiet hours, has one watched by Li Mei and starts it as Alice. */
export async function runAsAlice(world: AlertWorld, name = 'Spring renewal'): Promise<void> {
  const { alice, limei, app, dialer } = world;
  await app.pollNow();
  await limei.command(`/dial watch ${name}`);
  await limei.expectCard(channel, name);
  await alice.command('/dial quiet 不限时段 none');
  await alice.expectEphemeral('不限时段');
  await alice.command(`/dial start ${name}`);
  await world.passUntil(() => taskNamed(dialer, name).started, minute);
}

/** Changes what the app has stored, as another bot does. */
export async function changeStore({ config }: World, change: (store: Store) => Promise<unknown>): Promise<void> {
  const store = await openStore({
    databaseUrl: null,
    dataDir: config.dataDir,
    clock: systemClock,
    log: createLog('error', () => undefined),
  });
  await change(store);
  await store.close();
}

/** The channel hears of all tasks, without a card for each. */
export async function subscribeToAll(world: AlertWorld): Promise<void> {
  const id = world.slack.workspace.channel(channel)?.id ?? '';
  const owner = world.limei.id;
  await changeStore(world, (store) =>
    store.addSubscription({ channel: id, scope: { kind: 'all' }, owner, createdAt: monday }),
  );
}
