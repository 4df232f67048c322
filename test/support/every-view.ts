import type { HomeView, ModalView } from '@slack/types';
import { AppError, type ErrorCode, errorCodes, fileKinds, fileTroubles } from '../../src/core/errors.ts';
import type { ImportResult } from '../../src/core/imports/ledger.ts';
import { type Alert, alertEnds, alertKinds } from '../../src/core/model/alert.ts';
import type { CardData, Evidence } from '../../src/core/model/card.ts';
import { type BoardRow, boardGroups } from '../../src/core/model/channel-board.ts';
import { fieldNames } from '../../src/core/model/fields.ts';
import { runStartStates, withholdings } from '../../src/core/model/import-run.ts';
import { noticeKinds } from '../../src/core/model/notice.ts';
import { type ListWarning, rejectReasons } from '../../src/core/model/numbers.ts';
import { actorActions, taskStates } from '../../src/core/model/reading.ts';
import type { Task } from '../../src/core/model/task.ts';
import type { QuietGroup } from '../../src/core/quiet/quiet-hours.ts';
import type { HoursIssue } from '../../src/core/quiet/read-hours.ts';
import type { Choices, HiddenReason } from '../../src/core/tasks/choices.ts';
import { preflightCodes } from '../../src/core/tasks/preflight.ts';
import type { StartResult } from '../../src/core/tasks/requests.ts';
import type { Catalogue } from '../../src/i18n/en.ts';
import { errorSentence } from '../../src/i18n/sentences.ts';
import { commandNames } from '../../src/slack/command-words.ts';
import { alertMessage } from '../../src/slack/views/alert.ts';
import * as answers from '../../src/slack/views/answers.ts';
import { cardMessage, ownCardMessage } from '../../src/slack/views/card.ts';
import { channelBoardMessage, closedBoardMessage } from '../../src/slack/views/channel-board.ts';
import { closedCardMessage } from '../../src/slack/views/closed-card.ts';
import { deleteView } from '../../src/slack/views/delete.ts';
import { differenceView } from '../../src/slack/views/difference.ts';
import { doNotCallView } from '../../src/slack/views/do-not-call.ts';
import { taskFormView } from '../../src/slack/views/forms.ts';
import { helpMessage } from '../../src/slack/views/help.ts';
import { importProgressView } from '../../src/slack/views/import-progress.ts';
import { importResultMessage, importResultView } from '../../src/slack/views/import-result.ts';
import { importRunsMessage } from '../../src/slack/views/import-runs.ts';
import * as imports from '../../src/slack/views/imports.ts';
import type { MessageBody } from '../../src/slack/views/limits.ts';
import { messageView } from '../../src/slack/views/message-view.ts';
import { brokenWatchMessage, noticeMessage } from '../../src/slack/views/notice.ts';
import { panelMessage } from '../../src/slack/views/panel.ts';
import { pausedManyMessage } from '../../src/slack/views/paused-many.ts';
import * as quiet from '../../src/slack/views/quiet-hours.ts';
import { repairView } from '../../src/slack/views/repair.ts';
import * as results from '../../src/slack/views/results.ts';
import { settledMessage } from '../../src/slack/views/settled.ts';
import * as start from '../../src/slack/views/start.ts';
import { loadingView, problemView, type WaitingKind } from '../../src/slack/views/waiting.ts';
import { watchHereView } from '../../src/slack/views/watch-here.ts';
import { watchMessage } from '../../src/slack/views/watches.ts';
import { homeViews } from './every-home-view.ts';
import { launchViews } from './every-launch-view.ts';
import { lineViews, sizedLineViews } from './every-line-view.ts';
import { listViews } from './every-list-view.ts';
import { digestViews, reportViews } from './every-report-view.ts';
import { scheduleViews } from './every-schedule-view.ts';
import { startViews, startWithChoices } from './every-start-view.ts';
import { stopViews } from './every-stop-view.ts';
import { followedTasks, scopesOf, subscriptionViews } from './every-subscription-view.ts';
import {
  sampleAlert,
  sampleBoard,
  sampleCard,
  sampleChanged,
  sampleChoices,
  sampleImportRun,
  sampleNotice,
  sampleNow,
  sampleNumbers,
  sampleOrderedRun,
  sampleRaw,
  sampleResult,
  sampleTask,
} from './samples.ts';

