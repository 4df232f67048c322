import { describe, expect, test } from '@jest/globals';
import type { FileKind } from '../../../src/core/errors.ts';
import type { ImportChoices } from '../../../src/core/model/import-choices.ts';
import type { WorkbookOptions } from '../../../src/reader/workbook.ts';
import { readGiven } from '../../support/core/read-list.ts';
import type { WholeList } from '../../support/core/whole-list.ts';
import {
  type WorkbookShape,
  type WorkbookSheet,
  workbookOf,
  workbookParts,
  zipOf,
} from '../../support/core/workbook.ts';

const A = '13800138000';
const B = '13900139000';
const C = '13700137000';
const D = '18600186000';

const read = async (bytes: Uint8Array, choices?: Partial<ImportChoices>, options?: WorkbookOptions) => {
  const list = await readGiven({ bytes, ...(choices && { choices: { several: 'all', ...choices } }) }, options);
  expect(list.readyRows + list.rejected.length + list.repeated + list.skipped).toBe(list.rows);
  return list;
};
const readSheets = (sheets: readonly WorkbookSheet[], shape?: WorkbookShape) => read(workbookOf(sheets, shape));
const readRows = (rows: WorkbookSheet['rows'], shape?: WorkbookShape) => readSheets([{ rows }], shape);
const ready = (list: WholeList): string[] =>
  list.ready.map(({ phone, name }) => [phone, name].filter(Boolean).join(' '));
const rejects = (list: WholeList): string[] => list.rejected.map(({ line, reason }) => `${line} ${reason}`);

describe('what cells hold', () => {
  test('shared and inline strings, numbers, and what formulas gave', async () => {
    const list = await readRows([
      ['姓名', '手机号'],
      ['张三', A],
      [{ inline: '李四' }, { inline: B }],
      ['王五', Number(C)],
      [
        { formula: 'A1', value: '赵六', text: true },
        { formula: 'B9+0', value: D },
      ],
    ]);
    expect(ready(list)).toEqual([`${A} 张三`, `${B} 李四`, `${C} 王五`, `${D} 赵六`]);
    expect(list).toMatchObject({ rows: 5, skipped: 1, encoding: null, phoneColumn: '手机号', nameColumn: '姓名' });
    expect(list.workbook).toEqual({
      sheets: [{ index: 0, name: 'Sheet1', hidden: false }],
      sheet: 0,
      hiddenRows: 0,
      uncalculated: 0,
    });
  });

  test.each([
    ['1.3800138E10', A],
    ['1.3800138000000000E10', A],
    ['13800138000.0', A],
  ])('%s is the whole number', async (number, phone) => {
    expect(ready(await readRows([['phone'], [{ number }]]))).toEqual([phone]);
  });

  test.each([
    ['a formula that calculated with the number', { formula: '+86-13800138001', value: '-13800137915' }, 'negative'],
    ['a price', { number: '138001380.01' }, 'invalid'],
    ['two numbers in one that lost digits', { number: '1.38001380001391E21' }, 'scientific_lossy'],
    ['an error', { error: '#N/A' }, 'empty'],
    ['a truth value', { xml: '<c r="REF" t="b"><v>1</v></c>' }, 'letters'],
  ])('%s is not called', async (_, cell, reason) => {
    expect(
      rejects(
        await readRows([
          ['phone', 'name'],
          [cell, '张三'],
          [A, '李四'],
        ]),
      ),
    ).toEqual([`2 ${reason}`]);
  });

  test('text that does not count in one cell is not in the next', async () => {
    const both = { xml: `<c r="REF"><v>${A}</v><is><t>1</t></is></c>` };
    expect(ready(await readRows([['phone'], [both], [{ inline: B }]]))).toEqual([A, B]);
  });

  test('dates are dates, however much like numbers they look', async () => {
    const dates = [14, 22, 'yyyy"年"m"月"d"日"', '[$-804]yyyy\\-mm\\-dd hh:mm', 'mmm', '[h]:mm:ss'];
    for (const [at] of dates.entries()) {
      for (const number of ['46027', '46027.547222', '13800.138001']) {
        const list = await readRows(
          [
            ['姓名', '日期', '手机号'],
            ['张三', { number, style: at + 1 }, A],
          ],
          { formats: dates },
        );
        expect(ready(list)).toEqual([`${A} 张三`]);
        const alone = await readRows([['手机号'], [{ number, style: at + 1 }]], { formats: dates });
        expect([dates[at], number, ready(alone)]).toEqual([dates[at], number, []]);
      }
    }
    const shown = await readRows([['phone'], [{ number: '46027.5', style: 1 }], [{ number: '46027', style: 1 }]], {
      formats: [22],
    });
    expect(shown.rejected.map(({ cell }) => cell)).toEqual(['2026-01-05 12:00:00', '2026-01-05 00:00:00']);
    const since1904 = await readRows([['phone'], [{ number: '44565', style: 1 }]], { formats: [14], since1904: true });
    expect(since1904.rejected.map(({ cell }) => cell)).toEqual(['2026-01-05']);
  });

  test('zeros that only a format shows belong to the number', async () => {
    const list = await readRows(
      [
        ['电话'],
        [{ number: '1065123456', style: 1 }],
        [{ number: '57187654321', style: 2 }],
        [{ number: A, style: 3 }],
      ],
      {
        formats: ['00000000000', '0000\\-00000000', '"General"0'],
      },
    );
    expect(ready(list)).toEqual(['01065123456', '057187654321', A]);
  });

  test('what came from scientific notation has lost its digits; a number that is only shown so has not', async () => {
    const list = await readRows(
      [
        ['手机号', '姓名'],
        [{ number: '13800000000', style: 1 }, '张三'],
        [{ number: A, style: 1 }, '李四'],
        [{ number: '13910000000', style: 2 }, '王五'],
        [{ number: B, style: 2 }, '赵六'],
        [{ number: '1.79511380013800E+15' }, '孙七'],
        [{ number: '1795113800138001' }, '周八'],
      ],
      { formats: [11, '0.0E+00'] },
    );
    expect(ready(list)).toEqual([`${A} 李四`, `${B} 赵六`, '13800138001 周八']);
    expect(rejects(list)).toEqual(['2 scientific_lossy', '4 scientific_lossy', '6 scientific_lossy']);
  });

  test('rich text is one text; reading aids are none of it, and escapes are what they mean', async () => {
    const stringsXml =
      '<sst><si><r><t>手机</t></r><r><rPr><b/></rPr><t>号</t></r></si>' +
      '<si><r><t>138001</t></r><r><t>38000</t></r><rPh sb="0" eb="1"><t>99</t></rPh><phoneticPr/></si>' +
      `<si><t>${B}_x000D_</t></si><si><t><![CDATA[${C}]]></t></si><si/></sst>`;
    const cell = (index: number) => ({ xml: `<c r="REF" t="s"><v>${index}</v></c>` });
    const list = await readRows([[cell(0)], [cell(1)], [cell(2)], [cell(3)], [cell(4)], [cell(99)]], { stringsXml });
    expect(ready(list)).toEqual([A, B, C]);
    expect(list.rows).toBe(4);
  });
});

