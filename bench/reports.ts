import { systemClock } from '../src/clock.ts';
import type { DaySheet } from '../src/core/model/day-sheet.ts';
import type { NewRecordEntry } from '../src/core/model/record-entry.ts';
import { type Period, spanOf } from '../src/core/reports/period.ts';
import { createReports, type ReportedTasks } from '../src/core/reports/reports.ts';
import { createDays, daysAfter } from '../src/core/time/days.ts';
import { createBoard } from '../src/core/watch/board.ts';
import { nextReading } from '../src/core/watch/infer.ts';
import { emptySheet } from '../src/core/watch/sheet.ts';
import { en } from '../src/i18n/en.ts';
import { historyMessage } from '../src/slack/views/history.ts';
import { digestMessage, reportMessage } from '../src/slack/views/report.ts';
import { taskOf } from '../test/support/core/task-samples.ts';
import { recordingLog, storeFolder } from '../test/support/real-store.ts';
import { columns } from './measure.ts';

/**
 * How long reports, digests and histories take with 10,000 tasks, all of which were active on each of the last seven days,
 * with 20 of them in flight and a chat that answers at once. `ROUNDS` (50 of 20 each) may be set. Fails when p99 exceeds
 * 300 ms, or a message what Slack takes.
 */
const rounds = Math.min(500, Number(process.env.ROUNDS ?? 50));
const bar = { tasks: 10_000, days: 7, watched: 500, inFlight: 20, p99: 300, blocks: 50 };

const clock = systemClock;
const log = recordingLog();
const folder = await storeFolder(clock, log);
const store = await folder.open();
const board = createBoard(clock);
const days = createDays('Asia/Shanghai');
const today = days.dayOf(clock.now());
const ids = Array.from({ length: bar.tasks }, (_, i) => `task-${i}`);

const sheetOf = (day: string, i: number): DaySheet => ({
  ...emptySheet(day),
  dialed: i % 1_000,
  dialingMs: 60_000,
  stalls: i % 3,
  hours: Array.from({ length: 12 }, (_, hour) => [8 + hour, i % 100]),
});
const entriesOf = (taskId: string, i: number): NewRecordEntry[] =>
  (['started', 'paused', 'edited', 'finished'] as const).map((kind, n) => ({
    kind,
    taskId,
    taskName: `Spring renewal ${i}`,
    at: clock.now(),
    day: daysAfter(today, -((i + n) % bar.days)),
    person: i % 4 === 0 ? null : `U${i % 50}`,
  }));

/** The past of the account, as seven days of polls leave it. */
async function remember(): Promise<void> {
  for (let from = 0; from < bar.tasks; from += 1_000) {
    const changes = ids.slice(from, from + 1_000).map((id, n) => {
      const i = from + n;
      const past = Array.from({ length: bar.days }, (_, back) => sheetOf(daysAfter(today, -1 - back), i));
      const task = { ...taskOf({ id, started: i % 2 === 0 }), name: `Spring renewal ${i}` };
      const record = { closed: past, entries: entriesOf(id, i) };
      const reading = { ...nextReading(null, task, clock.now()), sheet: sheetOf(today, i) };
      return { reading, notices: [], record };
    });
    for (const reading of await store.saveReadings(changes)) board.put(reading);
  }
  board.hasRead((await store.versions()).readings);
  await store.addEntries(Array.from({ length: 150 }, (_, i) => entriesOf('task-7', i)).flat());
}
await remember();

/** A poll after which a tenth of the tasks have dialed further. */
function poll(): void {
  const read = board.beginRead();
  const moved = board.all().filter((_, i) => i % 10 === 0);
  board.complete(
    moved.map((reading) => ({
      ...reading,
      sheet: reading.sheet && { ...reading.sheet, dialed: reading.sheet.dialed + 1 },
    })),
    read,
  );
}

const reports = createReports({ store, board, days, clock, keptDays: 90, zone: 'Asia/Shanghai' });
const names = new Map(Array.from({ length: 50 }, (_, i) => [`U${i}`, `Person ${i}`]));
let largest = { blocks: 0, text: 0 };
const noted = ({ blocks }: { blocks: readonly unknown[] }): void => {
  const text = JSON.stringify(blocks).length;
  largest = { blocks: Math.max(largest.blocks, blocks.length), text: Math.max(largest.text, text) };
};
const show = async (period: Period, tasks: ReportedTasks): Promise<void> => {
  const report = await reports.report(spanOf(period, today), tasks);
  noted(reportMessage({ report, names, period }, en));
};
const all: ReportedTasks = { kind: 'all' };

const kinds: Record<string, (i: number) => Promise<void>> = {
  'report today': () => show('today', all),
  'report yesterday': () => show('yesterday', all),
  'report last week': () => show('last_week', all),
  'report <task>': (i) => show('week', { kind: 'task', id: `task-${i}` }),
  'four kinds of reports': (i) => show((['today', 'yesterday', 'week', 'last_week'] as const)[i % 4] ?? 'today', all),
  digest: async (i) => {
    const watched = ids.slice(i, i + bar.watched);
    const report = await reports.report(spanOf('yesterday', today), { kind: 'followed', ids: watched });
    noted(digestMessage({ report, dueAt: clock.now(), late: false }, names, en));
  },
  history: async (i) => {
    const history = await reports.history('task-7', (i % 9) + 1);
    noted(historyMessage({ ...history, taskId: 'task-7', names, keptDays: 90 }, en));
  },
};

/** So many at once; how long each took, ms. */
async function together(act: (i: number) => Promise<unknown>): Promise<number[]> {
  return Promise.all(
    Array.from({ length: bar.inFlight }, async (_, i) => {
      const began = performance.now();
      await act(i);
      return performance.now() - began;
    }),
  );
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

const rows = [['20 in flight, 10,000 tasks', 'n', 'p50', 'p99', 'max']];
let kept = true;
for (const [name, act] of Object.entries(kinds)) {
  const samples: Record<string, number[]> = { 'just after a poll': [], 'between polls': [] };
  for (let round = 0; round < rounds; round += 1) {
    poll();
    samples['just after a poll']?.push(...(await together(act)));
    samples['between polls']?.push(...(await together(act)));
  }
  for (const [when, times] of Object.entries(samples)) {
    const sorted = times.toSorted((a, b) => a - b);
    const p99 = at(sorted, 0.99);
    kept &&= p99 <= bar.p99;
    const shown = [at(sorted, 0.5), p99, at(sorted, 1)].map((ms) => `${ms.toFixed(1)} ms`);
    rows.push([`${name}, ${when}`, String(times.length), ...shown]);
  }
}
console.log(columns(rows));
console.log(`largest message: ${largest.blocks} of ${bar.blocks} blocks, ${largest.text} characters as JSON`);
kept &&= largest.blocks <= bar.blocks;
console.log(kept ? `HELD: p99 within ${bar.p99} ms` : 'MISSED');
await folder.remove();
process.exitCode = kept ? 0 : 1;
