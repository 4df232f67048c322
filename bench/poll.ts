import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../src/clock.ts';
import { createBoard } from '../src/core/watch/board.ts';
import { watchOnce } from '../src/core/watch/watch-once.ts';
import { createLog } from '../src/log.ts';
import { openStore } from '../src/store/store.ts';
import { sampleTask } from '../test/support/samples.ts';
import { type Row, ratios, table } from './measure.ts';

/**
 * One poll of `TASKS` (10,000) unchanged tasks on SQLite: its CPU time, against parsing the JSON of the same tasks, and
 * the longest time for which it held up the event loop. `ROUNDS` (5) may be set.
 */
const count = Math.min(20_000, Number(process.env.TASKS ?? 10_000));
const rounds = Math.min(50, Number(process.env.ROUNDS ?? 5));
/** The first poll writes every task, the second is the first one that compares. */
const warmUp = 2;

const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-bench-'));
const log = createLog('error', (line) => console.error(line));
const store = await openStore({ databaseUrl: null, dataDir, clock: systemClock, log });
const tasks = Array.from({ length: count }, (_, index) => sampleTask({ id: `id-${index}`, name: `Wave ${index}` }));
const body = JSON.stringify(tasks);
const dialer = { list: async () => tasks, hasProgress: false, progress: async () => null };
const deps = { dialer, store, log, board: createBoard(systemClock) };

async function cpuMs(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The longest stall while `act` ran, ms, timed from one turn of the event loop to the next. */
async function longestStall(act: () => Promise<unknown>): Promise<number> {
  const delay: IntervalHistogram = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await act();
  delay.disable();
  return delay.max / 1e6;
}

const polls: number[] = [];
const parses: number[] = [];
const stalls: number[] = [];
try {
  for (let round = -warmUp; round < rounds; round++) {
    let poll = 0;
    const parse = await cpuMs(() => JSON.parse(body));
    const stall = await longestStall(async () => {
      poll = await cpuMs(() => watchOnce(deps));
      // What it leaves behind, such as a collection of garbage, counts too.
      await systemClock.sleep(50);
    });
    if (round < 0) continue;
    polls.push(poll);
    parses.push(parse);
    stalls.push(stall);
  }
} finally {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
}

const rows: Row[] = [
  { name: `JSON.parse of ${count} tasks, CPU`, samples: parses, unit: 'ms' },
  { name: `poll of ${count} tasks, CPU`, samples: polls, unit: 'ms' },
  { name: 'poll / parse', samples: ratios(polls, parses), unit: '×' },
  { name: 'longest stall of the event loop in a poll', samples: stalls, unit: 'ms' },
];
console.log(table(rows));
