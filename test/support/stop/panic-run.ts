import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedRequest } from '../../../sandbox/dialer/recorder.ts';
import type { SeededTask } from '../../../sandbox/dialer/seed-tasks.ts';
import { seededTasks } from '../../../sandbox/dialer/seed-tasks.ts';
import { createDialerSandbox, type DialerSandbox } from '../../../sandbox/dialer/server.ts';
import type { PersonClient } from '../../../sandbox/slack/client.ts';
import { appFromManifest } from '../../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../sandbox/slack/server.ts';
import type { Config } from '../../../src/settings/config.ts';
import { manifestOf } from '../../../src/slack/manifest.ts';
import { type BotProcess, startBot } from '../bot-process.ts';
import type { Built } from '../built.ts';
import { leaksIn } from '../leaks.ts';
import { type EngineName, makeDatabase } from '../store/databases.ts';
import { channel, configFor, messagesOfApp, secretsOf } from '../world.ts';

export interface PanicOptions {
  engine: EngineName;
  built: Built;
  /** Running tasks. */
  tasks: number;
  /** Bots on the store. */
  bots: number;
  /** How late the platform answers, ms, and the share of its answers that are failures, 0…1. */
  delayMs: number;
  failing: number;
  /** Requests that the platform accepts in a second; null for any number. */
  perSecond: number | null;
  /** How often a bot is killed while everything is stopped, and how often while it is resumed; on average every so many ms. */
  kills: number;
  killEveryMs: number;
}

export interface PanicResult {
  /** From the command to its answer, ms; null when the bot that had it was killed. */
  answeredMs: number | null;
  /** From the command until no task was on, ms. */
  stoppedMs: number;
  resumedMs: number;
  /** How long the requests that the platform accepted meanwhile take at its limit, ms; null without one. */
  stopFloorMs: number | null;
  resumeFloorMs: number | null;
  kills: number;
  /** Tasks that are on when they should not be, off when they should not be, and started more than once. */
  stillOn: number;
  notResumed: number;
  startedTwice: number;
  /** By how many places at most a task was first started out of the order in which they were first paused. */
  displaced: number;
  /** Tasks outside the set that were started. */
  outsiders: number;
  /** How often each event was announced in the channel. */
  announced: { stopped: number; resumed: number };
  leaks: string[];
}

/** Stops a platform with many running tasks and resumes it, while bots are killed. */
export async function runPanic(options: PanicOptions): Promise<PanicResult> {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const database = await makeDatabase(options.engine);
    closing.unshift(() => database.drop());
    const slack = await createSlackSandbox({
      waitMs: 120_000,
      seed: { app: appFromManifest(manifestOf({ command: '/dial', publicUrl: null })) },
    });
    closing.unshift(() => slack.close());
    const dialer = await createDialerSandbox({ account: 'fresh', speed: 0, tasks: runningTasks(options.tasks) });
    closing.unshift(() => dialer.close());
    const { dataDir, databaseUrl } = database.location;
    const config: Config = {
      ...configFor(slack, dialer, dataDir, { config: { pollCron: '*/5 * * * * *' } }),
      databaseUrl,
    };
    const bots = await fleetOf(options, config);
    closing.unshift(() => bots.stop());
    const alice = slack.as('alice').in(channel);
    await alice.command('/dial watch all');
    await alice.expectEphemeral('now watched');
    const off = dialer.tasks.filter(({ started }) => !started).map(({ uuid }) => uuid);
    dialer.faults.add({ kind: 'delay', route: '*', ms: options.delayMs });
    const { perSecond } = options;
    if (perSecond !== null) {
      const above = { requests: perSecond, perMs: 1_000 };
      dialer.faults.add({ kind: 'status', status: 429, retryAfter: 1, route: '*', above });
    }
    /** From now on. */
    const floor = (): (() => number | null) => {
      const from = dialer.requests.at(-1)?.ordinal ?? 0;
      const isAccepted = ({ ordinal, status }: RecordedRequest) => ordinal > from && status !== 429;
      return () => (perSecond === null ? null : (dialer.requests.filter(isAccepted).length / perSecond) * 1_000);
    };
    if (options.failing > 0) {
      dialer.faults.add({ kind: 'status', status: 500, route: 'stop', share: options.failing });
      dialer.faults.add({ kind: 'status', status: 503, route: 'start', share: options.failing });
    }

    const began = performance.now();
    const stopFloor = floor();
    await alice.command('/dial panic');
    const answered = alice
      .expectEphemeral(/All calling is stopped|may still be calling/)
      .then(() => performance.now() - began)
      .catch(() => null);
    await killing(options, bots, () => isOff(dialer));
    await reached(() => isOff(dialer), 'everything is off');
    const stoppedMs = performance.now() - began;
    const stopFloorMs = stopFloor();
    // Who resumes knows what became of the pauses: by the answer, or by direct message where its bot died.
    await reached(() => hears(alice, /tasks? (is|are) paused/), 'the stop is reported');
    const answeredMs = options.kills > 0 ? null : await answered;

    const resuming = performance.now();
    const resumeFloor = floor();
    const over = () => isOver(slack, alice);
    await Promise.all([resume(alice, over), killing(options, bots, over)]);
    const resumedMs = performance.now() - resuming;
    const set = dialer.tasks.filter(({ uuid }) => !off.includes(uuid));
    const starts = (taskId: string): number => dialer.effects('start', taskId);
    const said = messagesIn(alice, slack);
    return {
      answeredMs,
      stoppedMs,
      resumedMs,
      stopFloorMs,
      resumeFloorMs: resumeFloor(),
      kills: bots.kills(),
      stillOn: dialer.tasks.filter(({ uuid, started }) => off.includes(uuid) && started).length,
      notResumed: set.filter(({ started }) => !started).length,
      startedTwice: set.filter(({ uuid }) => starts(uuid) > 1).length,
      displaced: displacedBy(dialer),
      outsiders: off.filter((id) => starts(id) > 0).length,
      announced: {
        stopped: said.filter((text) => text.includes('stopped all calling')).length,
        resumed: said.filter((text) => text.includes('resumed calling')).length,
      },
      leaks: leaksIn([...bots.output().split('\n'), ...messagesOfApp(slack)], secretsOf(slack, dialer)),
    };
  } finally {
    for (const close of closing) await close();
  }
}

