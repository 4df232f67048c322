import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { fieldNames } from '../../../../src/core/model/fields.ts';
import { noticeKinds } from '../../../../src/core/model/notice.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { type Choices, perChoice } from '../../../../src/core/tasks/choices.ts';
import { wholeList } from '../../../../src/core/tasks/finder.ts';
import { preflightCodes } from '../../../../src/core/tasks/preflight.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { commandNames } from '../../../../src/slack/command-words.ts';
import {
  errorMessage,
  noSuchTaskMessage,
  openFormMessage,
  pickerMessage,
  unknownCommandMessage,
} from '../../../../src/slack/views/answers.ts';
import { helpMessage } from '../../../../src/slack/views/help.ts';
import { fitMessage } from '../../../../src/slack/views/limits.ts';
import { listMessage } from '../../../../src/slack/views/list.ts';
import { requestInBlock } from '../../../../src/slack/views/list-request.ts';
import { brokenWatchMessage, noticeMessage } from '../../../../src/slack/views/notice.ts';
import { type Panel, panelMessage } from '../../../../src/slack/views/panel.ts';
import { section } from '../../../../src/slack/views/parts.ts';
import { askStartMessage, pausedMessage, startedMessage } from '../../../../src/slack/views/start.ts';
import { watchMessage } from '../../../../src/slack/views/watches.ts';
import { sampleCard, sampleNotice, sampleNow, sampleTask } from '../../../support/samples.ts';
import { actionIds, parts, wordsOf } from '../../../support/view-text.ts';

const words = (message: unknown) => wordsOf(message).join('\n');
const cards = (n: number) =>
  Array.from({ length: n }, (_, i) => sampleCard({ task: { id: `t${i}`, name: `Task ${i}` } }));
const buttons = (message: unknown) =>
  parts(message, 'button').map((button) => [button.action_id, JSON.parse(String(button.value))]);

describe('listMessage', () => {
  const render = (change: Partial<Parameters<typeof listMessage>[0]> = {}) =>
    listMessage(
      {
        pages: 3,
        total: 27,
        ...wholeList,
        cards: cards(10),
        page: 2,
        readAt: sampleNow,
        links: new Map(),
        notice: null,
        ...change,
      },
      en,
    );

  test('links a row to its card where there is one', () => {
    const [first] = cards(1);
    const link = 'https://acme.slack.com/archives/C1/p1';
    const rows = parts(render({ links: new Map([[first?.task.id ?? '', link]]) }), 'section').slice(1);
    const linked = rows.map((row) => (row.text as { text: string }).text.endsWith(` · <${link}|card>`));
    expect(linked).toEqual([true, ...Array.from({ length: 9 }, () => false)]);
  });

  test('numbers its rows as in the whole list, each with a button to show it', () => {
    const rows = parts(render(), 'section').slice(1);
    expect(rows.map((row) => /^\d+/.exec((row.text as { text: string }).text)?.[0])).toEqual([
      '11',
      '12',
      '13',
      '14',
      '15',
      '16',
      '17',
      '18',
      '19',
      '20',
    ]);
    expect(rows[0]).toMatchObject({
      text: { text: '11. 📞 *Task 0*\nDialing · 62% · 5,093 / 8,214 · Line 1' },
      accessory: { action_id: 'task_show', value: 't0', accessibility_label: 'Show Task 0' },
    });
  });

  test('pages and controls keep what was asked for', () => {
    const pagers = (message: unknown) =>
      buttons(parts(message, 'actions')).filter(([id]) => String(id).startsWith('list_page'));
    const asked = { filter: 'running', text: 'x', mine: true, sort: 'left', reversed: true } as const;
    expect(pagers(render(asked))).toEqual([
      ['list_page:prev', { page: 1, ...asked }],
      ['list_page:next', { page: 3, ...asked }],
    ]);
    expect(pagers(render({ page: 1 })).map(([id]) => id)).toEqual(['list_page:next']);
    expect(pagers(render({ page: 3 })).map(([id]) => id)).toEqual(['list_page:prev']);
    expect(pagers(render({ page: 1, pages: 1 }))).toEqual([]);
    const [controls] = parts(render(asked), 'actions');
    expect(requestInBlock(String(controls?.block_id))).toEqual({ page: 1, ...asked });
  });

  test('the menus show what is in force', () => {
    const menus = parts(render({ filter: 'paused', sort: 'name' }), 'static_select');
    expect(menus.map((menu) => [menu.action_id, (menu.initial_option as { value: string }).value])).toEqual([
      ['list_filter:by', 'paused'],
      ['list_sort:by', 'name'],
    ]);
    expect(parts(menus[0], 'plain_text').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['All', ...Object.values(en.list.filters)]),
    );
  });

  test('a very long search still fits the buttons, as readable JSON', () => {
    const long = render({ text: '春'.repeat(3000) });
    for (const [, value] of buttons(parts(long, 'actions'))) expect(value.text.length).toBeLessThanOrEqual(200);
    const [controls] = parts(long, 'actions');
    expect(String(controls?.block_id).length).toBeLessThanOrEqual(255);
    expect(requestInBlock(String(controls?.block_id)).text).toMatch(/^春{20}/);
  });

  test('an empty list says how to make a task; a search without a match says something else', () => {
    const nothing = { cards: [], page: 1, pages: 1, total: 0 };
    expect(words(render(nothing))).toContain('There are no tasks yet. Create one');
    expect(actionIds(render(nothing))).toEqual(['panel_new']);
    expect(words(render({ ...nothing, text: 'x' }))).toContain('No tasks match');
    expect(actionIds(render({ ...nothing, filter: 'done' }))).toContain('list_filter:by');
  });
});