/** `by`: the function of src/slack/views that drew it. */
export type Rendered = { what: string; by: unknown } & ({ view: ModalView | HomeView } | { message: MessageBody });

export interface Wording {
  /** Every name of the platform and of people: tasks, lines, scripts, columns, the platform's sentences. */
  name: string;
  /** Entries of each menu, and tasks of the account. */
  options: number;
}

/** Names that have broken views: each is a case for tests of what Slack takes. The long ones exceed the 3,000 of a text. */
export const hardNames = {
  plain: 'Line A',
  'one character': '线',
  empty: '',
  blank: ' \n ',
  'very long': '尊享线路'.repeat(800),
  'very long words': 'supercalifragilistic '.repeat(160),
  'all markup': '<!channel> *bold* _it_ ~gone~ `code` & <@U1> '.repeat(100),
  'family emoji': '👩‍👩‍👧‍👦'.repeat(300),
};

/** Around the hundred options that one menu holds, and an account far beyond it. */
export const menuSizes: Wording[] = [0, 1, 99, 100, 101, 10_000].map((options) => ({
  name: options > 1000 ? 'Line' : '尊享线路'.repeat(100),
  options,
}));

/**
 * Every view and message the app can produce, in every state: for tests that hold all of them against a rule.
 * `name` represents everything that comes from outside.
 */
export function everyView(t: Catalogue, name: string): Rendered[] {
  const world = worldOf({ name, options: 3 });
  return [
    ...modals(t, name, world),
    ...messages(t, name, world),
    ...lineViews(drawing(t), name),
    ...reportViews(drawing(t), name),
    ...digestViews(drawing(t), name),
    ...homeViews(drawing(t), name),
    ...sized(t, name, world),
  ];
}

/** Those of them whose size follows the account: the forms with their menus, and lists of tasks. */
export function everySizedView(t: Catalogue, wording: Wording): Rendered[] {
  return sized(t, wording.name, worldOf(wording));
}

export function drawing(t: Catalogue) {
  return <D>(
    what: string,
    by: (data: D, t: Catalogue) => ModalView | HomeView | MessageBody,
    data: NoInfer<D>,
  ): Rendered => {
    const drawn = by(data, t);
    return 'type' in drawn ? { what, by, view: drawn } : { what, by, message: drawn };
  };
}

const hiddenReasons = {
  line_no_free_concurrency: 'line',
  script_deleted: 'script',
  rule_off: 'redial_rule',
  group_disabled: 'agent_group',
  group_without_line: 'agent_group',
} as const satisfies Record<HiddenReason, string>;

const evidences: Evidence[] = [
  { kind: 'never_started' },
  { kind: 'no_numbers' },
  { kind: 'moved', at: sampleNow },
  { kind: 'just_started', at: sampleNow },
  { kind: 'on_since', at: sampleNow },
  { kind: 'not_moved', since: sampleNow },
  { kind: 'stalled', since: sampleNow },
  { kind: 'quiet_hours', until: sampleNow },
  { kind: 'may_redial', rule: '103', numbers: 8214, endsAt: sampleNow },
  { kind: 'switched_off' },
  { kind: 'all_dialed', unsure: null },
  { kind: 'all_dialed', unsure: '103' },
  { kind: 'absent', at: sampleNow },
  { kind: 'no_progress_source' },
];

function worldOf({ name, options }: Wording) {
  const thing = (id: string) => ({ id, name });
  const task: Task = sampleTask({
    name,
    remark: name,
    script: { ...thing('297'), debug: true, deleted: false },
    line: { ...thing('line-1'), total: 10, used: 6, expiresAt: sampleNow + 86_400_000 },
    quietHours: thing('quiet-1'),
    redialRule: { ...thing('103'), redials: null },
    agentGroup: thing('21'),
  });
  const card = (change: Parameters<typeof sampleCard>[0] = {}): CardData =>
    sampleCard({ ...change, task: { ...task, started: true, ...change?.task } });
  const choices = sampleChoices(
    options,
    {
      hidden: Object.entries(hiddenReasons).map(([reason, field]) => ({
        reason: reason as HiddenReason,
        field,
        count: 3,
      })),
    },
    (_, i) => `${name} ${i}`,
  );
  const tasks = Array.from({ length: options }, (_, i) => ({ ...task, id: `task-${i}`, started: i % 2 === 0 }));
  return { task, card, choices, tasks };
}

