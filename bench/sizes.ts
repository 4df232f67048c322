import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { createDialerSandbox, type DialerSandbox } from '../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../sandbox/slack/server.ts';
import { columns } from './measure.ts';

/**
 * How large a machine for Dialdeck must be: memory, CPU, disk and log of the production build (`npm run build` first), as a
 * process of its own, with more and more tasks, and around an import. `docs/admin/sizes.md` has the figures. Linux only.
 * `MINUTES` (2) is how long each row is watched, `TASKS` and `IMPORTS` are the rows.
 */

const minutes = Math.min(60, Number(process.env.MINUTES ?? 2));
const channel = 'outbound-calls';
const pollSeconds = 20;
const patienceMs = 300_000;

interface Bot {
  child: ChildProcess;
  dataDir: string;
  log(): string;
}

async function startBot(slack: SlackSandbox, dialer: DialerSandbox): Promise<Bot> {
  if (!existsSync('dist/main.js')) throw new Error('there is no dist/main.js: run npm run build first');
  const dataDir = await mkdtemp('/tmp/dialdeck-sizes-');
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      DIALER_URL: dialer.url,
      DIALER_TOKEN: dialer.token,
      NUMBERS_KEY: 'a key of sixteen characters',
      DATA_DIR: dataDir,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let log = '';
  child.stdout.on('data', (part) => (log += String(part)));
  const bot = { child, dataDir, log: () => log };
  await until(() => log.includes('Dialdeck is running'), 'the bot did not start');
  return bot;
}

async function stopBot({ child, dataDir }: Bot): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  await rm(dataDir, { recursive: true, force: true });
}

async function until(is: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  for (const began = performance.now(); !(await is()); await sleep(50))
    if (performance.now() - began > patienceMs) throw new Error(otherwise);
}

/** In bytes: what it has now, and the most it ever had (proc(5), `VmRSS` and `VmHWM`). */
async function memoryOf(pid: number): Promise<{ now: number; most: number }> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

/** Seconds of CPU that a process has taken (proc(5): fields 14 and 15 of `stat`, in hundredths of a second). */
async function cpuOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

/** How many tasks the store describes. */
function readingsIn(dataDir: string): number {
  const database = new Libsql(join(dataDir, 'dialdeck.db'), { readonly: true });
  try {
    const row = database.prepare('select count(*) as count from readings').get() as { count: number };
    return row.count;
  } finally {
    database.close();
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('dialdeck.db'));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const mb = (bytes: number): string => `${(bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 1 : 0)} MB`;
const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

/** One account of that many tasks, ten of them watched and all that are on dialing, for some minutes. */
async function withTasks(count: number): Promise<string[]> {
  const slack = await createSlackSandbox({ waitMs: patienceMs });
  const dialer = await createDialerSandbox({ extra: { tasks: count }, speed: 1 });
  const bot = await startBot(slack, dialer);
  try {
    const pid = bot.child.pid ?? 0;
    const alice = slack.as('alice').in(channel);
    for (const { uuid } of dialer.tasks.slice(0, 10)) await alice.command(`/dial watch ${uuid}`);
    await until(() => readingsIn(bot.dataDir) >= dialer.tasks.length, 'the tasks were not stored');
    // And once more, which finds everything known.
    await sleep(3 * pollSeconds * 1_000);
    const [cpuBefore, logBefore] = [await cpuOf(pid), bot.log().length];
    await sleep(minutes * 60_000);
    const cpu = (await cpuOf(pid)) - cpuBefore;
    const { now, most } = await memoryOf(pid);
    const perDay = ((bot.log().length - logBefore) / minutes) * 60 * 24;
    return [
      dialer.tasks.length.toLocaleString('en-US'),
      mb(now),
      mb(most),
      `${((cpu / (minutes * 60)) * 100).toFixed(1)} %`,
      mb(await sizeOf(bot.dataDir)),
      mb(perDay),
    ];
  } finally {
    await stopBot(bot);
    await slack.close();
    await dialer.close();
  }
}

/** An import of that many numbers: memory of the bot and of its reader, what the store keeps, and what is logged. */
async function importing(count: number): Promise<string[]> {
  const slack = await createSlackSandbox({ waitMs: patienceMs });
  const dialer = await createDialerSandbox({ speed: 0, switches: { importLimit: 1_000 } });
  const bot = await startBot(slack, dialer);
  try {
    const pid = bot.child.pid ?? 0;
    const alice = slack.as('alice').in(channel);
    const task = dialer.tasks[0];
    const before = { store: await sizeOf(bot.dataDir), log: bot.log().length };
    let reader = 0;
    let watching = true;
    const watch = (async () => {
      for (; watching; await sleep(20))
        for (const child of await childrenOf(pid)) reader = Math.max(reader, (await memoryOf(child)).most);
    })();
    const rows = Array.from({ length: count }, (_, index) => `${13_500_000_000 + index * 7},Customer ${index}`);
    // On a busy machine the first command may be too early: the bot does not know its person yet.
    const openForm = async () => {
      await alice.command(`/dial import ${task?.uuid}`);
      return alice.expectModal('task_import', { timeoutMs: 20_000 });
    };
    const form = await openForm().catch(openForm);
    await form
      .fill({ file: [{ name: 'list.csv', content: Buffer.from(`phone,name\n${rows.join('\n')}\n`) }] })
      .submit();
    const preview = await alice.expectModal('task_import_send');
    const open = await sizeOf(bot.dataDir);
    await preview.submit();
    await until(async () => bot.log().includes('"act":"import"'), 'the import did not end');
    watching = false;
    await watch;
    const { most } = await memoryOf(pid);
    const [kept, logged] = [(await sizeOf(bot.dataDir)) - before.store, bot.log().length - before.log];
    return [count.toLocaleString('en-US'), mb(most), mb(reader), mb(open - before.store), mb(kept), kb(logged)];
  } finally {
    await stopBot(bot);
    await slack.close();
    await dialer.close();
  }
}

/** Bytes of the log that one start of a task and one pause leave. */
async function acting(times: number): Promise<number> {
  const slack = await createSlackSandbox({ waitMs: patienceMs });
  const dialer = await createDialerSandbox();
  const bot = await startBot(slack, dialer);
  try {
    const alice = slack.as('alice').in(channel);
    const acts = () => bot.log().split('"message":"act"').length - 1;
    const task = dialer.tasks.find(({ name }) => name.includes('Clinic'));
    const [before, done] = [bot.log().length, acts()];
    for (let time = 0; time < times; time += 1) {
      await alice.command(`/dial pause ${task?.uuid}`);
      await until(() => acts() > done + time, 'a pause left no line');
    }
    return (bot.log().length - before) / times;
  } finally {
    await stopBot(bot);
    await slack.close();
    await dialer.close();
  }
}

const listed = (text: string): number[] => text.split(',').filter(Boolean).map(Number);

const tasks: string[][] = [];
for (const count of listed(process.env.TASKS ?? '0,1000,10000')) tasks.push(await withTasks(count));
console.log(columns([['tasks', 'memory', 'most', 'CPU', 'store', 'log a day'], ...tasks]));
const imports: string[][] = [];
for (const count of listed(process.env.IMPORTS ?? '10000,100000')) imports.push(await importing(count));
console.log(
  `\n${columns([['imported', 'bot at most', 'reader at most', 'store while open', 'after', 'log'], ...imports])}`,
);
console.log(`\none act leaves ${Math.round(await acting(10))} bytes of log`);
process.exit(0);
