import type { ModalView } from '@slack/types';
import { AppError, errorCodes } from '../../src/core/errors.ts';
import type { CardData, Evidence } from '../../src/core/model/card.ts';
import { noticeKinds } from '../../src/core/model/notice.ts';
import { rejectReasons } from '../../src/core/model/numbers.ts';
import { type ActorAction, taskStates } from '../../src/core/model/reading.ts';
import { fieldNames, type Task } from '../../src/core/model/task.ts';
import { fieldIssueCodes } from '../../src/core/tasks/checked.ts';
import type { HiddenReason } from '../../src/core/tasks/choices.ts';
import { cardFilters } from '../../src/core/tasks/filter.ts';
import { preflightCodes } from '../../src/core/tasks/preflight.ts';
import type { Catalogue } from '../../src/i18n/en.ts';
import { errorSentence } from '../../src/i18n/sentences.ts';
import { commandNames } from '../../src/slack/commands/words.ts';
import * as answers from '../../src/slack/views/answers.ts';
import { cardMessage } from '../../src/slack/views/card.ts';
import { deleteView } from '../../src/slack/views/delete.ts';
import { differenceView } from '../../src/slack/views/difference.ts';
import { taskFormView } from '../../src/slack/views/forms.ts';
import { helpMessage } from '../../src/slack/views/help.ts';
import * as imports from '../../src/slack/views/imports.ts';
import type { MessageBody } from '../../src/slack/views/limits.ts';
import { listMessage } from '../../src/slack/views/list.ts';
import { brokenWatchMessage, noticeMessage } from '../../src/slack/views/notice.ts';
import { panelMessage } from '../../src/slack/views/panel.ts';
import * as results from '../../src/slack/views/results.ts';
import { askStartView, startedView } from '../../src/slack/views/start.ts';
import { loadingView, problemView } from '../../src/slack/views/waiting.ts';
import { sampleCard, sampleChoices, sampleDraft, sampleNow, sampleNumbers, sampleRaw, sampleTask } from './samples.ts';

export type Rendered = { what: string; view: ModalView } | { what: string; message: MessageBody };

export interface Wording {
  /** Every name of the platform and of people: tasks, lines, scripts, columns, the platform's sentences. */
  name: string;
  /** Entries of each menu, and tasks of the account. */
  options: number;
}

/**
 * Every view and message the app can produce, in every state: for tests that hold all of them against a rule.
 * `name` stands for everything that comes from outside.
 */
export function everyView(t: Catalogue, wording: Wording): Rendered[] {
  const world = worldOf(wording);
  return [...modals(t, wording, world), ...messages(t, wording, world)];
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
  { kind: 'not_moved', since: sampleNow },
  { kind: 'switched_off' },
  { kind: 'all_dialed' },
  { kind: 'absent', at: sampleNow },
  { kind: 'no_progress_source' },
];
const actorActions: ActorAction[] = ['created', 'edited', 'started', 'paused', 'imported', 'deleted'];

