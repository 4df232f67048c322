import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../src/clock.ts';
import type { Task } from '../src/core/model/task.ts';
import { filterCards } from '../src/core/tasks/filter.ts';
import { findTasks } from '../src/core/tasks/find.ts';
import { maxReferenceLength } from '../src/core/tasks/list-numbers.ts';
import { cardOf } from '../src/core/watch/card.ts';
import { nextReading } from '../src/core/watch/infer.ts';
import { readBodyInTurns } from '../src/dialer/body.ts';
import { createDialer } from '../src/dialer/client.ts';
import { createReader } from '../src/reader/reader.ts';
import { taskOf } from '../test/support/core/task-samples.ts';
import { entity, readingBudget } from '../test/support/dialer/platform.ts';
import { type Row, ratios, table } from './measure.ts';

/**
 * What the worst text, list and body cost: the longest time for which nothing else had its turn, and how the cost grows
 * with twice the input (2 is linear). `ROUNDS` (5) may be set.
 */
const rounds = Math.min(50, Number(process.env.ROUNDS ?? 5));
const blocked = monitorEventLoopDelay({ resolution: 5 });

interface Cost {
  /** Of this process. */
  cpu: number;
  elapsed: number;
  /** The longest time for which the event loop stood still. */
  longest: number;
}

/** All ms. */
async function measured(act: () => unknown): Promise<Cost> {
  blocked.enable();
  blocked.reset();
  // The first tick only begins the measuring.
  await systemClock.sleep(20);
  const [began, before] = [performance.now(), process.cpuUsage()];
  await act();
  const { user, system } = process.cpuUsage(before);
  const elapsed = performance.now() - began;
  await systemClock.sleep(20);
  const longest = blocked.max / 1e6;
  blocked.disable();
  return { cpu: (user + system) / 1000, elapsed, longest };
}

/** `act` with some input and with twice as much. */
async function tried(name: string, act: (size: 1 | 2) => () => unknown, of: 'cpu' | 'elapsed' = 'cpu'): Promise<Row[]> {
  const [half, whole] = [act(1), act(2)];
  const halves: Cost[] = [];
  const wholes: Cost[] = [];
  for (let round = 0; round < rounds; round += 1) {
    halves.push(await measured(half));
    wholes.push(await measured(whole));
  }
  const samples = wholes.map((cost) => cost[of]);
  return [
    { name: `${name}: ${of}`, samples, unit: 'ms' },
    { name: '  longest stop', samples: wholes.map(({ longest }) => longest), unit: 'ms' },
    {
      name: '  against half of it',
      samples: ratios(
        samples,
        halves.map((cost) => cost[of]),
      ),
      unit: '×',
    },
  ];
}

function tasksNamed(count: number, name: (index: number) => string): Task[] {
  return Array.from({ length: count }, (_, index) => taskOf({ id: `id-${index}`, name: name(index) }));
}
const filled = (unit: (index: number) => string, length: number): string => {
  let text = '';
  for (let index = 0; text.length < length; index += 1) text += unit(index);
  return text.slice(0, length);
};

const letters = 'the quick brown fox jumps over the lazy dog';
const typedTexts: [string, (length: number) => string, (index: number) => string][] = [
  ['words of no name', (length) => filled((index) => `w${index} `, length), (index) => `Campaign ${index}`],
  ['words of one long name', (length) => filled(() => 'a ', length), () => 'a '.repeat(500)],
  ['letters of every name', () => 'gdo yzal eht revo spmuj xof nworb kciuq eht', () => letters],
  ['quotes never closed', (length) => '“'.repeat(length), () => '“'.repeat(500)],
];

console.log('Nothing: what the machine itself does to a process');
console.log(table(await tried('a second', (size) => () => systemClock.sleep(500 * size), 'elapsed')));

console.log(`\nTyped text of ${maxReferenceLength} characters, 3,000 tasks`);
for (const [name, text, nameOf] of typedTexts) {
  const tasks = tasksNamed(3_000, nameOf);
  const rows = await tried(name, (size) => {
    const typed = text((maxReferenceLength * size) / 2);
    return () => findTasks(typed, tasks, []);
  });
  console.log(table(rows));
}

