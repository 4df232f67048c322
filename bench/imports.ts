import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDialerSandbox } from '../sandbox/dialer/server.ts';
import { type LongList, longLists, shortList } from './imports/lists.ts';
import type { Said, Work } from './imports/words.ts';
import { columns, median } from './measure.ts';

/**
 * What importing long lists costs, each measured in a fresh process. Reading: CPU beside a process that only parses the
 * same file with csv-parse. Up to the preview, through the ledger of a bot: the memory of the bot and its worker above
 * what they take when idle, and how long nothing else has its turn in the bot (99th percentile). From the preview to
 * the end: the time beside a loop that only posts the same numbers, to platforms that answer at once, or only after a
 * while, up to a quarter of a second. Fails when a bar does not hold. `ROWS` (1,000,000; three tenths of it in a workbook) and `ROUNDS` (3) may
 * be set.
 */
const rows = Math.min(1_000_000, Number(process.env.ROWS ?? 1_000_000));
const rounds = Math.min(20, Number(process.env.ROUNDS ?? 3));
const sentRows = Math.min(50_000, rows);
/**
 * How long the platform takes for a request, beside its work. The bar holds for the last: it is far away, and stores a
 * thousand numbers. The others show from where on the bot's own work bounds the pace.
 */
const answersMs = [0, 20, 50, 250];
const minParsing = 0.55;
const minPosting = 0.8;
const maxMemoryMb = 150;
const maxStopMs = 25;

const started = (work: Work, args: readonly string[]): ChildProcess =>
  fork(new URL('./imports/list-process.ts', import.meta.url), [work, ...args], {
    execArgv: ['--import', 'tsx', '--max-old-space-size=1024'],
  });

/** What a process says that is no state. */
async function measured(child: ChildProcess): Promise<number> {
  for (;;) {
    const [said] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`a process of the bench ended with ${code}`);
      }),
    ])) as [Said];
    if (!('idle' in said)) return Object.values(said)[0] ?? Number.NaN;
  }
}

/** Physical memory of a process and of those that it started, MB. */
function memoryOf(pid: number): number {
  try {
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return Number(resident) / 1024 + children.reduce((sum, child) => sum + memoryOf(Number(child)), 0);
  } catch {
    return 0;
  }
}

async function previewed(file: string, address: readonly string[]): Promise<{ memory: number; stop: number }> {
  const child = started('preview', [file, ...address]);
  const pid = child.pid ?? 0;
  await once(child, 'message');
  const idle = memoryOf(pid);
  let peak = idle;
  const looking = setInterval(() => {
    peak = Math.max(peak, memoryOf(pid));
  }, 10);
  const stop = await measured(child);
  clearInterval(looking);
  if (child.exitCode === null) await once(child, 'exit');
  return { memory: peak - idle, stop };
}

async function platform(answerMs = 0) {
  const sandbox = await createDialerSandbox({
    speed: 0,
    switches: { importLimit: 1_000, importDuplicates: 'accept' },
  });
  if (answerMs > 0) sandbox.faults.add({ route: 'import', kind: 'delay', ms: answerMs });
  const task = sandbox.tasks.find(({ started }) => !started);
  if (task === undefined) throw new Error('the stand-in has no task');
  return { address: [sandbox.url, sandbox.token, task.uuid], close: () => sandbox.close() };
}

async function readingOf(list: LongList, file: string): Promise<{ line: string[]; holds: boolean }> {
  await writeFile(file, list.bytes());
  const [parsing, reading, previews]: [number[], number[], { memory: number; stop: number }[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    if (list.isText) parsing.push(await measured(started('parse', [file])));
    reading.push(await measured(started('read', [file])));
    const { address, close } = await platform();
    previews.push(await previewed(file, address));
    await close();
  }
  const [parse, read] = [median(parsing), median(reading)];
  const memory = Math.max(...previews.map((one) => one.memory));
  const stop = median(previews.map((one) => one.stop));
  return {
    line: [
      list.name,
      list.isText ? `${parse.toFixed(0)} ms` : '–',
      `${read.toFixed(0)} ms`,
      list.isText ? `${(parse / read).toFixed(2)}×` : '–',
      `${memory.toFixed(0)} MB`,
      `${stop.toFixed(1)} ms`,
    ],
    holds: memory <= maxMemoryMb && stop <= maxStopMs && (!list.isText || parse / read >= minParsing),
  };
}

async function sendingOf(file: string): Promise<{ lines: string[][]; holds: boolean }> {
  await writeFile(file, shortList(sentRows));
  const lines = [[`${sentRows} numbers, 1,000 to a batch`, 'posted', 'sent', 'ratio']];
  let holds = false;
  for (const answerMs of answersMs) {
    const took = { post: [] as number[], send: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      for (const work of ['post', 'send'] as const) {
        const { address, close } = await platform(answerMs);
        took[work].push(await measured(started(work, [file, ...address])));
        await close();
      }
    }
    const [post, send] = [median(took.post), median(took.send)];
    const ratio = post / send;
    lines.push([
      `answers after ${answerMs} ms`,
      `${post.toFixed(0)} ms`,
      `${send.toFixed(0)} ms`,
      `${ratio.toFixed(2)}×`,
    ]);
    holds = ratio >= minPosting;
  }
  return { lines, holds };
}

const folder = await mkdtemp(join(tmpdir(), 'dialdeck-bench-'));
const file = join(folder, 'list');
try {
  const read = [];
  for (const list of longLists(rows)) read.push(await readingOf(list, file));
  console.log(columns([['', 'csv-parse', 'read', 'ratio', 'memory', 'stop p99'], ...read.map(({ line }) => line)]));
  const sent = await sendingOf(file);
  console.log(`\n${columns(sent.lines)}`);
  if (!sent.holds || read.some(({ holds }) => !holds)) {
    console.log(
      `a bar does not hold: at least ${minParsing}× csv-parse and ${minPosting}× the posts to the slowest platform, at most ${maxMemoryMb} MB, stops of at most ${maxStopMs} ms`,
    );
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