const waitingKinds: WaitingKind[] = [
  'form',
  'edit',
  'import',
  'creating',
  'saving',
  'deleting',
  'reading_numbers',
  'sending_numbers',
  'checking',
  'starting',
  'pausing',
  'quiet_hours',
  'saving_hours',
  'lines',
  'moving',
];

type World = ReturnType<typeof worldOf>;

function sized(t: Catalogue, name: string, { task, card, choices, tasks }: World): Rendered[] {
  const draw = drawing(t);
  const form = formOf(name, choices);
  const { privateMetadata } = form;
  const alert = refusedSentence(t, name);
  const cards = tasks.map((task, i) => card({ task, state: taskStates[i % 6] ?? 'draft' }));
  return [
    draw('form create', taskFormView, { mode: 'create', ...form, issues: [], alert: null }),
    ...launchViews(draw, { name, task, form }),
    draw('form edit refused', taskFormView, { mode: 'edit', ...form, issues, alert }),
    ...[1, 4].flatMap((concurrency) =>
      (['line', 'concurrency'] as const).map((kind) =>
        draw(`repair ${kind} ${concurrency}`, repairView, {
          kind,
          task: { ...task, concurrency },
          choices,
          privateMetadata,
        }),
      ),
    ),
    startWithChoices(draw, card, choices),
    ...[cards, []].map((among) =>
      draw(`watch here ${among.length}`, watchHereView, {
        place: 'C0SALES',
        cards: among,
        suggested: among[0]?.task.id,
        privateMetadata: '{}',
      }),
    ),
    draw('import of any', imports.importView, {
      task: null,
      cards,
      files: [],
      text: '138 0013 8000',
      alert,
      privateMetadata,
    }),
    ...[1, 8].flatMap((count) => {
      const files = Array.from({ length: count }, (_, index) => ({ id: `F${index}`, name }));
      return [
        draw(`import of ${count} files`, imports.importView, {
          task: null,
          cards,
          suggested: tasks[0]?.id,
          files,
          text: '',
          alert,
          privateMetadata,
        }),
        draw(`offer of ${count} files`, imports.importOfferMessage, { files, value: 'x'.repeat(2000) }),
      ];
    }),
    draw('panel', panelMessage, {
      command: '/dial',
      cards,
      problem: null,
      stop: { at: sampleNow, who: t.units.someone },
    }),
    ...listViews(draw, cards, name),
    draw('board', channelBoardMessage, sampleBoard(cards.map(boardRowOf))),
    draw('picker', answers.pickerMessage, { operation: 'start', cards }),
    ...followedTasks(draw, tasks),
    ...sizedLineViews(draw, cards),
    draw('quiet hours', quiet.quietListMessage, { command: '/dial', zone, groups: tasks.map(groupOf) }),
    draw('which group', quiet.whichGroupMessage, { groups: tasks.map(groupOf), hours: '12:00-13:30' }),
  ];
}

const problems = [
  { code: 'required' },
  { code: 'too_long', max: 4 },
  { code: 'not_a_whole_number' },
  { code: 'out_of_range', min: 1, max: 4 },
  { code: 'over_line', max: 4 },
  { code: 'not_available' },
] as const;
const issues = fieldNames.flatMap((field) => problems.map((problem) => ({ field, ...problem })));

const formOf = (name: string, choices: Choices) => ({
  values: sampleRaw({ name, remark: name }),
  choices,
  privateMetadata: '{}',
});

const levers = ['pause', 'start', 'import', 'line', null] as const;
const boardRowOf = (card: CardData, i: number): BoardRow => ({
  card: { ...card, evidence: evidences[i % evidences.length] ?? card.evidence },
  group: boardGroups[i % boardGroups.length] ?? 'paused',
  lever: levers[i % levers.length] ?? null,
  troubles: i % boardGroups.length === 0 ? alertKinds.slice(i % alertKinds.length, (i % alertKinds.length) + 3) : [],
});

const zone = 'Asia/Shanghai';
const fullWeek = Array.from({ length: 21 }, (_, i) => ({ days: [(i % 7) + 1], from: i * 60, until: i * 60 + 30 }));

/** Of every third group nothing is known, and every third has no quiet hours. */
const groupOf = ({ id, name }: { id: string; name: string }, i: number): QuietGroup => {
  const entered = { groupId: id, windows: i % 3 === 1 ? [] : fullWeek, person: 'U0ALICE', at: sampleNow };
  return { id, name, tasks: i, hours: i % 3 === 0 ? null : entered };
};

