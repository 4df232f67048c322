import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { ImportResult } from '../../../../src/core/imports/ledger.ts';
import type { ImportRun } from '../../../../src/core/model/import-run.ts';
import { type ListWarning, type NumberList, rejectReasons } from '../../../../src/core/model/numbers.ts';
import { type Catalogue, en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { importProgressView } from '../../../../src/slack/views/import-progress.ts';
import { type ImportSummary, importResultView } from '../../../../src/slack/views/import-result.ts';
import {
  type ImportForm,
  type ImportPreview,
  importPreviewView,
  importView,
  maskedCell,
} from '../../../../src/slack/views/imports.ts';
import { suggestTasks } from '../../../../src/slack/views/task-menu.ts';
import {
  sampleCard,
  sampleHistory,
  sampleImportRun,
  sampleNumbers,
  sampleResult,
  sampleTask,
} from '../../../support/samples.ts';
import { actionIds, parts, wordsOf } from '../../../support/view-text.ts';

const words = (view: unknown) => wordsOf(view).join('\n');
const cardsOf = (n: number) =>
  Array.from({ length: n }, (_, i) => sampleCard({ task: { id: `t${i}`, name: `Task ${i}` } }));

describe('importView', () => {
  const render = (change: Partial<ImportForm> = {}) =>
    importView({ task: sampleTask(), cards: [], files: [], text: '', alert: null, privateMetadata: '', ...change }, en);

  test('asks for numbers or one file, and for the task only when it is not known', () => {
    expect(parts(render(), 'input').map((block) => block.block_id)).toEqual(['numbers', 'file']);
    expect(parts(render({ task: null, cards: cardsOf(3) }), 'input').map((block) => block.block_id)).toEqual([
      'task',
      'numbers',
      'file',
    ]);
    expect(parts(render(), 'file_input')).toMatchObject([
      { filetypes: ['xlsx', 'csv', 'txt', 'tsv', 'xlsm'], max_files: 1 },
    ]);
    expect(parts(render(), 'input').every((block) => block.optional === true)).toBe(true);
    expect(render()).toMatchObject({ callback_id: 'task_import', submit: { text: 'Next' } });
  });

  test('what was pasted comes back', () => {
    expect(parts(render({ text: '138' }), 'plain_text_input')[0]?.initial_value).toBe('138');
    expect(parts(render(), 'plain_text_input')[0]).not.toHaveProperty('initial_value');
  });

  test('many tasks are asked for as one types', () => {
    expect(parts(render({ task: null, cards: cardsOf(100) }), 'static_select')).toHaveLength(1);
    expect(parts(render({ task: null, cards: cardsOf(101) }), 'external_select')).toMatchObject([
      { min_query_length: 0 },
    ]);
    expect(suggestTasks({ cards: cardsOf(10_000), query: 'task 9999' }, en).map((found) => found.value)).toEqual([
      't9999',
    ]);
  });

  test('without any task there is nothing to submit', () => {
    const view = render({ task: null });
    expect(view).not.toHaveProperty('submit');
    expect(parts(view, 'input')).toEqual([]);
  });

  test('a running task warns', () => {
    expect(words(render({ task: sampleTask({ started: true }) }))).toContain('may be called right away');
    expect(words(render())).not.toContain('right away');
  });
});

describe('importPreviewView', () => {
  const render = ({ list = sampleNumbers(), ...change }: Partial<ImportPreview> = {}, t: Catalogue = en) =>
    importPreviewView(
      {
        task: sampleTask(),
        list,
        history: sampleHistory(list.ready.count),
        recentDays: 30,
        batchSize: 3,
        further: null,
        text: '',
        choices: undefined,
        privateMetadata: '',
        ...change,
      },
      t,
    );

  test('the counts add up, and the button says how many go', () => {
    expect(words(render())).toContain('10 rows read: *4 ready* · 3 invalid · 2 duplicates · 1 row of titles and notes');
    expect(render()).toMatchObject({ callback_id: 'task_import_send', submit: { text: 'Import 4 numbers' } });
    expect(render({}, zhCN)).toMatchObject({ submit: { text: '导入 4 个号码' } });
    expect(words(render({}, zhCN))).toContain('共读取 10 行：*4 个可导入* · 3 个无效 · 2 个重复 · 1 行表头及说明');
  });

  test('shows three samples, masked, with their names, and no whole number anywhere', () => {
    expect(words(render())).toContain('*First numbers*\n138****8000 Li Lei\n139****9001\n010****5678 Han Meimei');
    expect(words(render())).not.toMatch(/\d{7}/);
  });

  test('says how the list was read', () => {
    expect(words(render())).toContain(
      'Numbers from column “mobile”, names from column “customer” · Read as UTF-8 · Will be sent in 2 batches of up to 3',
    );
    expect(words(render({ batchSize: 100 }))).toContain('Will be sent in one batch');
    expect(words(render({ list: sampleNumbers({ phoneColumn: null, nameColumn: null, columns: [] }) }))).not.toContain(
      'from column',
    );
  });

  test('says why rows are invalid, the most frequent reason first, and shows a few lines', () => {
    const rejected = Array.from({ length: 12 }, (_, i) => ({
      line: i + 10,
      cell: `${i}`,
      reason: i < 2 ? ('letters' as const) : ('too_short' as const),
    }));
    const text = words(render({ list: sampleNumbers({ rejected }) }));
    expect(text).toContain(
      `${en.imports.reasons.too_short}: 10 · ${en.imports.reasons.letters}: 2\nLine 10: 0 (${en.imports.reasons.letters})`,
    );
    expect(text).toContain('and 7 more lines');
    expect(text.match(/^Line /gm)).toHaveLength(5);
  });

  test('nothing ready: nothing to submit, and it says what to do', () => {
    const view = render({ list: sampleNumbers({ ready: [], columns: [] }) });
    expect(view).not.toHaveProperty('submit');
    expect(words(view)).toContain('No valid numbers were found');
    const empty = render({ list: sampleNumbers({ ready: [], rejected: [], repeated: 0, columns: [] }) });
    expect(words(empty)).toContain('The list is empty');
  });

  test('a closed preview is reported to the app, which then deletes the numbers', () => {
    expect(render().notify_on_close).toBe(true);
  });

  test.each(rejectReasons)('%s is put into words in both languages', (reason) => {
    for (const t of [en, zhCN]) expect(t.imports.reasons[reason]).not.toBe(reason);
  });
});

describe('maskedCell', () => {
  test.each([
    ['1380013800', '138*****00'],
    ['138 0013 8000', '138 **** **00'],
    ['１３８００１３８０００', '１３８******００'],
    ['13800138000/13900139000', '138********/*********00'],
    ['12345', '12345'],
    ['', 'empty'],
  ])('%j is shown as %j', (cell, shown) => {
    expect(maskedCell(cell, en).replaceAll('\u200b', '')).toBe(shown);
  });
});

describe('the warnings of a preview', () => {
  const render = (warnings: ListWarning[], encoding: NumberList['encoding'] = null, t: Catalogue = en) =>
    importPreviewView(
      {
        task: sampleTask(),
        list: sampleNumbers({ warnings, encoding }),
        history: sampleHistory(),
        recentDays: 30,
        batchSize: 100,
        further: null,
        text: '',
        choices: undefined,
        privateMetadata: '',
      },
      t,
    );
  const share = { cells: 812, of: 1000 };

  test('say who else would be called, masked, and where', () => {
    const found: ListWarning = { kind: 'one_number', phone: '13800138000', title: '电话', position: 2, ...share };
    expect(words(render([found]))).toContain(
      '812 of the 1,000 cells looked at in column “电话” are the same number, 138****8000.',
    );
    expect(words(render([found], null, zhCN))).toContain(
      '“电话”列检查的 1,000 个单元格中有 812 个是同一个号码 138****8000',
    );
  });

  test('garbled names are shown; where another encoding may help, it can be chosen', () => {
    const found: ListWarning = { kind: 'garbled', sample: 'å¼ ä¸‰', title: null, position: 3, ...share };
    expect(words(render([found]))).toContain('The names in column 3 look garbled (“å¼ ä¸‰”)');
    expect(parts(render([found]), 'input').map((block) => block.block_id)).not.toContain('encoding');
    expect(parts(render([found], 'utf-8'), 'input').map((block) => block.block_id)).toContain('encoding');
    expect(words(render([found], 'utf-8'))).toContain('choose another encoding below');
  });

  test('a column that lost its digits says what to do', () => {
    const found: ListWarning = { kind: 'lossy', loss: 'scientific', title: null, position: null, ...share };
    expect(words(render([found]))).toContain('812 of the 1,000 cells looked at in the list are in scientific notation');
    expect(words(render([found]))).toContain('Format the column as text');
  });
});

describe('the preview of numbers that are known', () => {
  const render = (history: ImportPreview['history'], choices?: ImportPreview['choices']) =>
    importPreviewView(
      {
        task: sampleTask(),
        list: sampleNumbers(),
        history,
        recentDays: 30,
        batchSize: 100,
        further: null,
        text: '',
        choices,
        privateMetadata: '',
      },
      en,
    );

  test('says what is left out and what is left, and offers what may be chosen', () => {
    const view = render(sampleHistory(1, { withheld: { do_not_call: 2, sent_to_task: 1 }, here: 1, recent: 2 }));
    expect(words(view)).toContain('2 numbers are on the do-not-call list and will not be sent');
    expect(words(view)).toContain('1 number was sent to this task before');
    expect(words(view)).toContain('2 numbers were sent to some task in the last 30 days');
    expect(words(view)).toContain('1 number will be sent');
    expect(view.submit?.text).toBe('Import 1 number');
    const [boxes] = parts(view, 'checkboxes');
    expect(boxes?.initial_options).toMatchObject([{ value: 'here' }]);
  });

  test('what a person chose is what is ticked', () => {
    const choices = { several: 'all' as const, again: true, withoutRecent: true };
    const [boxes] = parts(render(sampleHistory(4, { here: 1 }), choices), 'checkboxes');
    expect(boxes?.initial_options).toMatchObject([{ value: 'lately' }]);
  });

  test('nothing left: it says so instead of offering to import', () => {
    const view = render(sampleHistory(0, { withheld: { do_not_call: 4 } }));
    expect(words(view)).toContain('All of these numbers are left out');
    expect(view.submit?.text).toBe('Apply');
  });
});

describe('the result', () => {
  const summary = (change: Partial<ImportResult> = {}, started = false): ImportSummary => ({
    run: sampleImportRun(),
    result: sampleResult(change),
    started,
    check: '{}',
  });
  const render = (change: Partial<ImportResult> = {}, started = false) =>
    importResultView(summary(change, started), en);

  test('says what the platform took, and what it did not add', () => {
    const view = render({ taken: 95 });
    expect(words(view)).toContain('✅ 95 numbers imported into *Spring*.');
    expect(words(view)).toContain('5 numbers were not added by the platform');
    expect(words(render())).not.toContain('not added');
    expect(actionIds(view)).toEqual(['task_start']);
    expect(parts(view, 'button')[0]?.value).toBe('t1');
  });

  test('a task that runs is not offered to be started', () => {
    expect(actionIds(render({}, true))).toEqual([]);
  });

  test('refused numbers come with the words of the platform, escaped and masked', () => {
    const refused = [
      { count: 2, message: '号码 13800138000 <已存在>' },
      { count: 3, message: null },
    ];
    const text = words(render({ refused, accepted: 95, taken: 95 }));
    expect(text).toContain('⛔ 2 numbers were refused by the platform: “号码 138****8000 &lt;已存在&gt;”');
    expect(text).toContain('⛔ 3 numbers were refused by the platform.');
    expect(text).toContain('You get a file');
  });

  test('what was there already, and what was left out, is no failure', () => {
    const text = words(render({ accepted: 90, taken: 90, present: 7, withheld: [{ count: 3, why: 'do_not_call' }] }));
    expect(text).toContain('7 numbers were in the task already.');
    expect(text).toContain('3 numbers are on the do-not-call list: not sent.');
  });

  test('an unknown outcome is asked about, and what that may do is said before', () => {
    const view = render({ unknown: 100, accepted: 0, taken: 0, state: 'halted' });
    expect(words(view)).toContain('100 numbers have an unknown outcome');
    expect(actionIds(view)).toEqual(['import_run:send_unknown:0', 'import_run:cancel:0', 'import_run:file:0']);
    expect(words(view)).toContain('they are called twice');
  });

  test('an unknown outcome comes with the totals to look for, where there is one to compare with', () => {
    const result = sampleResult({ unknown: 100, accepted: 30, taken: null, state: 'halted' });
    const view = (base: ImportRun['facts']['base']) =>
      importResultView(
        { ...summary(), result, run: sampleImportRun({ facts: { ...sampleImportRun().facts, base } }) },
        en,
      );
    expect(words(view({ total: 50, believed: false }))).toContain('is 80 without these and 180 with them');
    expect(words(view(null))).not.toContain('without these');
  });

  test('a run that waits says why, and offers to resume', () => {
    const because = new AppError('platform_task_running', '', { details: {} });
    const view = render({ accepted: 10, taken: 10, unsent: 90, state: 'halted', because });
    expect(words(view)).toContain('does not allow this while the task is running');
    expect(words(view)).toContain('90 numbers have not been sent yet');
    expect(actionIds(view)).toEqual([
      'import_run:pause_resume:0',
      'import_run:resume:0',
      'import_run:cancel:0',
      'import_run:file:0',
    ]);
  });

  test('a run that goes on by itself says so', () => {
    const view = render({ accepted: 10, taken: 10, unsent: 90, state: 'continues' });
    expect(words(view)).toContain('The import goes on by itself');
    expect(actionIds(view)).toEqual(['import_run:cancel:0']);
  });

  test.each<[number | null, string]>([
    [null, 'does not report how many it accepted'],
    [100, '100 numbers imported into *Spring*.'],
    [80, 'its total has grown by 80 so far'],
  ])('a platform that does not count, whose total grew by %p', (grown, says) => {
    expect(words(render({ taken: null, grown }))).toContain(says);
  });
});

test('progress is drawn and counted, with its rate and its end', () => {
  const progress = { runId: 'run-1', taskName: 'Spring', done: 300, total: 8214, perMs: 0.05, wait: null };
  const text = words(importProgressView(progress, en));
  expect(text).toContain('Importing into *Spring*: 300 of 8,214 numbers sent\n▓░░░░░░░░░');
  expect(text).toContain('3,000 per minute, about 3 min left');
  expect(words(importProgressView({ ...progress, perMs: null }, en))).not.toContain('per minute');
  const waiting = words(importProgressView({ ...progress, wait: 'platform' }, en));
  expect(waiting).toContain('The import waits and goes on by itself');
  expect(waiting).not.toContain('per minute');
});