function runningTasks(count: number): SeededTask[] {
  const [model] = seededTasks.filter(({ started }) => started);
  if (model === undefined) throw new Error('no seeded task is on');
  const idle = { ...model, name: 'Never started', started: false };
  return [
    ...Array.from({ length: count }, (_, i) => ({ ...model, name: `Campaign ${String(i).padStart(3, '0')}` })),
    idle,
  ];
}

function displacedBy(dialer: DialerSandbox): number {
  const firstOf = (route: 'start' | 'stop'): string[] => [
    ...new Set(dialer.requests.filter((request) => request.route === route).map(({ taskId }) => taskId)),
  ];
  const paused = firstOf('stop');
  return Math.max(0, ...firstOf('start').map((taskId, place) => Math.abs(place - paused.indexOf(taskId))));
}

const isOff = (dialer: DialerSandbox): boolean => dialer.tasks.every(({ started }) => !started);

const hears = (person: PersonClient, words: RegExp): boolean =>
  person.snapshot().channels.some(({ messages }) => messages.some(({ text }) => words.test(text)));

/** What the app announced in the channel. */
function messagesIn(alice: PersonClient, slack: SlackSandbox): string[] {
  return alice
    .snapshot()
    .channels.filter(({ name }) => name === channel)
    .flatMap(({ messages }) => messages)
    .filter(({ user, ephemeral }) => user === slack.botUserId && !ephemeral)
    .map(({ text }) => text);
}

/**
 * Resumes until that is over. A resumption goes on by itself, on any bot, but a press on a dying one may be lost: a person
 * who sees nothing happen asks again.
 */
async function resume(alice: PersonClient, over: () => boolean): Promise<void> {
  const began = performance.now();
  while (!over()) {
    if (performance.now() - began > maxWaitMs) throw new Error('The resumption does not end.');
    await askToResume(alice).catch(() => undefined);
    const asked = performance.now();
    while (!over() && performance.now() - asked < askAgainAfterMs) await sleep(50);
  }
}

const maxWaitMs = 600_000;
const askAgainAfterMs = 30_000;

/** Fails when there is no bot to ask, when another one is at it, or when it is over. */
async function askToResume(alice: PersonClient): Promise<void> {
  await alice.command('/dial resume');
  const question = await alice.expectEphemeral(/Start \d+ tasks? again\?/, { timeoutMs: 10_000 });
  await question.press('stop_resume');
}

/** The channel is notified of the end. */
const isOver = (slack: SlackSandbox, alice: PersonClient): boolean =>
  messagesIn(alice, slack).some((text) => text.includes('resumed calling'));

async function reached(probe: () => boolean, what: string): Promise<void> {
  const began = performance.now();
  while (!probe()) {
    if (performance.now() - began > maxWaitMs) throw new Error(`It did not come to this: ${what}.`);
    await sleep(20);
  }
}

interface Bots {
  kill(): Promise<void>;
  kills(): number;
  output(): string;
  stop(): Promise<void>;
}

async function fleetOf({ built, bots: count }: PanicOptions, config: Config): Promise<Bots> {
  const url = config.databaseUrl;
  const begin = () => startBot(built.bot, config, url === null ? {} : { DATABASE_URL: url });
  const bots: BotProcess[] = [];
  for (let i = 0; i < count; i += 1) bots.push(await begin());
  const written: string[] = [];
  let kills = 0;
  return {
    async kill() {
      const index = kills % bots.length;
      const bot = bots[index];
      if (bot === undefined) return;
      kills += 1;
      await bot.kill();
      written.push(bot.output());
      bots[index] = await begin();
    },
    kills: () => kills,
    output: () => [...written, ...bots.map((bot) => bot.output())].join('\n'),
    async stop() {
      for (const bot of bots) await bot.stop();
    },
  };
}

/** Kills bots until that is over, as often as is asked for. */
async function killing({ kills, killEveryMs }: PanicOptions, bots: Bots, isOver: () => boolean): Promise<void> {
  for (let n = 0; n < kills; n += 1) {
    await sleep(killEveryMs * (0.3 + 1.4 * Math.random()));
    if (isOver()) return;
    await bots.kill();
  }
}
