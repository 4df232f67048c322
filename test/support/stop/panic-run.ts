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
  /** Everything is stopped and resumed until a bot was killed so often; on average every so many ms. */
  kills: number;
  killEveryMs: number;
}

/** Everything was stopped and resumed once. */
interface PanicRound {
  /** From the command to its answer, ms; null when the bot that had it may have been killed. */
  answeredMs: number | null;
  /** From the command until no task was on, ms. */
  stoppedMs: number;
  resumedMs: number;
  /** How long the requests that the platform accepted meanwhile take at its limit, ms; null without one. */
  stopFloorMs: number | null;
  resumeFloorMs: number | null;
  /** Tasks that are on when they should not be, and those of the set that are off: all, and those that no message names. */
  stillOn: number;
  notResumed: number;
  unnamed: number;
  startedTwice: number;
  /** By how many places at most a task was first started out of the order in which they were first paused. */
  displaced: number;
  /** Tasks outside the set that were started. */
  outsiders: number;
  /** How often each event was announced in the channel. */
  announced: { stopped: number; resumed: number };
}

export interface PanicResult {
  rounds: PanicRound[];
  kills: number;
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
    if (options.failing > 0) {
      dialer.faults.add({ kind: 'status', status: 500, route: 'stop', share: options.failing });
      dialer.faults.add({ kind: 'status', status: 503, route: 'start', share: options.failing });
    }
    const rounds: PanicRound[] = [];
    do rounds.push(await runRound(options, { slack, dialer, bots, alice, off }));
    while (bots.kills() < options.kills);
    return {
      rounds,
      kills: bots.kills(),
      leaks: leaksIn([...bots.output().split('\n'), ...messagesOfApp(slack)], secretsOf(slack, dialer)),
    };
  } finally {
    for (const close of closing) await close();
  }
}

interface Around {
  slack: SlackSandbox;
  dialer: DialerSandbox;
  bots: Bots;
  alice: PersonClient;
  /** The tasks that are off before. */
  off: readonly string[];
}

async function runRound(options: PanicOptions, { slack, dialer, bots, alice, off }: Around): Promise<PanicRound> {
  const { perSecond } = options;
  /** From now on. */
  const since = () => {
    const from = dialer.requests.at(-1)?.ordinal ?? Number.NEGATIVE_INFINITY;
    return () => dialer.requests.filter(({ ordinal }) => ordinal > from);
  };
  const floor = (): (() => number | null) => {
    const later = since();
    const isAccepted = ({ status }: RecordedRequest) => status !== 429;
    return () => (perSecond === null ? null : (later().filter(isAccepted).length / perSecond) * 1_000);
  };
  const countOf = (words: string): number => messagesIn(alice, slack).filter((text) => text.includes(words)).length;
  const [stops, ends] = [countOf('stopped all calling'), countOf('resumed calling')];
  const reports = heard(alice, reported);
  const startsBefore = new Map(dialer.tasks.map(({ uuid }) => [uuid, dialer.effects('start', uuid)]));
  const requestsOf = since();
  const messages = messagesOfApp(slack).length;

  const began = performance.now();
  const stopFloor = floor();
  const answered = orderStop(alice, () => countOf('stopped all calling') > stops).then((isAnswered) =>
    isAnswered ? performance.now() - began : null,
  );
  await killing(options, bots, () => isOff(dialer));
  await reached(() => isOff(dialer), 'everything is off');
  const stoppedMs = performance.now() - began;
  const stopFloorMs = stopFloor();
  // Who resumes knows what became of the pauses: by the answer, or by direct message where its bot died.
  await reached(() => heard(alice, reported) > reports, 'the stop is reported');
  const answeredMs = options.kills > 0 ? null : await answered;

  const resuming = performance.now();
  const resumeFloor = floor();
  const over = () => countOf('resumed calling') > ends;
  await Promise.all([resume(alice, over), killing(options, bots, over)]);
  const resumedMs = performance.now() - resuming;
  // The answer to who resumed it names what the announcement does.
  await sleep(1_000);
  const set = dialer.tasks.filter(({ uuid }) => !off.includes(uuid));
  const starts = (taskId: string): number => dialer.effects('start', taskId) - (startsBefore.get(taskId) ?? 0);
  const notResumed = set.filter(({ started }) => !started);
  const said = messagesOfApp(slack).slice(messages).join('\n');
  return {
    answeredMs,
    stoppedMs,
    resumedMs,
    stopFloorMs,
    resumeFloorMs: resumeFloor(),
    stillOn: dialer.tasks.filter(({ uuid, started }) => off.includes(uuid) && started).length,
    notResumed: notResumed.length,
    unnamed: notResumed.filter(({ name }) => !said.includes(name)).length,
    startedTwice: set.filter(({ uuid }) => starts(uuid) > 1).length,
    displaced: displacedBy(requestsOf()),
    outsiders: off.filter((id) => starts(id) > 0).length,
    announced: { stopped: countOf('stopped all calling') - stops, resumed: countOf('resumed calling') - ends },
  };
}