describe('panelMessage', () => {
  const waiting = sampleCard({ state: 'waiting', evidence: { kind: 'not_moved', since: sampleNow } });
  const finished = Array.from({ length: 1234 }, () => sampleCard({ state: 'finished' }));
  const render = (change: Partial<Panel> = {}) =>
    panelMessage(
      { command: '/dial', cards: [...cards(7), waiting, ...finished], problem: null, stop: null, ...change },
      en,
    );

  test('counts the states that occur, shows some of what runs, and leads on', () => {
    expect(words(render())).toContain('📞 7 dialing · ⏳ 1 waiting · ✅ 1,234 finished');
    expect(words(render())).toContain('and 2 more');
    expect(actionIds(render()).slice(-5)).toEqual([
      'panel_new',
      'panel_import',
      'panel_list',
      'panel_lines',
      'pause_all',
    ]);
    // Of a single task its own row has the button.
    const one = [sampleCard({ task: { started: true } }), sampleCard({ task: { started: false } })];
    expect(actionIds(render({ cards: one })).slice(-4)).toEqual([
      'panel_new',
      'panel_import',
      'panel_list',
      'panel_lines',
    ]);
    expect(words(render())).toContain('`/dial help`');
  });

  test('what needs attention comes first, with its evidence', () => {
    const text = words(render());
    expect(text.indexOf('Needs attention')).toBeLessThan(text.indexOf('*Dialing*'));
    expect(text).toContain('no calls since <!date^');
  });

  test('a problem is shown at the top; no tasks at all says how to begin', () => {
    expect(render({ problem: 'No answer.' }).blocks[0]).toMatchObject({ text: { text: '⚠️ No answer.' } });
    expect(words(render({ cards: [] }))).toContain('There are no tasks yet');
  });
});

