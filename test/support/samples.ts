import type { ImportResult } from '../../src/core/imports/ledger.ts';
import type { ListHistory } from '../../src/core/imports/plan.ts';
import type { Alert, AlertFacts } from '../../src/core/model/alert.ts';
import type { CardData } from '../../src/core/model/card.ts';
import { type BoardRow, boardGroups, type ChannelBoard, maxBoardRows } from '../../src/core/model/channel-board.ts';
import { draftOf, type Field, type RawDraft, rawOf, type TaskDraft } from '../../src/core/model/fields.ts';
import type { KeptForm } from '../../src/core/model/form-memory.ts';
import { type ImportRun, importRun, type RunStart } from '../../src/core/model/import-run.ts';
import type { Notice } from '../../src/core/model/notice.ts';
import type { NumberList } from '../../src/core/model/numbers.ts';
import type { OpenAction } from '../../src/core/model/open-action.ts';
import type { Task } from '../../src/core/model/task.ts';
import { type Choices, perChoice } from '../../src/core/tasks/choices.ts';
import { countedEntries, countedRows, type WholeList } from './core/whole-list.ts';

/** Things as the product knows them, for tests of what shows or carries them. Every builder takes what differs. */

/** Monday 5 January 2026, 10:00 in Shanghai. */
export const sampleNow = Date.UTC(2026, 0, 5, 2, 0, 0);

/** The caller number of the sample lines, which nothing may ever show whole. */
export const sampleCallerNumber = '057188885008';

export function sampleTask(change: Partial<Task> = {}): Task {
  return {
    id: '02f5bb4a-8a09-4eae-8969-6c2a3732f774',
    name: 'Spring renewal',
    remark: 'First wave',
    started: false,
    script: { id: '297', name: 'Renewal v3', debug: false, deleted: false },
    line: { id: 'line-1', name: 'Line 1', total: 10, used: 6, expiresAt: null },
    concurrency: 4,
    pauseSeconds: 0,
    ringTimeout: 60,
    quietHours: { id: 'quiet-1', name: 'Lunch break' },
    redialRule: { id: '103', name: 'Twice a day', redials: null },
    agentGroup: null,
    progress: { total: 8214, done: 5093, source: 'endpoint' },
    createdAt: sampleNow - 86_400_000,
    alteredAt: sampleNow - 3_600_000,
    ...change,
  };
}

/** A new task with this definition. */
export function sampleTaskOf(draft: TaskDraft, change: Partial<Task> = {}): Task {
  const { script, line, quietHours, redialRule, agentGroup, ...rest } = draft;
  const thing = (id: string) => ({ id, name: null });
  const base = sampleTask();
  return {
    ...base,
    ...rest,
    script: { ...base.script, ...thing(script) },
    line: { ...base.line, ...thing(line) },
    quietHours: thing(quietHours),
    redialRule: { ...base.redialRule, ...thing(redialRule) },
    agentGroup: agentGroup === null ? null : thing(agentGroup),
    ...change,
  };
}

export function sampleCard(change: Partial<Omit<CardData, 'task'>> & { task?: Partial<Task> } = {}): CardData {
  const { task, ...rest } = change;
  return {
    task: sampleTask({ started: true, ...task }),
    state: 'dialing',
    evidence: { kind: 'moved', at: sampleNow - 20_000 },
    ratePerMinute: 48,
    endsAt: sampleNow + 3_900_000,
    firstSeen: null,
    staleSince: null,
    updatedAt: sampleNow,
    acts: [{ person: 'U0ALICE', action: 'started', at: sampleNow - 6_000_000, count: null }],
    ...rest,
  };
}

/** A board of these rows; `total`: how many tasks there are in all, those without a row in the last group. */
export function sampleBoard(rows: readonly BoardRow[], change: Partial<ChannelBoard> = {}): ChannelBoard {
  const counts = Object.fromEntries(
    boardGroups.map((group) => [group, rows.filter((row) => row.group === group).length]),
  ) as ChannelBoard['counts'];
  return { rows: rows.slice(0, maxBoardRows), counts, staleSince: null, updatedAt: sampleNow, ...change };
}

