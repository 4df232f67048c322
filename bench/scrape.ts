import { createServer } from 'node:http';
import { systemClock } from '../src/clock.ts';
import type { TaskState } from '../src/core/model/reading.ts';
import { nextReading } from '../src/core/watch/infer.ts';
import { createMetrics } from '../src/metrics.ts';
import { taskOf } from '../test/support/core/task-samples.ts';
import { recordingLog, storeFolder } from '../test/support/real-store.ts';
import { sampleNotice } from '../test/support/samples.ts';
import { median, type Row, ratios, table } from './measure.ts';

/**
 * What a scrape of /metrics costs with 10,000 tasks and 1,000 messages that wait, over HTTP, next to an answer of the
 * same length that nobody had to compute. `ROUNDS` (200) may be set. Fails when a scrape takes 5 ms or more.
 */
const rounds = Math.min(2_000, Number(process.env.ROUNDS ?? 200));
const bar = { tasks: 10_000, waiting: 1_000, ms: 5 };

const folder = await storeFolder(systemClock, recordingLog());
const store = await folder.open();
await store.enqueue(
  Array.from({ length: bar.waiting }, (_, i) => ({
    key: `n:${i}`,
    channel: `C${i % 50}`,
    taskId: `task-${i}`,
    body: { type: 'notice' as const, notice: sampleNotice() },
    createdAt: systemClock.now(),
  })),
);
const readings = Array.from({ length: bar.tasks }, (_, i) =>
  nextReading(null, taskOf({ id: `task-${i}`, started: i % 2 === 0 }), systemClock.now()),
);
const metrics = createMetrics(
  {
    states: (): TaskState[] => readings.map(({ state }) => state),
    unsent: () => store.backlog(),
    waitingEdits: () => 0,
  },
  { clock: systemClock, ofProcess: true },
);
for (let i = 0; i < 1_000; i += 1) {
  metrics.acted(['start', 'pause', 'import'][i % 3] ?? '', 'done', i);
  metrics.sent(['card_edit', 'notice_post'][i % 2] ?? '', 'ok');
  metrics.polled('ok', i);
}
let known = '';
const server = createServer((request, response) => {
  if (request.url === '/known') response.end(known);
  else metrics.route.handler(request, response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

async function timed(path: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(`${url}${path}`);
  known = await answer.text();
  return performance.now() - began;
}

for (let i = 0; i < 20; i += 1) await timed('/metrics');
const scrapes: number[] = [];
const answers: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  scrapes.push(await timed('/metrics'));
  answers.push(await timed('/known'));
}
const own = scrapes.map((ms, round) => ms - (answers[round] ?? 0));
const rows: Row[] = [
  { name: `a scrape, ${bar.tasks} tasks`, samples: scrapes, unit: 'ms' },
  { name: 'an answer of that length', samples: answers, unit: 'ms' },
  { name: '  the scrape against it', samples: ratios(scrapes, answers), unit: '×' },
  { name: '  what it costs beyond', samples: own, unit: 'ms' },
];
console.log(table(rows));
const kept = median(scrapes) < bar.ms && known.includes('dialdeck_');
console.log(kept ? `HELD: less than ${bar.ms} ms` : `MISSED: ${bar.ms} ms or more`);
server.close();
await folder.remove();
process.exitCode = kept ? 0 : 1;