describe('how writers differ', () => {
  const rows = [
    ['姓名', '手机号'],
    ['张三', A],
    [null, B],
  ];

  test.each<[string, WorkbookShape]>([
    ['prefixed elements', { prefix: 'x:' }],
    ['rows and cells without their places', { unnumbered: true }],
  ])('%s', async (_, shape) => {
    expect(ready(await readRows(rows, shape))).toEqual([`${A} 张三`, B]);
  });

  test('names of parts in other letters, from the root, or with backslashes', async () => {
    const parts = workbookParts([{ rows }]);
    for (const renamed of [
      (name: string) => name.replace('xl/workbook', 'XL/Workbook'),
      (name: string) => `/${name}`,
      (name: string) => name.replaceAll('/', '\\'),
    ]) {
      const list = await read(zipOf(parts.map((part) => ({ ...part, name: renamed(part.name) }))));
      expect(ready(list)).toEqual([`${A} 张三`, B]);
    }
  });

  test('without styles and shared strings', async () => {
    const parts = workbookParts([{ rows: [['x'], [{ inline: A }]] }]).filter(
      ({ name }) => !/styles|sharedStrings/.test(name),
    );
    const bare = parts.map((part) => ({
      ...part,
      content: String(part.content).replaceAll(/<Relationship Id="rId90\d"[^>]*>/g, ''),
    }));
    expect(ready(await read(zipOf(bare)))).toEqual([A]);
  });

  test('lines are those of the sheet, empty rows among them', async () => {
    const list = await readSheets([{ rows: [['手机号'], [A], ['bad'], [' ']], lines: [3, 4, 90, 91] }]);
    expect([list.rows, rejects(list)]).toEqual([3, ['90 letters']]);
  });
});

