import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../src/clock.ts';
import type { Clock } from '../src/core/ports.ts';
import { createDays } from '../src/core/time/days.ts';
import { createBoard } from '../src/core/watch/board.ts';
import { createRecorder } from '../src/core/watch/record.ts';
import { watchOnce } from '../src/core/watch/watch-once.ts';
import { createDialer } from '../src/dialer/client.ts';
import { createWallClockReader } from '../src/dialer/datetime.ts';
import { taskOf } from '../src/dialer/wire.ts';
import { createLog } from '../src/log.ts';
import { openStore } from '../src/store/store.ts';
import { columns, median, ratios } from './measure.ts';

/**
 * What one poll costs: the list over HTTP from a platform in a process of its own, everything that is made of it, and
 * SQLite. Half of the tasks are on. CPU time is compared with that of JSON.parse of the same body and the wire schema
 * on each of its entities, measured in the same round. What else the machine does falls on single rounds: growth is
 * that of the least, and a stall of the program's own is in the median too. `TASKS` (1000,10000,20000) and `ROUNDS` (7)
 * may be set. Exits with 1 when a bar does not hold.
 */
const sizes = (process.env.TASKS ?? '1000,10000,20000').split(',').map(Number);
const rounds = Math.min(50, Number(process.env.ROUNDS ?? 7));
const bars = { ratio: 0.5, statements: 3, stallMs: 100, growth: 2.2 };

setFlagsFromString('--expose-gc');
/** Nobody pays for the garbage of the one before. */
const collectGarbage = runInNewContext('gc') as () => void;

const log = createLog('error', (line) => console.error(line));
const timeZone = 'Asia/Shanghai';

interface Sample {
  cpu: number;
  baseline: number;
  statements: number;
  rows: number;
  stall: number;
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** `act` and the longest stall of the event loop while it ran, ms, timed from one turn to the next. */
async function longestStall(act: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await act();
  delay.disable();
  return delay.max / 1e6;
}

async function measure(count: number): Promise<{ unchanged: Sample[]; changed: Sample[] }> {
  const platform = fork(new URL('poll-platform.ts', import.meta.url), [String(count)], { execArgv: process.execArgv });
  const [port] = await once(platform, 'message');
  const url = `http://127.0.0.1:${port}`;
  let passed = 0;
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + passed,
    elapsed: () => systemClock.elapsed() + passed,
  };
  const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-bench-'));
  const statements: string[] = [];
  const store = await openStore({ databaseUrl: null, dataDir, clock, log, onStatement: (sql) => statements.push(sql) });
  const dialer = createDialer(
    {
      url,
      token: 'bench',
      authHeader: 'Authorization',
      authScheme: 'Bearer',
      timeZone,
      progressPath: null,
      importKey: 'customer_info_list',
      timeoutMs: 60_000,
      maxBytes: 128 * 1024 * 1024,
      maxTasks: count,
      maxMs: 60_000,
    },
    { log, clock },
  );
  const board = createBoard(clock);
  const recorder = createRecorder(createDays(timeZone));
  const readClock = createWallClockReader(timeZone);

  const poll = async (): Promise<void> => {
    passed += 20_000;
    await store.lease('poll', 'bench', 30_000);
    await watchOnce({ dialer, store, log, board, recorder });
  };
  const parsing = async (): Promise<number> => {
    const text = await (await fetch(`${url}/v1/task`)).text();
    collectGarbage();
    const before = process.cpuUsage();
    const { data } = JSON.parse(text) as { data: unknown[] };
    for (const entity of data) taskOf(entity, readClock);
    return cpuSince(before);
  };
  const sample = async (): Promise<Sample> => {
    const baseline = await parsing();
    const { readings } = await store.versions();
    statements.length = 0;
    collectGarbage();
    let cpu = 0;
    const stall = await longestStall(async () => {
      const before = process.cpuUsage();
      await poll();
      cpu = cpuSince(before);
      // What it leaves behind, such as a collection of garbage, counts too.
      await systemClock.sleep(50);
    });
    const made = statements.length;
    const others = statements.filter(
      (sql) => /^(?:insert|update|delete)/.test(sql) && !/"(?:leases|readings)"/.test(sql),
    );
    const rows = (await store.versions()).readings - readings + others.length;
    return { cpu, baseline, statements: made, rows, stall };
  };

