import { describe, expect, test } from '@jest/globals';
import { rejectReasons } from '../../../../src/core/model/numbers.ts';
import { type Catalogue, en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { importResultView } from '../../../../src/slack/views/import-result.ts';
import {
  type ImportForm,
  type ImportPreview,
  importPreviewView,
  importProgressView,
  importView,
  maskedCell,
  suggestTasks,
} from '../../../../src/slack/views/imports.ts';
import { sampleNumbers, sampleTask } from '../../../support/samples.ts';
import { actionIds, blockIds, parts, wordsOf } from '../../../support/view-text.ts';

const words = (view: unknown) => wordsOf(view).join('\n');
const tasksOf = (n: number) => Array.from({ length: n }, (_, i) => sampleTask({ id: `t${i}`, name: `Task ${i}` }));

describe('importView', () => {
  const render = (change: Partial<ImportForm> = {}) =>
    importView({ task: sampleTask(), tasks: [], files: [], text: '', alert: null, privateMetadata: '', ...change }, en);

  test('asks for numbers or one file, and for the task only when it is not known', () => {
    expect(parts(render(), 'input').map((block) => block.block_id)).toEqual(['numbers', 'file']);
    expect(parts(render({ task: null, tasks: tasksOf(3) }), 'input').map((block) => block.block_id)).toEqual([
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
    expect(parts(render({ task: null, tasks: tasksOf(100) }), 'static_select')).toHaveLength(1);
    expect(parts(render({ task: null, tasks: tasksOf(101) }), 'external_select')).toMatchObject([
      { min_query_length: 0 },
    ]);
    expect(suggestTasks({ tasks: tasksOf(10_000), query: 'task 9999' }, en).map((found) => found.value)).toEqual([
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
  const render = (change: Partial<ImportPreview> = {}, t: Catalogue = en) =>
    importPreviewView(
      {
        task: sampleTask(),
        list: sampleNumbers(),
        batchSize: 3,
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

describe('the result', () => {
  const result = {
    task: { id: 't1', name: 'Spring' },
    accepted: 95,
    ready: 100,
    refused: [],
    unknown: 0,
    stopped: false,
  };

  test('says what the platform took, and what did not add to the task', () => {
    const view = importResultView(result, en);
    expect(words(view)).toContain('95 numbers imported into *Spring*.');
    expect(words(view)).toContain('5 numbers from the list were not added to the task');
    expect(words(importResultView({ ...result, accepted: 100 }, en))).not.toContain('not added to the task');
    expect(actionIds(view)).toEqual(['task_start']);
    expect(parts(view, 'button')[0]?.value).toBe('t1');
  });

  test('refused numbers come with the words of the platform, escaped and masked', () => {
    const refused = [
      { count: 2, message: '号码 13800138000 <已存在>' },
      { count: 3, message: null },
    ];
    const text = words(importResultView({ ...result, refused, accepted: 95 }, en));
    expect(text).toContain('⛔ 2 numbers were refused by the platform: “号码 138****8000 &lt;已存在&gt;”');
    expect(text).toContain('⛔ 3 numbers were refused by the platform.');
    expect(text).not.toContain('not added to the task');
  });

  test('an unknown outcome is shown as unknown, and is not sent again', () => {
    const text = words(importResultView({ ...result, unknown: 100, accepted: 0 }, en));
    expect(text).toContain('100 numbers have an unknown outcome');
    expect(actionIds(importResultView({ ...result, unknown: 100, accepted: 0 }, en))).toEqual([]);
  });

  test('a platform that does not count is not made to have counted', () => {
    expect(words(importResultView({ ...result, accepted: null }, en))).toContain(
      'does not report how many it accepted',
    );
    expect(words(importResultView({ ...result, accepted: null, stopped: true }, en))).toContain(
      'It is unknown how many numbers',
    );
  });

  test('its one row of buttons is named, so that it fits in a message too', () => {
    const view = importResultView(result, en);
    expect(words(view)).toContain('✅ 95 numbers imported into *Spring*.');
    expect(blockIds(view)).toEqual(['task']);
  });
});

test('progress is drawn and counted', () => {
  const text = words(importProgressView({ taskName: 'Spring', sent: 300, total: 8214 }, en));
  expect(text).toContain('Importing into *Spring*: 300 of 8,214 numbers sent\n▓░░░░░░░░░');
});