describe('sheets', () => {
  const first = { name: '一月', rows: [['手机号'], [A]] };
  const second = { name: '二月', rows: [['手机号'], [B]] };
  const notes = { name: '说明', rows: [['请勿修改']] };

  test('the only one with numbers is read, wherever it is', async () => {
    const list = await readSheets([notes, first]);
    expect(ready(list)).toEqual([A]);
    expect(list.workbook).toMatchObject({ sheet: 1, sheets: [{ name: '说明' }, { name: '一月' }] });
  });

  test('of several, one must be chosen, and nothing is ready before', async () => {
    const list = await readSheets([first, second]);
    expect(list).toMatchObject({ rows: 0, ready: [], workbook: { sheet: null } });
    const workbook = workbookOf([first, second]);
    expect(ready(await read(workbook, { sheet: 1 }))).toEqual([B]);
    // What another workbook had is no choice here.
    expect(await read(workbook, { sheet: 7 })).toMatchObject({ ready: [], workbook: { sheet: null } });
  });

  test.each(['hidden', 'veryHidden'] as const)('a %s one is never read unasked', async (state) => {
    expect(ready(await readSheets([{ ...first, state }, second]))).toEqual([B]);
    const only = [notes, { ...first, state }];
    expect(await readSheets(only)).toMatchObject({ ready: [], workbook: { sheet: null } });
    expect(ready(await read(workbookOf(only), { sheet: 1 }))).toEqual([A]);
  });

  test('without numbers anywhere, the first with contents is shown', async () => {
    const list = await readSheets([{ rows: [] }, notes]);
    expect(list).toMatchObject({ rows: 1, ready: [], workbook: { sheet: 1 } });
    expect(await readSheets([{ rows: [] }])).toMatchObject({ rows: 0, workbook: { sheet: 0 } });
  });

  test('hidden rows and formulas without results are counted', async () => {
    const list = await readSheets([
      {
        rows: [
          ['手机号'],
          [A],
          [B],
          [{ formula: 'VLOOKUP(A1,B:B,1)' }],
          [{ formula: 'T(A1)', value: '', text: true }],
          [C],
        ],
        hiddenRows: [2],
      },
    ]);
    expect(ready(list)).toEqual([A, B, C]);
    expect(list.workbook).toMatchObject({ hiddenRows: 1, uncalculated: 1 });
  });
});

describe('archives that are no workbook', () => {
  const of = (...names: string[]) => zipOf(names.map((name) => ({ name, content: 'x' })));
  const root = (target: string) => ({
    name: '_rels/.rels',
    content: `<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="${target}"/></Relationships>`,
  });
  const workbook = workbookOf([
    { rows: [['手机号'], ...Array.from({ length: 2_000 }, (_, row) => [String(13_800_000_000 + row * 7)])] },
  ]);

  test.each<[string, FileKind, Uint8Array]>([
    ['lists in an archive', 'archive', of('list.csv', 'more.csv')],
    ['a text document', 'document', zipOf([root('word/document.xml'), { name: 'word/document.xml', content: '<w/>' }])],
    [
      'a presentation',
      'document',
      zipOf([root('ppt/presentation.xml'), { name: 'ppt/presentation.xml', content: '<w/>' }]),
    ],
    ['a binary workbook', 'xlsb', zipOf([root('xl/workbook.bin'), { name: 'xl/workbook.bin', content: 'x' }])],
    ['an OpenDocument spreadsheet', 'open_document', of('mimetype', 'content.xml', 'META-INF/manifest.xml')],
    ['one of Numbers', 'iwork', of('Index/Document.iwa', 'Metadata/Properties.plist')],
    ['one with a password', 'encrypted', zipOf([{ name: 'xl/workbook.xml', content: 'x', encrypted: true }])],
    ['a workbook that is cut off', 'damaged', workbook.subarray(0, workbook.length - 200)],
    ['the first half of one', 'damaged', workbook.subarray(0, workbook.length >> 1)],
    ['nothing but a beginning', 'damaged', workbook.subarray(0, 10)],
    [
      'one with damaged contents',
      'damaged',
      Buffer.concat([workbook.subarray(0, 900), Buffer.alloc(60, 7), workbook.subarray(960)]),
    ],
    [
      'one whose sheet is missing',
      'damaged',
      zipOf(workbookParts([{ rows: [[A]] }]).filter(({ name }) => !name.includes('sheet1'))),
    ],
    [
      'one that says another size',
      'damaged',
      zipOf(workbookParts([{ rows: [[A]] }]).map((part) => ({ ...part, claimedSize: 5 }))),
    ],
  ])('%s', async (_, fileKind, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'file_unreadable', details: { fileKind } });
  });
});