describe('noticeMessage', () => {
  test('links to what shows the task, where that is known', () => {
    const link = 'https://acme.slack.com/archives/C1/p1';
    expect(words(noticeMessage(sampleNotice(), en, { link }))).toContain(`<${link}|Live status>`);
    expect(words(noticeMessage(sampleNotice(), zhCN, { link }))).toContain(`<${link}|实时状态>`);
    expect(words(noticeMessage(sampleNotice(), en))).not.toContain('Live');
  });

  test('a task that finished and is still on can be paused there; any other is shown', () => {
    const levers = (change: Parameters<typeof sampleNotice>[0]) => actionIds(noticeMessage(sampleNotice(change), en));
    expect(levers({ leftOn: true })).toEqual(['task_pause']);
    expect(levers({})).toEqual(['task_show']);
    expect(levers({ kind: 'reopened', leftOn: true })).toEqual(['task_show']);
  });

  test('a finished run shows total, duration and rate', () => {
    const message = noticeMessage(sampleNotice(), en);
    expect(message.text).toBe('✅ *Spring renewal* has finished. 8,214 numbers dialed in 2 h 51 min (48 per minute)');
    expect(words(noticeMessage(sampleNotice(), zhCN))).toContain(
      '共拨打 8,214 个号码，用时 2 小时 51 分钟，平均每分钟 48 个',
    );
    const unknown = sampleNotice({ durationMs: null, ratePerMinute: null });
    expect(noticeMessage(unknown, en).text).toBe('✅ *Spring renewal* has finished. 8,214 numbers dialed');
  });

  test('a campaign that was under way when first seen says how much of it was', () => {
    const firstSeen = { at: sampleNow, dialed: 29 };
    expect(noticeMessage(sampleNotice({ total: 640, firstSeen }), en).text).toMatch(
      /29 of 640 numbers dialed since <!date\^.+> in 2 h 51 min \(48 per minute\)$/,
    );
    expect(noticeMessage(sampleNotice({ total: 640, firstSeen }), zhCN).text).toMatch(
      /<!date\^.+> 起拨打 29 \/ 640 个号码，用时 2 小时 51 分钟/,
    );
  });

  test('a correction says that it is one, and when the message was made', () => {
    const message = noticeMessage(sampleNotice({ kind: 'not_finished', done: 8200, correctsAt: sampleNow }), en);
    expect(message.text).toBe(
      '🔁 *Spring renewal* is not finished: some of its numbers are to be dialed again. 8,200 of 8,214 numbers dialed',
    );
    expect(words(message)).toMatch(/Corrected: this message said otherwise <!date\^/);
    expect(words(noticeMessage(sampleNotice({ kind: 'not_gone', correctsAt: sampleNow }), zhCN))).toContain('更正：');
    expect(words(noticeMessage(sampleNotice(), en))).not.toContain('Corrected');
  });

  test.each(noticeKinds)('%s names the task and leads to it, unless it is gone', (kind) => {
    const message = noticeMessage(sampleNotice({ kind, taskName: '<A> & B' }), en);
    expect(message.text).toContain('*&lt;A&gt; &amp; B*');
    expect(actionIds(message)).toEqual(kind === 'gone' ? [] : ['task_show']);
  });

  test.each([
    ['paused', '⏸️ Li Mei paused *Spring renewal*.', '暂停了', ['task_start']],
    ['started', '📞 Li Mei started *Spring renewal*.', '启动了', ['task_pause']],
    ['edited', '✏️ Li Mei edited *Spring renewal*.', '修改了', ['task_show']],
    ['imported', '📥 Li Mei imported 1,200 numbers into *Spring renewal*.', '导入了 1,200 个号码', ['task_show']],
    ['deleted', '🗑️ Li Mei deleted *Spring renewal*.', '删除了', []],
  ] as const)('what a colleague did names them without notifying them: %s', (action, said, inChinese, levers) => {
    const act = { person: 'U2', action, count: action === 'imported' ? 1_200 : null };
    const names = new Map([['U2', 'Li Mei']]);
    const message = noticeMessage(sampleNotice({ kind: 'acted', act }), en, { mentions: ['U1'], names });
    expect(message.text).toContain(`<@U1> ${said}`);
    expect(message.text).not.toContain('U2');
    expect(actionIds(message)).toEqual(levers);
    expect(words(noticeMessage(sampleNotice({ kind: 'acted', act }), zhCN))).toMatch(new RegExp(`有人.*${inChinese}`));
  });

  test('what was changed elsewhere is said field by field, old and new, in the words of the form', () => {
    const changes = [
      { field: 'line', before: 'East 1', after: 'East <2>' },
      { field: 'pause_seconds', before: 10, after: 0 },
      { field: 'agent_group', before: null, after: 'Sales' },
      { field: 'remark', before: 'x'.repeat(300), after: `call 13812345678 ${'y'.repeat(280)}` },
      { field: 'of a later release', before: 1, after: 2 },
    ];
    const said = words(noticeMessage(sampleNotice({ kind: 'changed', changes }), en));
    expect(said).toContain('Line: East 1 → *East &lt;2&gt;*');
    expect(said).toMatch(/: 10 s → \*0 s\*/);
    expect(said).toMatch(/: none → \*Sales\*/);
    expect(said).toMatch(/x… → \*call .*y…\*/);
    expect(said).not.toMatch(/13812345678|later release|x{80}|y{80}/);
    expect(words(noticeMessage(sampleNotice({ kind: 'changed', changes }), zhCN))).toContain('线路：East 1 → ');
  });

  test('of many changed fields, some are said and the others counted', () => {
    const changes = fieldNames.map((field) => ({ field, before: 'same', after: 'same' }));
    const message = noticeMessage(sampleNotice({ kind: 'changed', changes }), en);
    expect(message.text.split('\n')).toHaveLength(7);
    expect(message.text).toMatch(/and 5 other fields$/);
    expect(message.text).not.toContain('→');
  });

  test('what an outsider did is announced as done elsewhere', () => {
    expect(noticeMessage(sampleNotice({ kind: 'paused', done: 10 }), en).text).toBe(
      '⏸️ *Spring renewal* was paused outside Dialdeck. 10 of 8,214 numbers dialed',
    );
  });
});

