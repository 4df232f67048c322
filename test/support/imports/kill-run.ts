import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chance } from '../../../sandbox/dialer/random.ts';
import { createDialerSandbox, type DialerSandbox } from '../../../sandbox/dialer/server.ts';
import type { Modal } from '../../../sandbox/slack/client/modal.ts';
import type { PersonClient } from '../../../sandbox/slack/client.ts';
import { appFromManifest } from '../../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../sandbox/slack/server.ts';
import { slackTiming } from '../../../sandbox/slack/timing.ts';
import { type Config, readConfig } from '../../../src/settings/config.ts';
import { manifestOf } from '../../../src/slack/manifest.ts';
import type { Store } from '../../../src/store/store.ts';
import { type BotProcess, startBot } from '../bot-process.ts';
import type { Built } from '../built.ts';
import { bundled } from '../bundled.ts';
import { longestMs } from '../eventually.ts';
import { createFastClock, type FastTime, fastClockSql } from '../fast-clock.ts';
import { leaksIn } from '../leaks.ts';
import { type EngineName, makeDatabase, type TestDatabase } from '../store/databases.ts';

export interface KillOptions {
  engine: EngineName;
  /** Decides the faults, and when the bot is killed. */
  seed: number;
  numbers: number;
  /** How often the bot is killed in all, over as many imports as that takes. */
  kills: number;
  /** Every n-th end is a SIGTERM instead. */
  termEvery: number;
  /** The average time between two kills, real ms. */
  killEveryMs: number;
  /** The share of imports whose answer is lost after the effect, 0…1. */
  lost: number;
  /** The longest that the list lags, ms of the fast time. */
  lagMs: number;
  times: number;
  built: Built;
}

export interface KillResult {
  kills: number;
  terms: number;
  imports: number;
  /** Good numbers over all imports: in the task once, given back as not known, in the task twice, and nowhere at all. */
  good: { once: number; unknown: number; twice: number; missing: number };
  /** Bad numbers that are in the file, and those that are not, or in the task. */
  bad: { inFile: number; elsewhere: number };
  /** What a person was informed of and is not true. */
  untrue: string[];
  leaks: string[];
  /** Numbers that are left in the database when everything is over. */
  leftInStore: number;
  requests: number;
  answersLost: number;
  tookMs: number;
  output: string;
}

const channelName = 'outbound-calls';
/** Of the platform; every 50th number or so has it. */
const refusedEnding = '77';