const hoursIssues: HoursIssue[] = [
  ...(['empty', 'too_long', 'too_many', 'whole_week'] as const).map((kind) => ({ kind })),
  ...(['not_understood', 'not_a_time', 'no_length', 'over_a_day', 'days_alone'] as const).map((kind) => ({
    kind,
    text: '25:00 - 08:30',
  })),
];

const askedStart = (card: CardData): StartResult => ({
  kind: 'ask',
  card,
  preflight: { level: 'amber', items: preflightCodes.map((code) => ({ level: 'amber', code })), room: 1 },
  asOf: 0,
  estimate: null,
});

const warningsIn = (name: string): ListWarning[] => {
  const share = { cells: 812, of: 1000 };
  return [
    { kind: 'one_number', title: name, position: 2, phone: '13800138000', ...share },
    { kind: 'garbled', title: null, position: null, sample: name, ...share },
    { kind: 'garbled', title: name, position: 1, sample: 'å¼ ä¸‰', ...share },
    ...(['scientific', 'rounded', 'dates', 'errors'] as const).map(
      (loss) => ({ kind: 'lossy', loss, title: null, position: 500, ...share }) as const,
    ),
  ];
};

/** The platform's own words, in ours. */
function refusedSentence(t: Catalogue, platformMessage: string): string {
  return errorSentence(t, new AppError('platform_rejected', 'x', { details: { platformMessage } }));
}