/** Menus of `n` entries each, the first of which are those of `sampleTask`. `name` makes the names. */
export function sampleChoices(
  n: number,
  change: Partial<Choices> = {},
  name: (kind: string, i: number) => string = (kind, i) => `${kind} ${i}`,
): Choices {
  const many = <T>(entry: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => entry(i + 1));
  return {
    script: many((i) => ({ id: String(296 + i), name: name('Script', i), debug: i % 7 === 2, deleted: false })),
    line: many((i) => ({
      id: `line-${i}`,
      name: name('Line', i),
      free: 4,
      total: 10,
      callerNumber: sampleCallerNumber,
      max: 4,
    })),
    quiet_hours: many((i) => ({ id: `quiet-${i}`, name: name('Quiet hours', i) })),
    redial_rule: many((i) => ({ id: String(102 + i), name: name('Rule', i), remark: null })),
    agent_group: many((i) => ({ id: String(20 + i), name: name('Group', i), lineId: 'line-1', enabled: true })),
    hidden: [],
    reasons: perChoice(() => new Map()),
    readAt: sampleNow,
    ...change,
  };
}

export function sampleDraft(change: Partial<TaskDraft> = {}): TaskDraft {
  return { ...draftOf(sampleTask()), ...change };
}

/** A draft that differs from that of `sampleTask` in every field. */
export function sampleChanged(change: Partial<TaskDraft> = {}): TaskDraft {
  return {
    name: 'Autumn renewal',
    script: '298',
    line: 'line-2',
    concurrency: 2,
    pauseSeconds: 5,
    ringTimeout: 30,
    quietHours: 'quiet-2',
    redialRule: '104',
    agentGroup: '21',
    remark: null,
    ...change,
  };
}

/** The sample draft with another value, also valid, in this field. */
export function draftOtherIn({ key, kind }: Field): TaskDraft {
  const draft = sampleDraft();
  return { ...draft, [key]: kind === 'number' ? Number(draft[key]) + 1 : 'other' };
}

/** A filled form. */
export function sampleRaw(change: Partial<RawDraft> = {}): RawDraft {
  return { ...rawOf(sampleDraft()), ...change };
}

/** A list of numbers whose counts add up. */
export function sampleNumbers(change: Partial<WholeList> = {}): NumberList {
  const list: WholeList = {
    rows: 0,
    ready: [
      { phone: '13800138000', name: 'Li Lei', line: 2 },
      { phone: '13900139001', name: null, line: 3 },
      { phone: '01012345678', name: 'Han Meimei', line: 4 },
      { phone: '13700137003', name: null, line: 5 },
    ],
    rejected: [
      { line: 6, cell: '1380013800', reason: 'too_short' },
      { line: 7, cell: '138 0013 8000 / 139 0013 9000', reason: 'two_numbers' },
      { line: 9, cell: '1.38E+10', reason: 'scientific_lossy' },
    ],
    repeated: 2,
    skipped: 1,
    readyRows: 0,
    leftOut: [],
    quotedNumbers: null,
    severalRows: 0,
    columns: [
      { index: 0, title: 'customer', numbers: 0 },
      { index: 1, title: 'mobile', numbers: 9 },
    ],
    phones: [1],
    name: 0,
    open: [],
    phoneColumn: 'mobile',
    nameColumn: 'customer',
    encoding: 'utf-8',
    encodingDoubtful: false,
    workbook: null,
    warnings: [],
    ...change,
  };
  const readyRows = change.readyRows ?? list.ready.length;
  const rows = change.rows ?? readyRows + list.rejected.length + list.repeated + list.skipped;
  return {
    ...list,
    readyRows,
    rows,
    ready: countedEntries(list.ready),
    rejected: countedRows(list.rejected),
    leftOut: countedRows(list.leftOut),
  };
}