function worldOf({ name, options }: Wording) {
  const thing = (id: string) => ({ id, name });
  const task: Task = sampleTask({
    name,
    remark: name,
    script: { ...thing('297'), debug: true, deleted: false },
    line: { ...thing('line-1'), total: 10, used: 6, expiresAt: sampleNow + 86_400_000 },
    quietHours: thing('quiet-1'),
    redialRule: thing('103'),
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

type World = ReturnType<typeof worldOf>;

function modals(t: Catalogue, { name }: Wording, { task, card, choices, tasks }: World): Rendered[] {
  const privateMetadata = '{}';
  const values = sampleRaw({ name, remark: name });
  const issues = fieldNames.flatMap((field) => fieldIssueCodes.map((code) => ({ field, code, min: 1, max: 4 })));
  const numbers = sampleNumbers({
    phoneColumn: name,
    nameColumn: name,
    ready: [
      { phone: '13800138000', name },
      { phone: '+14155552671', name: null },
    ],
    rejected: rejectReasons.map((reason, i) => ({ line: i + 2, cell: i % 2 ? '13800138000 x' : '', reason })),
  });
  const refused = [
    { count: 2, message: name },
    { count: 1, message: null },
  ];
  const result = { t, task, ready: 100, refused, unknown: 5 };
  const error = errorSentence(t, new AppError('platform_rejected', 'x', { details: { platformMessage: name } }));
  const view = (what: string, rendered: ModalView): Rendered => ({ what, view: rendered });
  return [
    ...(['create', 'edit'] as const).flatMap((mode) => [
      view(`form ${mode}`, taskFormView({ t, mode, values, choices, issues: [], alert: null, privateMetadata })),
      view(`form ${mode} refused`, taskFormView({ t, mode, values, choices, issues, alert: error, privateMetadata })),
    ]),
    ...(
      [
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
      ] as const
    ).map((kind) => view(`loading ${kind}`, loadingView({ t, kind, privateMetadata }))),
    view(
      'problem',
      problemView({
        t,
        title: t.titles.problem,
        text: error,
        retry: { actionId: 'form_retry', label: t.buttons.retry, value: '{}' },
        privateMetadata,
      }),
    ),
    ...[true, false].flatMap((already) => [
      view(`created ${already}`, results.createdView({ t, card: card(), channel: 'C0SALES', already })),
      view(`saved ${already}`, results.savedView({ t, card: card({ task: { started: already } }) })),
      view(`delete ${already}`, deleteView({ t, task, running: already, privateMetadata })),
      view(
        `difference ${already}`,
        differenceView({
          t,
          before: task,
          draft: sampleDraft({ name: `${name} 2`, agentGroup: null, remark: null, line: 'line-2' }),
          choices,
          changed: [...fieldNames],
          movedMeanwhile: already,
          running: already,
          privateMetadata,
        }),
      ),
    ]),
    view('deleted', results.deletedView({ t, name })),
    ...(['start', 'pause'] as const).map((kind) =>
      view(`not done ${kind}`, results.notDoneView({ t, kind, card: card() })),
    ),
    ...(['create', 'save', 'delete', 'start', 'pause', 'import'] as const).map((kind) =>
      view(`unknown ${kind}`, results.unknownView({ t, kind, text: error, checkValue: '{}' })),
    ),
    ...[task, { ...task, started: true }, null].map((into) =>
      view(
        `import ${into?.started}`,
        imports.importView({ t, task: into, tasks, text: '138 0013 8000', alert: error, privateMetadata }),
      ),
    ),
    ...[true, false].flatMap((started) => [
      view(
        `preview ${started}`,
        imports.importPreviewView({ t, task: { ...task, started }, list: numbers, batchSize: 1, privateMetadata }),
      ),
      view(
        `preview of nothing ${started}`,
        imports.importPreviewView({
          t,
          task,
          list: sampleNumbers({
            ready: [],
            phoneColumn: null,
            nameColumn: null,
            ...(started && { rejected: [], repeated: 0 }),
          }),
          batchSize: 100,
          privateMetadata,
        }),
      ),
      view(`result ${started}`, imports.importResultView({ ...result, accepted: 90, stopped: started })),
      view(`result uncounted ${started}`, imports.importResultView({ ...result, accepted: null, stopped: started })),
    ]),
    view('progress', imports.importProgressView({ t, taskName: name, sent: 300, total: 8214 })),
    view(
      'start asked',
      askStartView({
        t,
        card: card(),
        preflight: { level: 'amber', items: [{ level: 'amber', code: 'script_debug' }] },
      }),
    ),
    view('started', startedView({ t, card: card() })),
  ];
}

function messages(t: Catalogue, { name }: Wording, { task, card, tasks }: World): Rendered[] {
  const message = (what: string, rendered: MessageBody): Rendered => ({ what, message: rendered });
  const counts = { draft: 1, dialing: 2, waiting: 3, paused: 4, finished: 5, gone: 6 };
  const cards = tasks.slice(0, 10).map((one, i) => card({ task: one, state: taskStates[i % 6] ?? 'draft' }));
  const refusedAll = preflightCodes.map((code, i) => ({ code, level: i % 2 ? ('red' as const) : ('amber' as const) }));
  const list = { t, cards, page: 2, pages: 3, total: 27, text: '', readAt: sampleNow };
  const details = { platformMessage: name, status: 503, retryAfterMs: 61_000, chatError: 'not_in_channel' };
  return [
    ...taskStates.flatMap((state) =>
      [true, false].map((started) =>
        message(`card ${state}`, cardMessage({ t, card: card({ state, task: { started } }) })),
      ),
    ),
    ...evidences.map((evidence) =>
      message(
        `card ${evidence.kind}`,
        cardMessage({
          t,
          card: card({
            evidence,
            staleSince: sampleNow,
            task: { progress: { total: 9, done: 1, source: 'progress_bar' } },
          }),
        }),
      ),
    ),
    ...actorActions.map((action) =>
      message(
        `card ${action}`,
        cardMessage({
          t,
          card: card({
            actor: { person: 'U0ALICE', action, at: sampleNow },
            task: { progress: null, script: { id: '297', name, debug: false, deleted: true } },
          }),
          own: true,
        }),
      ),
    ),
    message(
      'card without numbers',
      cardMessage({ t, card: card({ task: { progress: { total: 0, done: 0, source: 'endpoint' } } }) }),
    ),
    message(
      'card of an expired line',
      cardMessage({ t, card: card({ task: { line: { ...task.line, expiresAt: 1 } } }) }),
    ),
    ...noticeKinds.flatMap((kind) =>
      [null, 8214].map((total) =>
        message(
          `notice ${kind}`,
          noticeMessage({
            t,
            notice: {
              kind,
              taskId: task.id,
              taskName: name,
              at: sampleNow,
              total,
              done: 12,
              durationMs: total,
              ratePerMinute: total,
            },
          }),
        ),
      ),
    ),
    ...['not_in_channel', 'is_archived', 'channel_not_found', 'restricted_action'].map((slackError) =>
      message(`broken ${slackError}`, brokenWatchMessage({ t, taskName: name, channel: 'C0SALES', slackError })),
    ),
    ...[null, ...cardFilters].map((filter) =>
      message(`list ${filter}`, listMessage({ ...list, filter, text: filter ? name : '' })),
    ),
    message('list of nothing', listMessage({ ...list, cards: [], page: 1, pages: 1, total: 0, filter: null })),
    message(
      'list without a match',
      listMessage({ ...list, cards: [], page: 1, pages: 1, total: 0, filter: 'done', text: name }),
    ),
    message(
      'panel',
      panelMessage({
        t,
        command: '/dial',
        counts,
        running: cards,
        attention: cards,
        problem: errorSentence(t, new AppError('platform_timeout', '')),
      }),
    ),
    message(
      'panel of nothing',
      panelMessage({
        t,
        command: '/dial',
        counts: { draft: 0, dialing: 0, waiting: 0, paused: 0, finished: 0, gone: 0 },
        running: [],
        attention: [],
        problem: null,
      }),
    ),
    ...[null, name, ...commandNames].map((topic) =>
      message(`help ${topic}`, helpMessage({ t, command: '/dial', topic })),
    ),
    ...errorCodes.flatMap((code) =>
      [{}, { ...details, maybeSent: true }].map((detail) =>
        message(
          `error ${code}`,
          answers.errorMessage({ t, error: new AppError(code, 'log', { details: detail }), reference: '7f3a' }),
        ),
      ),
    ),
    message('text', answers.textMessage({ t, text: t.work.working })),
    message('picker', answers.pickerMessage({ t, operation: 'start', tasks })),
    message(
      'no such task',
      answers.noSuchTaskMessage({ t, ref: name, suggestions: tasks.slice(0, 3), operation: 'show' }),
    ),
    message('no such task at all', answers.noSuchTaskMessage({ t, ref: name, suggestions: [], operation: 'show' })),
    ...([null, 'start'] as const).map((suggestion) =>
      message(`unknown ${suggestion}`, answers.unknownCommandMessage({ t, command: '/dial', word: name, suggestion })),
    ),
    message('open form', answers.openFormMessage({ t, value: '{}' })),
    message('lost form', answers.lostFormMessage({ t, text: t.unknown.notCreated, value: '{}' })),
    ...(['green', 'amber', 'red'] as const).map((level) =>
      message(
        `start ${level}`,
        answers.askStartMessage({ t, card: card(), preflight: { level, items: level === 'green' ? [] : refusedAll } }),
      ),
    ),
    message(
      'start without figures',
      answers.askStartMessage({
        t,
        card: card({ task: { progress: null } }),
        preflight: { level: 'green', items: [] },
      }),
    ),
    message('started', answers.startedMessage({ t, card: card() })),
    message('paused', answers.pausedMessage({ t, card: card() })),
    ...(['added', 'already', 'removed', 'not_watched', 'list'] as const).flatMap((kind) => [
      message(`watch ${kind}`, answers.watchMessage({ t, kind, taskName: name, channel: 'C0SALES', watches: [] })),
      message(
        `watch ${kind} of all`,
        answers.watchMessage({
          t,
          kind,
          channel: 'C0SALES',
          watches: tasks.map(({ name: taskName }, i) => ({
            taskName,
            channel: 'C0SALES',
            brokenBy: i % 2 ? 'is_archived' : null,
          })),
        }),
      ),
    ]),
  ];
}