  try {
    // The first poll writes everything; after some minutes it is clear that nothing is called.
    for (let round = 0; round < 3; round += 1) await poll();
    passed += 15 * 60_000;
    for (let round = 0; round < 3; round += 1) await poll();
    // A bot runs for days: what is measured is compiled code, also where a poll is short.
    const warmUp = Math.max(2, Math.ceil(30_000 / count));
    const unchanged: Sample[] = [];
    const changed: Sample[] = [];
    for (let round = -warmUp; round < rounds; round += 1) {
      const still = await sample();
      platform.send('change');
      await once(platform, 'message');
      const moved = await sample();
      if (round < 0) continue;
      unchanged.push(still);
      changed.push(moved);
    }
    return { unchanged, changed };
  } finally {
    dialer.close();
    await store.close();
    platform.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Line {
  name: string;
  count: number;
  cpu: number;
  ratio: number;
  statements: number;
  rows: number;
  stall: number;
  longest: number;
  least: number;
}

function lineOf(name: string, count: number, samples: readonly Sample[]): Line {
  const of = (key: keyof Sample): number[] => samples.map((sample) => sample[key]);
  return {
    name,
    count,
    cpu: median(of('cpu')),
    ratio: median(ratios(of('cpu'), of('baseline'))),
    statements: Math.max(...of('statements')),
    rows: Math.max(...of('rows')),
    stall: median(of('stall')),
    longest: Math.max(...of('stall')),
    least: Math.min(...of('cpu')),
  };
}

const lines: Line[] = [];
for (const count of sizes) {
  const { unchanged, changed } = await measure(count);
  lines.push(lineOf('unchanged', count, unchanged), lineOf('1 % changed', count, changed));
}

const head = [
  '',
  'tasks',
  'CPU ms',
  '× JSON.parse + zod',
  'statements',
  'rows beside the lease',
  'stall ms',
  'longest',
];
const cells = lines.map(({ name, count, cpu, ratio, statements, rows, stall, longest }) => [
  name,
  String(count),
  cpu.toFixed(1),
  ratio.toFixed(2),
  String(statements),
  String(rows),
  stall.toFixed(1),
  longest.toFixed(1),
]);
console.log(columns([head, ...cells]));
console.log('');

const still = lines.filter(({ name }) => name === 'unchanged');
const growths = still.flatMap((line) => {
  const half = still.find(({ count }) => count * 2 === line.count);
  return half === undefined ? [] : [line.least / half.least];
});
const promises: [string, boolean][] = [
  ['unchanged: no row beside the lease', still.every(({ rows }) => rows === 0)],
  [`unchanged: at most ${bars.statements} statements`, still.every(({ statements }) => statements <= bars.statements)],
  [`unchanged: at most ${bars.ratio} × JSON.parse + zod`, still.every(({ ratio }) => ratio <= bars.ratio)],
  [
    `twice as many tasks: at most ${bars.growth} × (${growths.map((growth) => growth.toFixed(2))})`,
    growths.every((growth) => growth <= bars.growth),
  ],
  [
    `up to 10,000 tasks: the event loop held up for at most ${bars.stallMs} ms`,
    lines.every(({ count, stall }) => count > 10_000 || stall <= bars.stallMs),
  ],
];
for (const [promise, holds] of promises) {
  console.log(`${holds ? 'holds ' : 'MISSED'}   ${promise}`);
  if (!holds) process.exitCode = 1;
}