test.each([
  ['not_in_channel', 'Invite me'],
  ['is_archived', 'archived'],
  ['channel_not_found', 'deleted, or it is private'],
  ['restricted_action', '`restricted_action`'],
])('a channel that is dead by %s is reported with a way to fix it', (slackError, said) => {
  const message = brokenWatchMessage({ watched: 'Spring', channel: 'C1', slackError }, en);
  expect(message.text).toContain('*Spring* can no longer be watched in <#C1>');
  expect(message.text).toContain(said);
});

describe('helpMessage', () => {
  test('lists every command with the configured root, in the words of the language', () => {
    for (const name of commandNames) {
      expect(words(helpMessage({ command: '/call', topic: null, names: {} }, en))).toContain(`\`/call ${name}`);
      expect(words(helpMessage({ command: '/call', topic: null, names: {} }, zhCN))).toContain(
        `\`/call ${zhCN.commands[name].word}`,
      );
    }
  });

  test('a topic, also by its Chinese word, shows examples that can be pasted', () => {
    for (const topic of ['import', '导入', 'IMPORT']) {
      expect(words(helpMessage({ command: '/dial', topic, names: {} }, en))).toContain(
        '`/dial import`\n`/dial import 3`',
      );
    }
    expect(words(helpMessage({ command: '/dial', topic: '暂停', names: {} }, zhCN))).toContain(
      '也可以用：`pause` · `停止` · `stop`',
    );
  });

  test.each([
    [en, 'watch', ['`/dial watch line Line 1`', '`/dial watch name Spring`', '`/dial watch 3 to #calls`']],
    [zhCN, 'watch', ['`/dial 订阅 线路 Line 1`', '`/dial 订阅 名称 Spring`', '`/dial 订阅 3 到 #calls`']],
    [en, 'quiet', ['`/dial quiet Lunch $1 12:00–13:30`']],
  ])('names what there is here, and leaves out what is not known', (t, topic, named) => {
    const names = { task: 'Spring', line: 'Line 1', group: 'Lunch $1', channel: 'calls' };
    const text = (known: typeof names | Record<string, never>) =>
      words(helpMessage({ command: '/dial', topic, names: known }, t));
    for (const example of named) {
      expect(text(names)).toContain(example);
      expect(text({})).not.toContain(example);
      expect(text({ ...names, task: 'a `b`', line: '138 0013 8000', group: '<!channel>', channel: '' })).not.toContain(
        example,
      );
    }
    expect(text({})).not.toMatch(/[{}]/);
  });

  test('an unknown topic says so and shows all', () => {
    const text = words(helpMessage({ command: '/dial', topic: '<x>', names: {} }, en));
    expect(text).toContain('There is no “&lt;x&gt;” command');
    expect(text).toContain('/dial new');
  });
});

