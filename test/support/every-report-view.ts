import { type NewRecordEntry, type RecordEntry, recordEntry, recordKinds } from '../../src/core/model/record-entry.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { HistoryLine } from '../../src/core/reports/history.ts';
import { periods } from '../../src/core/reports/period.ts';
import type { Catalogue } from '../../src/i18n/en.ts';
import { digestSettingsMessage } from '../../src/slack/views/digest.ts';
import { historyMessage } from '../../src/slack/views/history.ts';
import { digestMessage, reportMessage } from '../../src/slack/views/report.ts';
import type { drawing, Rendered } from './every-view.ts';
import { sampleNow } from './samples.ts';

const day = '2026-11-26';
const hour = 3_600_000;

const tally = {
  run: 'run-1',
  over: true,
  rows: 8_735,
  accepted: 8_214,
  refused: 4,
  present: 380,
  unknown: 1,
  unsent: 2,
  withheld: 7,
  invalid: 96,
  repeated: 41,
};

/** @param change whatever the test is about */
function sampleEntry(change: Partial<NewRecordEntry> = {}): RecordEntry {
  return recordEntry.parse({
    kind: 'started',
    taskId: 'task-1',
    taskName: 'Spring renewal',
    at: sampleNow,
    day,
    person: 'U1',
    ...change,
  });
}

/** A report of one day with something of everything. */
function sampleReport(change: Partial<Report> = {}): Report {
  return {
    from: day,
    until: day,
    open: true,
    asOf: sampleNow,
    staleSince: null,
    task: null,
    followed: false,
    tasks: 12,
    figures: {
      dialed: 8_214,
      dialingMs: 5 * hour,
      finished: 3,
      takenBack: 1,
      stalls: 2,
      unsureStalls: 1,
      stalledMs: hour / 2,
    },
    standing: 1,
    approximate: true,
    hours: [9, 10, 11].map((hour) => ({ hour, dialed: hour * 100 })),
    days: [],
    top: [{ id: 'task-1', name: 'Spring renewal', dialed: 4_000, finished: 1 }],
    others: { tasks: 11, dialed: 4_214 },
    counts: [
      { kind: 'started', person: 'U1', count: 2 },
      { kind: 'paused', person: null, count: 1 },
    ],
    changes: [sampleEntry()],
    imports: { runs: 1, open: 0, more: false, ...tally },
    gaps: { count: 1, ms: hour },
    knownFrom: null,
    ...change,
  };
}

/** Every kind of entry, with and without a person. */
function entriesOf(name: string): RecordEntry[] {
  const changes = [
    { field: 'name', before: name, after: `${name}!` },
    { field: 'concurrency', before: 1, after: 9 },
    { field: 'remark', before: null, after: name },
    { field: 'ring_timeout', before: 60, after: 30 },
  ];
  return recordKinds.flatMap((kind) =>
    ['U1', null].map((person) =>
      sampleEntry({
        kind,
        person,
        taskName: name,
        total: 8_214,
        done: 5_093,
        ms: hour,
        unsure: kind === 'stalled',
        scheduled: person !== null && kind === 'started',
        changes: kind === 'edited' ? changes : [],
        list: kind === 'imported' ? tally : null,
      }),
    ),
  );
}

/** Reports and histories, for `everyView`. */
export function reportViews(draw: ReturnType<typeof drawing>, name: string): Rendered[] {
  const names = new Map([['U1', name]]);
  const top = Array.from({ length: 8 }, (_, i) => ({ id: `task-${i}`, name, dialed: 9_999_999 - i, finished: i % 2 }));
  const people = Array.from({ length: 12 }, (_, i) => ({ kind: 'edited' as const, person: `U${i}`, count: 12 - i }));
  const entries = entriesOf(name);
  const busy = sampleReport({
    top,
    changes: entries.slice(0, 8),
    counts: [...sampleReport().counts, ...people],
    hours: Array.from({ length: 24 }, (_, hour) => ({ hour, dialed: 9_999_999 })),
    imports: { ...sampleReport().imports, open: 2, more: true },
  });
  const days = Array.from({ length: 7 }, (_, i) => ({ day: `2026-11-2${i}`, dialed: i * 1_000 }));
  const empty = sampleReport({
    tasks: 0,
    figures: { dialed: 0, dialingMs: 0, finished: 0, takenBack: 0, stalls: 0, unsureStalls: 0, stalledMs: 0 },
    hours: [],
    top: [],
    others: { tasks: 0, dialed: 0 },
    counts: [],
    changes: [],
    imports: { ...sampleReport().imports, runs: 0 },
    gaps: { count: 0, ms: 0 },
    standing: 0,
  });
  const figures = sampleReport().figures;
  const lines: HistoryLine[] = entries.flatMap((entry, i): HistoryLine[] => [
    ...(i % 10 === 0
      ? [{ kind: 'day' as const, day: `2026-11-${26 - i / 10}`, figures: i === 0 ? figures : null }]
      : []),
    { kind: 'entry', day, entry },
  ]);
  const history = { taskId: 'task-1', name, names, keptDays: 90, asOf: sampleNow, staleSince: null, cut: false };
  return [
    ...periods.map((period) => draw(`report ${period}`, reportMessage, { report: busy, names, period })),
    draw('report of a week', reportMessage, {
      report: { ...busy, from: '2026-11-20', hours: [], days, knownFrom: '2026-11-22', followed: true },
      names,
      period: 'week',
    }),
    draw('report of a task', reportMessage, {
      report: { ...busy, task: { id: 'task-1', name }, staleSince: sampleNow },
      names,
      period: 'today',
    }),
    draw('empty report', reportMessage, { report: empty, names, period: 'today' }),
    draw('no history', historyMessage, { ...history, lines: [], page: 1, pages: 1 }),
    draw('history', historyMessage, { ...history, lines: lines.slice(0, 16), page: 1, pages: 3 }),
    draw('history, last page', historyMessage, {
      ...history,
      lines: lines.slice(16, 32),
      page: 3,
      pages: 3,
      cut: true,
    }),
  ];
}

/** Digests, and when they are posted, for `everyView`. */
export function digestViews(draw: ReturnType<typeof drawing>, name: string): Rendered[] {
  const digest = { minutes: 18 * 60 + 30, days: [1, 2, 3, 4, 5, 6, 7], owner: 'U1', since: 0, brokenBy: null };
  const report = sampleReport({
    followed: true,
    top: [{ id: 'task-1', name, dialed: 4_000, finished: 1 }],
    changes: [sampleEntry({ taskName: name })],
  });
  const posted = ({ report, late }: { report: Report; late: boolean }, t: Catalogue) =>
    digestMessage({ report, dueAt: sampleNow, late }, new Map([['U1', name]]), t);
  const shown = { place: 'C1', reader: 'U1', zone: 'Asia/Shanghai', next: sampleNow, now: sampleNow, command: '/dial' };
  const muted = sampleNow + hour;
  return [
    ...[true, false].map((late) => ({
      ...draw(`digest, late ${late}`, posted, { report, late }),
      by: digestMessage,
    })),
    draw('digest is set', digestSettingsMessage, { ...shown, settings: { digest, mutedUntil: null } }),
    draw('digest is paused', digestSettingsMessage, {
      ...shown,
      next: null,
      settings: { digest: { ...digest, minutes: 540, days: [1, 3, 4, 5], brokenBy: 'is_archived' }, mutedUntil: muted },
    }),
    draw('no digest', digestSettingsMessage, { ...shown, next: null, settings: { digest: null, mutedUntil: null } }),
  ];
}