/** Imports while the bot is killed and the platform loses answers, refuses rows, lags, and takes a number twice. */
export async function runKills(options: KillOptions): Promise<KillResult> {
  const began = performance.now();
  const time: FastTime = { origin: Date.now(), times: options.times };
  const clock = createFastClock(time);
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const database = await makeDatabase(options.engine);
    closing.unshift(() => database.drop());
    if (options.engine === 'postgres') await database.sql(fastClockSql(time));
    const slack = await createSlackSandbox({
      clock,
      waitMs: longestMs,
      timing: {
        ackMs: slackTiming.ackMs * options.times * 10,
        triggerMs: slackTiming.triggerMs * options.times * 10,
      },
      seed: { app: appFromManifest(manifestOf({ command: '/dial', publicUrl: null })) },
    });
    closing.unshift(() => slack.close());
    const dialer = await createDialerSandbox({
      seed: options.seed,
      wall: clock.now,
      speed: 0,
      switches: { importDuplicates: 'accept', importRefusedEnding: refusedEnding, importNamesRows: false },
    });
    closing.unshift(() => dialer.close());
    dialer.faults.add({ kind: 'drop', effect: true, route: 'import', share: options.lost });
    dialer.faults.add({ kind: 'lag', route: 'list', maxMs: options.lagMs });

    const config = configOf(slack, dialer, database);
    const main = await fastMain(options.built);
    const environment = { CHAOS_ORIGIN: String(time.origin), CHAOS_TIMES: String(time.times) };
    const written: string[] = [];
    const begin = (): Promise<BotProcess> => startBot(main, config, environment);
    let bot = await begin();
    closing.unshift(() => bot.kill());
    const store = await database.open(clock);
    const alice = slack.as('alice').in(channelName);

    const result: KillResult = {
      kills: 0,
      terms: 0,
      imports: 0,
      good: { once: 0, unknown: 0, twice: 0, missing: 0 },
      bad: { inFile: 0, elsewhere: 0 },
      untrue: [],
      leaks: [],
      leftInStore: 0,
      requests: 0,
      answersLost: 0,
      tookMs: 0,
      output: '',
    };
    const tasks = dialer.tasks.map(({ uuid, name, total }) => ({ id: uuid, name, before: total }));
    while (result.kills + result.terms < options.kills) {
      const task = tasks[result.imports % tasks.length];
      if (task === undefined) throw new Error('there is no task');
      const numbers = numbersOf(options, result.imports);
      result.imports += 1;
      const runId = await prepare({ alice, task: task.name, numbers, store, clock });
      await submit(alice);
      // Nothing is sent before.
      while ((await store.importRun(runId))?.state === 'preview') await sleep(5);
      for (let round = 0; !(await isOver(store, runId)); round += 1) {
        const draw = (part: number): number => chance(options.seed, result.imports, round, part);
        await sleep(options.killEveryMs * (0.1 + 1.8 * draw(1)));
        if (await isOver(store, runId)) break;
        if (result.kills + result.terms >= options.kills) continue;
        const gently = (result.kills + result.terms + 1) % options.termEvery === 0;
        await (gently ? bot.stop() : bot.kill());
        written.push(bot.output());
        if (gently) result.terms += 1;
        else result.kills += 1;
        await sleep(300 * draw(2));
        bot = await begin();
      }
      await judgeRun(result, { slack, dialer, store, alice, runId, task, numbers });
    }
    result.requests = dialer.requests.filter(({ route }) => route === 'import').length;
    result.answersLost = dialer.requests.filter(({ route, faults }) => route === 'import' && faults.length > 0).length;
    const rows = await database.sql("select count(*) as n from import_batches where entries <> '[]'");
    result.leftInStore = Number(rows[0]?.n);
    result.output = [...written, bot.output()].join('\n');
    const tokens = [slack.botToken, slack.appToken, dialer.token];
    const said = dms(slack).map((message) => JSON.stringify([message.text, message.blocks]));
    result.leaks = leaksIn([...result.output.split('\n'), ...said], { tokens, phones: [] });
    result.tookMs = performance.now() - began;
    return result;
  } finally {
    for (const close of closing) await close();
  }
}

/** The app in the fast time, beside the build, so that its reader finds its worker. */
async function fastMain(built: Built): Promise<string> {
  const main = join(dirname(built.entry('reader/worker')), 'fast-bot.mjs');
  await mkdir(dirname(main), { recursive: true });
  await writeFile(main, bundled(new URL('../chaos/bot.ts', import.meta.url)));
  return main;
}

function configOf(slack: SlackSandbox, dialer: DialerSandbox, { location }: TestDatabase): Config {
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    DIALER_TIMEOUT_MS: '2000',
    PORT: '0',
    POLL_CRON: '* * * * * *',
    LOG_LEVEL: 'debug',
    DATA_DIR: location.dataDir,
    ...(location.databaseUrl !== null && { DATABASE_URL: location.databaseUrl }),
  });
  if (!read.ok) throw new Error(read.faults.map(({ name, problem }) => `${name} ${problem}`).join(', '));
  return read.config;
}

/** Numbers that no other import has. */
function numbersOf({ numbers }: KillOptions, run: number): string[] {
  return Array.from({ length: numbers }, (_, index) => String(19_000_000_000 + run * 1_000_000 + index));
}

/** Uploads the list and waits until the total at its preview can be compared with. */
async function prepare({
  alice,
  task,
  numbers,
  store,
  clock,
}: {
  alice: PersonClient;
  task: string;
  numbers: readonly string[];
  store: Store;
  clock: { sleep(ms: number): Promise<void> };
}): Promise<string> {
  const form = await formOf(alice, task);
  await form.fill({ file: { name: 'list.csv', content: `phone\n${numbers.join('\n')}\n` } }).submit();
  const preview = await alice.expectModal('task_import_send', { timeoutMs: 60_000 });
  const { runId } = JSON.parse(String(preview.view().private_metadata)) as { runId?: string };
  if (runId === undefined || (await store.importRun(runId)) === null) throw new Error(`no run: ${preview.text()}`);
  await clock.sleep(11_000);
  return runId;
}