function modals(t: Catalogue, name: string, { task, card, choices, tasks }: World): Rendered[] {
  const draw = drawing(t);
  const privateMetadata = '{}';
  const text = refusedSentence(t, name);
  const columns = Array.from({ length: 500 }, (_, index) => ({ index, title: name, numbers: index % 3 }));
  const numbers = sampleNumbers({
    columns,
    phoneColumn: name,
    nameColumn: name,
    ready: [
      { phone: '13800138000', name, line: 2 },
      { phone: '+14155552671', name: null, line: 3 },
    ],
    rejected: rejectReasons.map((reason, i) => ({ line: i + 2, cell: i % 2 ? '13800138000 x' : '', reason })),
  });
  const nothing = { ready: [], phoneColumn: null, nameColumn: null };
  const refused = [
    { count: 2, message: name },
    { count: 1, message: null },
  ];
  /** With every line that a result can have, or with none beyond the first. */
  const importSummary = (change: Partial<ImportResult>, whole: boolean) => ({
    run: sampleImportRun({
      taskName: name,
      counts: { rows: 9, ready: 9, rejected: whole ? 0 : 3, repeated: 0, skipped: 0 },
    }),
    result: sampleResult({
      ...(!whole && {
        refused,
        unknown: 5,
        unsent: 8214,
        present: 3,
        withheld: withholdings.map((why, i) => ({ why, count: i + 1 })),
        because: new AppError('platform_task_running', 'log', { details: { platformMessage: name } }),
      }),
      ...change,
    }),
    started: whole,
    check: '{}',
  });
  const importStates = ['done', 'stopped', 'halted', 'continues'] as const;
  const form = formOf(name, choices);
  return [
    draw('form create refused', taskFormView, { mode: 'create', ...form, issues, alert: text }),
    draw('form edit', taskFormView, { mode: 'edit', ...form, issues: [], alert: null }),
    ...waitingKinds.map((kind) => draw(`loading ${kind}`, loadingView, { kind, privateMetadata })),
    draw('problem', problemView, { title: t.titles.problem, text, retry: '{}', privateMetadata }),
    draw('problem for good', problemView, { title: t.titles.problem, text, retry: null, privateMetadata }),
    ...[true, false].flatMap((yes) => [
      draw(`created ${yes}`, results.createdView, { card: card(), channel: 'C0SALES', already: yes }),
      draw(`saved ${yes}`, results.savedView, card({ task: { started: yes } })),
      draw(`not done ${yes}`, results.notDoneView, card({ task: { started: yes } })),
      draw(`delete ${yes}`, deleteView, { task: { ...task, started: yes }, privateMetadata }),
      draw(`difference ${yes}`, differenceView, {
        before: { ...task, started: yes },
        draft: sampleChanged({ name: `${name} 2`, agentGroup: null }),
        choices,
        movedMeanwhile: yes,
        privateMetadata,
      }),
    ]),
    draw('deleted', results.deletedView, name),
    ...(['create', 'save', 'delete', 'start', 'pause'] as const).map((kind) =>
      draw(`unknown ${kind}`, results.unknownView, { kind, text, checkValue: '{}' }),
    ),
    ...[task, { ...task, started: true }].map((into) =>
      draw(`import ${into.started}`, imports.importView, {
        task: into,
        cards: [],
        files: [],
        text: '',
        alert: null,
        privateMetadata,
      }),
    ),
    ...[true, false].flatMap((yes) => [
      draw(`preview ${yes}`, imports.importPreviewView, {
        task: { ...task, started: yes },
        list: yes
          ? numbers
          : {
              ...numbers,
              phones: [1, 2],
              severalRows: 3,
              leftOut: numbers.rejected,
              quotedNumbers: { rows: 2, line: 7001 },
            },
        history: yes
          ? { toSend: 2, withheld: {}, here: 0, recent: 0 }
          : { toSend: 1, withheld: { do_not_call: 3, frequency_cap: 2 }, here: 8, recent: 8214 },
        recentDays: 30,
        batchSize: 1,
        further: {
          order: yes ? 'pause_import_start' : 'import_start',
          calls: 8214,
          asks: !yes,
          asOf: 12,
          judged: null,
        },
        shared: yes ? null : { fileName: name, elsewhere: 'x'.repeat(2000) },
        text: yes ? '' : '138 0013 8000',
        choices: yes ? undefined : { phones: [1, 2], name: null, several: 'first' },
        privateMetadata,
      }),
      draw(`preview of nothing ${yes}`, imports.importPreviewView, {
        task,
        list: sampleNumbers(yes ? { ...nothing, columns: [], rejected: [], repeated: 0 } : { ...nothing, columns }),
        history: { toSend: 0, withheld: {}, here: 0, recent: 0 },
        recentDays: 30,
        batchSize: 100,
        further: null,
        text: '',
        choices: undefined,
        privateMetadata,
      }),
      draw(`preview with a question ${yes}`, imports.importPreviewView, {
        task,
        list: sampleNumbers({ ...nothing, columns, phones: [], open: yes ? [0, 3] : [499] }),
        history: { toSend: 0, withheld: {}, here: 0, recent: 0 },
        recentDays: 30,
        batchSize: 100,
        further: null,
        text: yes ? 'x'.repeat(3000) : '',
        choices: undefined,
        privateMetadata,
      }),
      draw(`preview of a workbook ${yes}`, imports.importPreviewView, {
        task,
        list: {
          ...(yes ? numbers : sampleNumbers({ ...nothing, columns: [], rejected: [], repeated: 0, skipped: 0 })),
          encoding: null,
          workbook: {
            sheets: Array.from({ length: 120 }, (_, index) => ({
              index,
              name: index % 9 ? name : '',
              hidden: index > 50,
            })),
            sheet: yes ? 110 : null,
            hiddenRows: 7001,
            uncalculated: 7002,
          },
        },
        history: { toSend: 0, withheld: {}, here: 0, recent: 0 },
        recentDays: 30,
        batchSize: 100,
        further: null,
        text: '',
        choices: undefined,
        privateMetadata,
      }),
      draw(`preview in a doubtful encoding ${yes}`, imports.importPreviewView, {
        task,
        list: { ...numbers, encoding: yes ? 'shift_jis' : null, encodingDoubtful: yes, warnings: warningsIn(name) },
        history: { toSend: 0, withheld: {}, here: 0, recent: 0 },
        recentDays: 30,
        batchSize: 100,
        further: null,
        text: '',
        choices: yes ? undefined : { several: 'all', encoding: 'shift_jis' },
        privateMetadata,
      }),
      ...importStates.map((state) =>
        draw(`result ${state} ${yes}`, importResultView, importSummary({ state, taken: yes ? 90 : null }, yes)),
      ),
      ...runStartStates.map((state) =>
        draw(`result with a start ${state} ${yes}`, importResultView, {
          ...importSummary({ state: yes ? 'done' : 'halted' }, false),
          run: sampleOrderedRun(
            { state, because: { code: 'platform_rejected', platformMessage: name } },
            { taskName: name },
          ),
          ...(state === 'asks' && yes && { answer: askedStart(card()) }),
          ...(state === 'started' && yes && { answer: { kind: 'done', card: card() } as const }),
        }),
      ),
      draw(`result grown ${yes}`, importResultView, importSummary({ taken: null, grown: yes ? 90 : 12 }, yes)),
      draw(`progress ${yes}`, importProgressView, {
        wait: yes ? 'store' : null,
        runId: 'run-1',
        taskName: name,
        done: 300,
        total: 8214,
        perMs: yes ? 0.002 : null,
      }),
    ]),
    draw('do-not-call list', doNotCallView, { privateMetadata }),
    ...[0, 1, 2].flatMap((i) =>
      [null, name.slice(0, 1_000)].map((typed) =>
        draw(`hours ${i}`, quiet.quietHoursView, {
          group: groupOf(task, i),
          zone,
          typed,
          alert: typed === null ? null : text,
          privateMetadata,
        }),
      ),
    ),
    draw('started', start.startedView, card()),
    draw('paused', start.pausedView, card()),
    draw('which task', messageView, {
      title: t.titles.edit,
      blocks: answers.pickerMessage({ operation: 'edit', cards: tasks.map((one) => card({ task: one })) }, t).blocks,
    }),
  ];
}