describe('askStartMessage', () => {
  const ask = (
    level: 'green' | 'amber' | 'red',
    codes: (typeof preflightCodes)[number][],
    t: typeof en | typeof zhCN = en,
    more: { choices?: Choices; room?: number; task?: Partial<Task> } = {},
  ) =>
    askStartMessage(
      {
        card: sampleCard({
          task: { started: false, line: { ...sampleTask().line, expiresAt: sampleNow - 1 }, ...more.task },
        }),
        preflight: {
          level,
          items: codes.map((code) => ({ level: level === 'red' ? 'red' : 'amber', code })),
          room: more.room ?? null,
        },
        choices: more.choices ?? null,
      },
      t,
    );

  test('amber shows what is about to happen and asks', () => {
    const message = ask('amber', ['script_debug', 'line_expired']);
    expect(parts(message, 'button')).toMatchObject([
      {
        action_id: 'task_start_anyway',
        text: { text: 'Start anyway' },
        value: `${sampleTask().id}:3121:0:script_debug,line_expired`,
      },
      {
        action_id: 'form_open',
        value: JSON.stringify({ form: 'edit', task: sampleTask().id, focus: 'script' }),
      },
    ]);
    expect(words(message)).toContain('*Numbers left*\n3,121');
    expect(words(message)).toContain('⚠️ The script “Renewal v3” is in debug mode');
    expect(words(message)).toMatch(/“Line 1” expired on <!date\^\d+\^\{date_num\}\|2026-01-05>/);
  });

  test.each([
    [en, 'Calls will go out to 3,121 numbers.', 'Start, call 3,121 numbers'],
    [zhCN, '启动后将呼叫 3,121 个号码。', '启动，呼叫 3,121 个号码'],
  ])('a start of many numbers says how many, and agrees to as many', (t, said, label) => {
    const message = ask('amber', ['many_numbers'], t);
    expect(words(message)).toContain(`⚠️ ${said}`);
    const value = `${sampleTask().id}:3121:0:many_numbers`;
    expect(parts(message, 'button')).toMatchObject([{ text: { text: label }, value }]);
    const [warned] = parts(ask('amber', ['many_numbers', 'script_debug'], t), 'button');
    expect(warned).toMatchObject({ text: { text: t.buttons.startAnyway } });
  });

  test.each([
    [['already_started'], ['task_show']],
    [['no_numbers'], ['task_import']],
    [['script_deleted', 'rule_off'], ['form_open']],
    [
      ['line_gone', 'no_numbers', 'group_unusable'],
      ['task_import', 'form_open'],
    ],
  ] as const)('red refuses %j, and offers %j', (codes, offered) => {
    expect(actionIds(ask('red', [...codes]))).toEqual(offered);
  });

  test('red says what is wrong', () => {
    const message = ask('red', ['no_numbers']);
    expect(message.text).toBe(
      '⛔ *Spring renewal* cannot be started.\n⛔ This task has no numbers to call. Import numbers first.',
    );
  });

  const thing = (id: string) => ({ id, name: `Another ${id}` });
  const choices: Choices = {
    line: [{ ...thing('line-2'), free: 8, total: 10, callerNumber: null, max: 8 }],
    script: [{ ...thing('script-2'), debug: false, deleted: false }],
    quiet_hours: [],
    redial_rule: [{ ...thing('rule-2'), remark: null }],
    agent_group: [{ ...thing('group-2'), lineId: 'line-2', enabled: true }],
    hidden: [],
    reasons: perChoice(() => new Map()),
    readAt: sampleNow,
  };

  /** What repairs each finding where it stands; of the one without, why it needs none. */
  const repaired: Record<(typeof preflightCodes)[number], string[] | { none: string }> = {
    already_started: ['task_show'],
    no_numbers: ['task_import'],
    nothing_left: ['task_import'],
    script_deleted: ['start_repair:script'],
    script_debug: ['start_repair:script'],
    line_gone: ['start_repair:line'],
    line_expired: ['start_repair:line'],
    line_full: ['start_repair:line', 'start_repair:concurrency'],
    rule_off: ['start_repair:redial_rule'],
    group_unusable: ['start_repair:agent_group'],
    many_numbers: { none: 'how many are called is agreed to by the button that starts it' },
  };

  test.each(preflightCodes)('%s has its repair in place, or a reason why it needs none', (code) => {
    for (const t of [en, zhCN as typeof en]) {
      const message = ask('amber', [code], t, { choices, room: 1, task: { concurrency: 4 } });
      const [start, offered] = [actionIds(message).includes('task_start_anyway'), repaired[code]];
      expect(start).toBe(true);
      expect(actionIds(message).filter((id) => id !== 'task_start_anyway')).toEqual('none' in offered ? [] : offered);
      const menus = parts(message, 'static_select').map(({ placeholder }) => (placeholder as { text: string }).text);
      for (const placeholder of menus) expect(Object.values(t.repair.choose)).toContain(placeholder);
    }
  });

  test('a menu offers what the task does not have, and says of which task as it was', () => {
    const own = { ...sampleTask().line, free: 9, max: 9, callerNumber: null };
    const [first] = choices.line;
    if (first === undefined) throw new Error('no line');
    const message = ask('red', ['line_gone'], en, {
      choices: { ...choices, line: [{ ...own, name: 'Own', total: 10 }, first] },
      task: { alteredAt: 1_700_000_000_000 },
    });
    const [menu] = parts(message, 'static_select');
    expect(menu?.options).toMatchObject([{ value: 'line-2' }]);
    expect(parts(message, 'section').map(({ block_id }) => block_id)).toContain(
      `start_repair:line:${sampleTask().id}:1700000000000`,
    );
  });

  test('what cannot be had instead is said, and a group can always be left out', () => {
    const none = { ...choices, line: [], agent_group: [] };
    expect(words(ask('red', ['line_gone'], en, { choices: none }))).toContain(
      'No other line has free concurrency now.',
    );
    const [menu] = parts(ask('amber', ['group_unusable'], zhCN, { choices: none }), 'static_select');
    expect(menu?.options).toMatchObject([{ value: 'none', text: { text: zhCN.form.noChoice.agent_group } }]);
  });

  test.each([
    [{ total: 5, done: 5 }, 'task_import', 'all 5 of its numbers have been dialed'],
    [{ total: 0, done: 0 }, 'task_import', 'it has no numbers'],
    [{ total: 5, done: 4 }, 'task_show', 'already running'],
  ])('a task that is on with %j gets one answer', (progress, offered, said) => {
    const task = { started: true, progress: { ...progress, source: 'endpoint' as const } };
    const message = ask('red', ['already_started'], en, { choices, task });
    expect(actionIds(message)).toEqual([offered]);
    expect(words(message)).toContain(said);
  });

  test.each(preflightCodes)('%s is put into words', (code) => {
    for (const t of [en, zhCN as typeof en]) {
      const [, said] = ask('red', [code], t).text.split('\n');
      expect(said).toMatch(/^⛔ .{15,}[.。]$/);
    }
  });
});