const cards = tasksNamed(10_000, (index) => `Campaign ${index} ${letters}`).map((task) =>
  cardOf(nextReading(null, task, 0, { look: 'glance' }), null),
);
console.log('\nThe list of 10,000 tasks, searched');
console.log(table(await tried('ten words', (size) => () => filterCards(cards.slice(0, 5_000 * size), null, letters))));

console.log('\nBodies of the platform');
const million = 1_000_000;
const bodies: [string, (length: number) => string][] = [
  ['escaped quotes and a large integer', (length) => `["${'\\"'.repeat(length / 2)}",1234567890123456789]`],
  ['brackets', (length) => '['.repeat(length)],
  ['large integers', (length) => `[${'1234567890123456789,'.repeat(length / 20)}1]`],
  ['empty objects', (length) => `[${'{},'.repeat(length / 3)}{}]`],
  ['blanks', (length) => ' '.repeat(length)],
];
for (const [name, body] of bodies) {
  const rows = await tried(`20 MB of ${name}`, (size) => {
    const bytes = Buffer.from(body(10 * million * size));
    return () => readBodyInTurns(bytes);
  });
  console.log(table(rows));
}

console.log('\n10,000 tasks read over HTTP, all in one answer and 50 to a page');
const platform = new Worker(
  `const { workerData, parentPort } = require('node:worker_threads');
   const { createServer } = require('node:http');
   const pages = new Map();
   const server = createServer((request, response) => {
     const url = new URL(request.url, 'http://x');
     const [count, paged] = url.pathname.split('/').slice(1, 3).map(Number);
     const page = Number(url.searchParams.get('page'));
     const key = count + '/' + paged + '/' + (paged ? page : 1);
     if (!pages.has(key)) {
       const [from, to] = paged ? [(page - 1) * 50, page * 50] : [0, count];
       const data = Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, index) =>
         ({ ...workerData, uuid: 'task-' + (from + index) }));
       pages.set(key, Buffer.from(JSON.stringify({ data })));
     }
     response.writeHead(200, { 'content-type': 'application/json' }).end(pages.get(key));
   });
   server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
  { eval: true, workerData: entity('task') },
);
const [port] = (await once(platform, 'message')) as [number];
const silent = { debug() {}, info() {}, warn() {}, error() {} };
for (const paged of [0, 1]) {
  const dialers = [5_000, 10_000].map((count) =>
    createDialer(
      {
        url: `http://127.0.0.1:${port}/${count}/${paged}`,
        token: 'x',
        authHeader: 'Authorization',
        authScheme: 'Bearer',
        timeZone: 'Asia/Shanghai',
        progressPath: null,
        importKey: '[]',
        timeoutMs: 25_000,
        ...readingBudget,
      },
      { log: silent, clock: systemClock },
    ),
  );
  for (const dialer of dialers) await dialer.list();
  console.log(table(await tried(paged ? 'pages' : 'one answer', (size) => () => dialers[size - 1]?.list())));
  for (const dialer of dialers) dialer.close();
}
await platform.terminate();

console.log('\nLists of numbers, in the worker');
const reader = createReader(systemClock);
const lists: [string, (size: 1 | 2) => string][] = [
  ['100,000 mobiles', (size) => filled((index) => `${13_800_000_000 + index}\n`, 600_000 * size)],
  ['100,000 landlines', (size) => filled((index) => `0571${88_000_000 + index * 7}\n`, 650_000 * size)],
  ['100,000 foreign numbers', (size) => filled((index) => `+1415${5_000_000 + index * 7}\n`, 650_000 * size)],
  ['100,000 names with landlines', (size) => filled((index) => `name 010-${60_000_000 + index * 7}\n`, 900_000 * size)],
  ['10 MB of ","', (size) => '","'.repeat((5_000_000 * size) / 3)],
  ...['"', '.', ' ', '\u200b', '=', ','].map((sign): [string, (size: 1 | 2) => string] => [
    `a cell of 1 MB of ${JSON.stringify(sign)}`,
    (size) => `13800138000,x\n1${sign.repeat(500_000 * size)}1,x\n13800138001,x`,
  ]),
];
const leave = async (): Promise<void> => undefined;
await reader.readList({ text: '13800138000' }, leave);
for (const [name, list] of lists) {
  const rows = await tried(
    name,
    (size) => {
      const text = list(size);
      return () => reader.readList({ text }, leave).catch(() => undefined);
    },
    'elapsed',
  );
  console.log(table(rows));
}
await reader.close();