/** On a machine that is busy, a command may come to nothing in the fast time. */
async function formOf(alice: PersonClient, task: string): Promise<Modal> {
  for (let attempt = 1; ; attempt += 1) {
    await alice.command(`/dial import ${task}`);
    try {
      return await alice.expectModal('task_import', { timeoutMs: 5_000 });
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

async function submit(alice: PersonClient): Promise<void> {
  const preview = await alice.expectModal('task_import_send');
  await preview.submit();
}

/** Whether nothing happens any more without its person. */
async function isOver(store: Store, runId: string): Promise<boolean> {
  const run = await store.importRun(runId);
  if (run === null) throw new Error('the run is gone');
  return run.state === 'halted' ? run.facts.reported : run.state !== 'preview' && !(await isOpen(store, runId));
}

async function isOpen(store: Store, runId: string): Promise<boolean> {
  return (await store.openImports()).some(({ id }) => id === runId);
}

function dms(slack: SlackSandbox) {
  return slack
    .snapshot('alice')
    .channels.filter(({ kind }) => kind === 'dm')
    .flatMap(({ messages }) => messages.filter(({ user }) => user === slack.botUserId));
}

interface Judged {
  slack: SlackSandbox;
  dialer: DialerSandbox;
  store: Store;
  alice: PersonClient;
  runId: string;
  task: { id: string; before: number };
  numbers: readonly string[];
}

/** Ends a run that waits for a decision, and compares the platform and the file with what the person was informed of. */
async function judgeRun(
  result: KillResult,
  { slack, dialer, store, alice, runId, task, numbers }: Judged,
): Promise<void> {
  const before = new Set(slack.workspace.files.keys());
  const halted = (await store.importRun(runId))?.state === 'halted';
  while ((await store.importLedger(runId)).some(({ state }) => state === 'planned')) {
    await (await alice.expectDm('have not been sent yet')).press('import_run:resume:0');
    do await sleep(200);
    while (!(await isOver(store, runId)));
  }
  if ((await store.importRun(runId))?.state === 'halted') {
    await (await alice.expectDm('unknown outcome')).press('import_run:cancel:0', {
      confirm: true,
    });
    for (let waited = 0; await isOpen(store, runId); waited += 1) {
      if (waited > 300) throw new Error('the run did not end');
      await sleep(100);
    }
  }
  const file = [...slack.workspace.files.values()].filter(({ name }) => name.startsWith('not-imported')).at(-1);
  const text = file === undefined || (before.has(file.id) && halted) ? '' : Buffer.from(file.bytes).toString('utf8');
  const rows = text.split('\r\n').map((line) => line.split('","').map((cell) => cell.replaceAll('"', '')));
  const inFile = new Map(rows.map(([why = '', , phone = '']) => [phone, why]));
  const count = new Map<string, number>();
  for (const { phone } of dialer.numbers(task.id)) count.set(phone, (count.get(phone) ?? 0) + 1);

  let there = 0;
  for (const phone of numbers) {
    const times = count.get(phone) ?? 0;
    const why = inFile.get(phone);
    there += Math.min(times, 1);
    if (phone.endsWith(refusedEnding)) result.bad[why === undefined || times > 0 ? 'elsewhere' : 'inFile'] += 1;
    else if (times > 1) result.good.twice += 1;
    else if (why?.startsWith('unknown')) result.good.unknown += 1;
    else if (times === 1) result.good.once += 1;
    else result.good.missing += 1;
  }
  const run = await store.importRun(runId);
  const ledger = await store.importLedger(runId);
  const sum = (state: string): number =>
    ledger.reduce((all, batch) => (batch.state === state ? all + batch.size : all), 0);
  const unknownThere = numbers.filter((phone) => inFile.get(phone)?.startsWith('unknown') && count.has(phone)).length;
  if (sum('accepted') !== there - unknownThere) {
    result.untrue.push(`${runId}: ${sum('accepted')} accepted, ${there - unknownThere} there`);
  }
  const told = [...dms(slack), ...slack.snapshot('alice').views.map(({ view }) => view)].map((one) =>
    JSON.stringify(one),
  );
  const figure = sum('accepted').toLocaleString('en-US');
  if (!told.some((one) => one.includes(`${figure} numbers imported`))) {
    result.untrue.push(`${runId} (${run?.state}): nobody was informed of ${figure} numbers`);
  }
  for (const view of slack.snapshot('alice').views) {
    if (JSON.stringify(view.view.title).includes('Importing'))
      result.untrue.push(`${runId}: the modal still says that it goes on`);
  }
  const modal = await alice.expectModal(undefined, { timeoutMs: 5_000 }).catch(() => null);
  await modal?.close({ all: true });
}