function alertOf(kind: Alert['kind'], end: Alert['end'], name: string): Alert {
  const holders = kind === 'line_full' && end !== null ? [] : [{ id: 'task-2', name, concurrency: 6 }];
  const thing = { id: '297', name };
  return sampleAlert({
    kind,
    taskName: name,
    facts: {
      line: thing,
      thing,
      holders,
      outside: 2,
      perMinute: 1.5,
      ownPerMinute: 20,
      expiresAt: kind === 'line_gone' ? null : sampleNow,
      code: kind === 'platform_down' ? 'platform_timeout' : null,
    },
    ...(end !== null && { end, endedAt: sampleNow + 60_000, endedBy: kind === 'stalled' ? 'U0ALICE' : null }),
  });
}

function messages(t: Catalogue, name: string, { task, card, tasks }: World): Rendered[] {
  const draw = drawing(t);
  const details = { platformMessage: name, status: 503, retryAfterMs: 61_000, chatError: 'not_in_channel' };
  return [
    ...taskStates.flatMap((state) =>
      [true, false].map((started) => draw(`card ${state}`, cardMessage, card({ state, task: { started } }))),
    ),
    ...evidences.map((evidence) =>
      draw(
        `card ${evidence.kind}`,
        cardMessage,
        card({
          evidence,
          staleSince: sampleNow,
          task: { progress: { total: 9, done: 1, source: 'progress_bar' } },
        }),
      ),
    ),
    ...actorActions.map((action) =>
      draw(
        `card ${action}`,
        ownCardMessage,
        card({
          acts: [null, 8214, 1].map((count) => ({ person: 'U0ALICE', action, at: sampleNow, count })),
          task: { progress: null, script: { id: '297', name, debug: false, deleted: true } },
        }),
      ),
    ),
    draw('card without numbers', cardMessage, card({ task: { progress: { total: 0, done: 0, source: 'endpoint' } } })),
    ...(['start', 'pause'] as const).map((working) => ({
      what: `card while a ${working} is carried out`,
      by: cardMessage,
      message: cardMessage(card(), t, { working, names: new Map([['U0ALICE', name]]) }),
    })),
    draw('card of an expired line', cardMessage, card({ task: { line: { ...task.line, expiresAt: 1 } } })),
    ...alertKinds.flatMap((kind) =>
      [null, ...alertEnds].map((end) =>
        draw(`alert ${kind} ${end}`, alertMessage, { alerts: [alertOf(kind, end, name)], mentions: ['U0ALICE'] }),
      ),
    ),
    ...[0, 1, 2].map((step) =>
      draw(`alerts ${step}`, alertMessage, {
        alerts: alertKinds.flatMap((kind, i) =>
          [0, 1].map((twin) => alertOf(kind, (step * (i + twin)) % 2 === 0 ? null : 'over', name)),
        ),
        mentions: step === 0 ? [] : ['U0ALICE', 'U0LIMEI'],
      }),
    ),
    ...noticeKinds.flatMap((kind) =>
      [null, 8214].map((total) =>
        draw(
          `notice ${kind}`,
          noticeMessage,
          sampleNotice({ kind, taskName: name, total, done: 12, durationMs: total, ratePerMinute: total }),
        ),
      ),
    ),
    draw(
      'notice of changed fields',
      noticeMessage,
      sampleNotice({
        kind: 'changed',
        taskName: name,
        changes: fieldNames.map((field, i) => ({ field, before: i % 2 ? name : i, after: i % 3 ? name : null })),
      }),
    ),
    ...actorActions.map((action) =>
      draw(
        `notice acted ${action}`,
        noticeMessage,
        sampleNotice({ kind: 'acted', taskName: name, act: { person: 'U0LIMEI', action, count: 12 } }),
      ),
    ),
    ...['not_in_channel', 'is_archived', 'channel_not_found', 'restricted_action'].map((slackError) =>
      draw(`broken ${slackError}`, brokenWatchMessage, { watched: name, channel: 'C0SALES', slackError }),
    ),
    ...scopesOf(name).map((watched) =>
      draw(`broken subscription to ${watched.kind}`, brokenWatchMessage, {
        watched,
        channel: 'C0SALES',
        slackError: 'is_archived',
      }),
    ),
    ...[0, 1, 2].map((i) => draw(`hours saved ${i}`, quiet.hoursSavedMessage, { group: groupOf(task, i), zone })),
    ...hoursIssues.map((issue) =>
      draw(`hours ${issue.kind}`, quiet.hoursIssueMessage, { group: groupOf(task, 0), issue }),
    ),
    draw('no such group', quiet.noSuchGroupMessage, { ref: name, command: '/dial', zone, groups: tasks.map(groupOf) }),
    draw('no groups', quiet.quietListMessage, { command: '/dial', zone, groups: [] }),
    ...[...taskStates, null].flatMap((state) =>
      (['unwatched', 'board'] as const).map((why) => ({
        what: `card closed as ${why}, ${state}`,
        by: closedCardMessage,
        message: closedCardMessage(
          { taskId: 'task-1', name, state, why, by: state === 'paused' ? null : 'U1', at: sampleNow },
          t,
          new Map([['U1', name]]),
        ),
      })),
    ),
    { what: 'board that is closed', by: closedBoardMessage, message: closedBoardMessage(t) },
    draw('board of nothing', channelBoardMessage, sampleBoard([])),
    draw(
      'board of every state',
      channelBoardMessage,
      sampleBoard(
        [...taskStates, ...taskStates].map((state, i) => boardRowOf(card({ state, task: { id: `task-${i}` } }), i)),
        { staleSince: sampleNow },
      ),
    ),
    draw('panel of every state', panelMessage, {
      command: '/dial',
      cards: taskStates.flatMap((state) => Array.from({ length: 7 }, () => card({ state }))),
      problem: errorSentence(t, new AppError('platform_timeout', '')),
      stop: null,
    }),
    ...[[], [{ task: { id: 'task-1', name }, kind: 'unknown' as const, error: null }]].map((failed) =>
      draw(`paused many, ${failed.length} failed`, pausedManyMessage, {
        scope: { kind: 'name', text: name },
        paused: failed.length > 0 ? [] : Array.from({ length: 40 }, () => card()),
        failed: failed.flatMap((one) => [
          ...Array.from({ length: 25 }, () => one),
          { ...one, kind: 'refused' as const, error: new AppError('platform_timeout', '') },
          { ...one, kind: 'busy' as const },
        ]),
        isIncomplete: failed.length > 0,
        held: failed.length > 0 ? 0 : 30,
      }),
    ),
    ...stopViews(draw, name, card()),
    ...scheduleViews(draw, name, t),
    draw('panel of nothing', panelMessage, { command: '/dial', cards: [], problem: null, stop: null }),
    ...[null, name, ...commandNames].map((topic) =>
      draw(`help ${topic}`, helpMessage, {
        command: '/dial',
        topic,
        names: { task: name, line: name, group: name, channel: name },
      }),
    ),
    ...errorCodes.flatMap((code) =>
      [{}, { ...details, maybeSent: true }].map((detail) =>
        draw(`error ${code}`, answers.errorMessage, {
          error: new AppError(code, 'log', { details: detail }),
          reference: '7f3a',
        }),
      ),
    ),
    ...fileKinds.map((fileKind) =>
      draw(`a file that is ${fileKind}`, answers.errorMessage, {
        error: new AppError('file_unreadable', 'log', { details: { fileKind } }),
        reference: '7f3a',
      }),
    ),
    ...fileTroubles.map((fileTrouble) =>
      draw(`a file that is ${fileTrouble}`, answers.errorMessage, {
        error: new AppError('file_download_failed', 'log', { details: { fileTrouble } }),
        reference: '7f3a',
      }),
    ),
    ...['file_too_large', 'file_too_many_rows', 'file_too_many_columns', 'file_unpacks_too_large'].map((code) =>
      draw(`${code} with its limit`, answers.errorMessage, {
        error: new AppError(code as ErrorCode, 'log', { details: { limit: 7001 } }),
        reference: '7f3a',
      }),
    ),
    draw('text', answers.textMessage, t.work.working),
    ...[tasks.slice(0, 3).map((one) => card({ task: one })), []].map((suggestions) =>
      draw(`no such task ${suggestions.length}`, answers.noSuchTaskMessage, {
        ref: name,
        suggestions,
        operation: 'show',
      }),
    ),
    ...([null, 'start'] as const).map((suggestion) =>
      draw(`unknown ${suggestion}`, answers.unknownCommandMessage, {
        command: '/dial',
        word: name,
        suggestion,
        meant:
          suggestion === null ? null : { label: `${t.commands[suggestion].word} ${name}`, words: `${suggestion} 3` },
      }),
    ),
    draw('to the list', answers.toListMessage, t.work.tooMany),
    draw('examples', answers.examplesMessage, { text: t.work.tooMany, examples: t.commands.mute.examples }),
    ...(['busy', 'overtaken'] as const).map((kind) =>
      draw(`held ${kind}`, start.heldMessage, { kind, taskId: 't1', text: t.work[kind] }),
    ),
    draw('in passing', answers.inPassingMessage, { label: `${t.commands.start.word} ${name}`, words: 'start 3' }),
    draw('open form', answers.openFormMessage, '{}'),
    draw('form by button', answers.formByButtonMessage, '{}'),
    draw('lost form', answers.lostFormMessage, { text: t.unknown.notCreated, value: '{}' }),
    ...startViews(draw, name, card),
    draw('started', start.startedMessage, card()),
    draw('paused', start.pausedMessage, card()),
    ...(['added', 'addedToBoard', 'already', 'removed', 'notWatched'] as const).flatMap((kind) => [
      draw(`watch ${kind}`, watchMessage, { kind, taskName: name, channel: 'C0SALES' }),
      draw(`watch ${kind} of all`, watchMessage, { kind, channel: 'C0SALES' }),
    ]),
    ...subscriptionViews(draw, name, refusedSentence(t, name)),
    draw('no imports', importRunsMessage, { taskName: null, runs: [] }),
    ...(['halted', 'running', 'done'] as const).map((state) =>
      draw(`imports ${state}`, importRunsMessage, {
        taskName: name,
        runs: Array.from({ length: 10 }, (_, i) => ({
          run: sampleImportRun({ id: `run-${i}`, taskName: name, state }),
          result: sampleResult({
            present: i,
            refused: [{ count: 3, message: name }],
            withheld: [{ why: 'do_not_call', count: 2 }],
            unknown: 5,
            unsent: 8214,
            state: state === 'running' ? 'continues' : state,
          }),
        })),
      }),
    ),
    draw('import result', importResultMessage, {
      run: sampleImportRun({ taskName: name }),
      result: sampleResult(),
      started: false,
      check: '{}',
    }),
    ...(['create', 'start', 'pause', 'save', 'delete'] as const).flatMap((kind) =>
      (['done', 'not_done', 'gone', 'unsettled'] as const).flatMap((verdict) =>
        (['lost', 'interrupted', 'late'] as const).map((because, i) =>
          draw(`settled ${kind} ${verdict} ${because}`, settledMessage, {
            kind,
            verdict,
            because,
            sentAt: sampleNow,
            name,
            card:
              i === 2 ? null : card({ state: i === 0 ? 'dialing' : 'waiting', task: { started: kind === 'pause' } }),
            channel: 'C0SALES',
            form: verdict === 'not_done' && kind !== 'start' && kind !== 'pause' ? '{}' : null,
            check: verdict === 'unsettled' ? '{}' : null,
          }),
        ),
      ),
    ),
  ];
}