describe('short answers', () => {
  test('an error carries the reference under which the log has it', () => {
    const message = errorMessage({ error: new AppError('store_failed', 'x'), reference: 'r-7' }, en);
    expect(words(message)).toContain('Reference `r-7`');
  });

  test('several tasks make a choice of buttons, ten at most', () => {
    const message = pickerMessage({ operation: 'start', cards: cards(14) }, en);
    expect(buttons(message)).toEqual(Array.from({ length: 10 }, (_, i) => [`pick:${i}`, { op: 'start', id: `t${i}` }]));
    expect(words(message)).toContain('and 4 more');
  });

  test('no such task: what was typed, what is near, how to name one', () => {
    const message = noSuchTaskMessage({ ref: '<sprng>', suggestions: cards(1), operation: 'pause' }, en);
    expect(words(message)).toContain('No task matches “&lt;sprng&gt;”. Did you mean one of these?');
    const [chosen, list] = parts(message, 'button');
    expect(JSON.parse(String(chosen?.value))).toEqual({ op: 'pause', id: 't0' });
    expect(list).toMatchObject({ action_id: 'panel_list' });
    expect(words(noSuchTaskMessage({ ref: 'x', suggestions: [], operation: 'show' }, en))).not.toContain(
      'Did you mean',
    );
  });

  test('an unknown command suggests in the words of the language', () => {
    expect(unknownCommandMessage({ command: '/dial', word: 'strat', suggestion: 'start', meant: null }, en).text).toBe(
      'There is no “strat” command. Did you mean `/dial start`? See `/dial help` for all commands.',
    );
    expect(unknownCommandMessage({ command: '/dial', word: '启', suggestion: 'start', meant: null }, zhCN).text).toBe(
      '没有“启”这个命令。你要用的是不是 `/dial 启动`？输入 `/dial 帮助` 查看全部命令。',
    );
  });

  test('a form that did not open in time has a button', () => {
    expect(parts(openFormMessage('v', en), 'button')).toMatchObject([{ action_id: 'form_open', value: 'v' }]);
  });

  test('started and paused', () => {
    expect(startedMessage(sampleCard(), en).text).toBe(
      '📞 *Spring renewal* has started. 3,121 numbers left to dial. Quiet hours: “Lunch break”.',
    );
    expect(pausedMessage(sampleCard(), zhCN).text).toBe('⏸️ *Spring renewal* 已暂停，进行中的通话会正常结束。');
  });

  test('watching', () => {
    expect(watchMessage({ kind: 'added', taskName: 'A*', channel: 'C1' }, en).text).toMatch(
      /^\*A.*\* is now watched in <#C1>/,
    );
    expect(watchMessage({ kind: 'notWatched', channel: 'C1' }, en).text).toContain('*all tasks* is not watched');
  });
});

test('a message that is too long in all is shortened where it is longest, and keeps every block', () => {
  const blocks = [...Array.from({ length: 20 }, (_, i) => section(`${i} ${'x'.repeat(2900)}`)), section('short')];
  const fitted = fitMessage({ text: 'y'.repeat(9000), blocks });
  expect(fitted.blocks).toHaveLength(21);
  expect(fitted.blocks.at(-1)).toMatchObject({ text: { text: 'short' } });
  expect(words(fitted.blocks).length).toBeLessThanOrEqual(9_600);
  expect(fitted.text.length).toBeLessThanOrEqual(3900);
});