export function sampleNotice(change: Partial<Notice> = {}): Notice {
  return {
    kind: 'finished',
    taskId: sampleTask().id,
    taskName: sampleTask().name,
    at: sampleNow,
    total: 8214,
    done: 8214,
    durationMs: 10_260_000,
    ratePerMinute: 48,
    firstSeen: null,
    leftOn: false,
    correctsAt: null,
    act: null,
    schedule: null,
    changes: [],
    ...change,
  };
}

/** A pause whose request was sent and whose outcome nobody has recorded. */
export function sampleAction(change: Partial<OpenAction> = {}): OpenAction {
  return {
    id: 'action-1',
    taskId: sampleTask().id,
    kind: 'pause',
    person: 'U0ALICE',
    channel: 'C0SALES',
    taskName: 'Spring renewal',
    draft: null,
    sentAt: sampleNow,
    state: 'working',
    interrupted: false,
    polls: 0,
    showing: null,
    agreeing: 0,
    verdict: null,
    late: false,
    attempted: false,
    ...change,
  };
}

/** A task that has stood still for six minutes. */
export function sampleAlert({
  facts,
  ...change
}: Partial<Omit<Alert, 'facts'>> & { facts?: Partial<AlertFacts> } = {}): Alert {
  const { id, name, line, concurrency } = sampleTask();
  return {
    id: 'alert-1',
    taskId: id,
    taskName: name,
    kind: 'stalled',
    source: 'list',
    since: sampleNow - 360_000,
    begunAt: sampleNow,
    agreed: false,
    endedAt: null,
    end: null,
    endedBy: null,
    posts: [],
    ...change,
    facts: {
      line: { id: line.id, name: line.name ?? line.id },
      thing: null,
      concurrency,
      holders: [],
      outside: 0,
      perMinute: null,
      ownPerMinute: null,
      expiresAt: null,
      quietKnown: true,
      code: null,
      ...facts,
    },
  };
}

/** What is known of numbers that nobody has ever been sent. */
export function sampleHistory(toSend = 4, change: Partial<ListHistory> = {}): ListHistory {
  return { toSend, withheld: {}, here: 0, recent: 0, ...change };
}

export function sampleImportRun(change: Partial<ImportRun> = {}): ImportRun {
  return importRun.parse({
    id: 'run-1',
    taskId: 't1',
    taskName: 'Spring',
    person: 'U0ALICE',
    channel: 'C0SALES',
    state: 'done',
    counts: { rows: 100, ready: 100, rejected: 0, repeated: 0 },
    createdAt: sampleNow,
    ...change,
  });
}

/** A run that ends with a start, of which this is known. */
export function sampleOrderedRun(start: Partial<RunStart>, change: Partial<ImportRun> = {}): ImportRun {
  const run = sampleImportRun(change);
  const ordered: RunStart = { state: 'wanted', agreed: 100, asOf: null, accepted: [], because: null, ...start };
  return { ...run, facts: { ...run.facts, start: ordered } };
}

/** The first run of a task that is created for it: '' as its id while there is none. */
export function sampleLaunchRun(taskId: string, change: Partial<ImportRun> = {}): ImportRun {
  const run = sampleImportRun({ taskId, ...change });
  const creation = { key: 'key-1', raw: { ...rawOf(sampleDraft()), name: run.taskName }, channel: 'C0SALES' };
  return { ...run, facts: { ...run.facts, creation } };
}

/** A form that was not submitted. */
export function sampleKept(change: Partial<KeptForm> = {}): KeptForm {
  return {
    key: 'key-1',
    person: 'U0ALICE',
    channel: 'C0SALES',
    savedAt: sampleNow,
    raw: rawOf(sampleDraft()),
    file: null,
    task: null,
    ...change,
  };
}

/** Everything was imported, unless `change` says otherwise. */
export function sampleResult(change: Partial<ImportResult> = {}): ImportResult {
  return {
    ready: 100,
    accepted: 100,
    taken: 100,
    grown: null,
    present: 0,
    refused: [],
    unknown: 0,
    unsent: 0,
    withheld: [],
    state: 'done',
    because: null,
    ...change,
  };
}