const reported = /tasks? (is|are) paused|No task was on/;

function runningTasks(count: number): SeededTask[] {
  const [model] = seededTasks.filter(({ started }) => started);
  if (model === undefined) throw new Error('no seeded task is on');
  const idle = { ...model, name: 'Never started', started: false };
  return [
    ...Array.from({ length: count }, (_, i) => ({ ...model, name: `Campaign ${String(i).padStart(3, '0')}` })),
    idle,
  ];
}

function displacedBy(requests: readonly RecordedRequest[]): number {
  const firstOf = (route: 'start' | 'stop'): string[] => [
    ...new Set(requests.filter((request) => request.route === route).map(({ taskId }) => taskId ?? '')),
  ];
  const paused = firstOf('stop');
  return Math.max(0, ...firstOf('start').map((taskId, place) => Math.abs(place - paused.indexOf(taskId))));
}

const isOff = (dialer: DialerSandbox): boolean => dialer.tasks.every(({ started }) => !started);

/** How many messages with such words a person has. */
const heard = (person: PersonClient, words: RegExp): number =>
  person.snapshot().channels.flatMap(({ messages }) => messages.filter(({ text }) => words.test(text))).length;

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
 * Orders a stop, and again while nothing happens: the bot that got the command may have died before it stored anything.
 * Whether it was answered.
 */
async function orderStop(alice: PersonClient, isOrdered: () => boolean): Promise<boolean> {
  for (;;) {
    await alice.command('/dial panic').catch(() => undefined);
    const answered = alice.expectEphemeral(/All calling is stopped|may still be calling/).then(
      () => true,
      () => false,
    );
    for (let waited = 0; !isOrdered() && waited < orderAgainAfterMs; waited += 50) await sleep(50);
    if (isOrdered()) return answered;
  }
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
const orderAgainAfterMs = 15_000;

/** Fails when there is no bot to ask, when another one is at it, or when it is over. */
async function askToResume(alice: PersonClient): Promise<void> {
  const earlier = new Set(alice.snapshot().channels.flatMap(({ messages }) => messages.map(({ ts }) => ts)));
  await alice.command('/dial resume');
  const isNew = ({ ts, text }: { ts: string; text: string }) =>
    !earlier.has(ts) && /Start \d+ tasks? again\?/.test(text);
  const question = await alice.expectEphemeral(isNew, { timeoutMs: 10_000 });
  await question.press('stop_resume');
}

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

/** Kills bots until that is over, or they were killed as often as is asked for. */
async function killing({ kills, killEveryMs }: PanicOptions, bots: Bots, isOver: () => boolean): Promise<void> {
  while (bots.kills() < kills) {
    await sleep(killEveryMs * (0.3 + 1.4 * Math.random()));
    if (isOver()) return;
    await bots.kill();
  }
}
