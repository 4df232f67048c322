import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readGiven } from '../../support/core/read-list.ts';

const read = (name: string) => readGiven({ bytes: readFileSync(`test/fixtures/lists/${name}`) });

test('a workbook that LibreOffice saved', async () => {
  const list = await read('customers.xlsx');
  expect(list.ready.map(({ phone, name }) => `${phone} ${name}`)).toEqual([
    '13571357001 欧阳明',
    '13671367002 林海',
    '051267712345 林海',
    '13771377003 何田',
    '13871387004 许静',
  ]);
  expect(list).toMatchObject({
    rows: 8,
    readyRows: 4,
    skipped: 2,
    rejected: [
      { line: 7, reason: 'empty' },
      { line: 8, cell: '1.38E+10', reason: 'scientific_lossy' },
    ],
    phoneColumn: '手机号 / 备用电话',
    nameColumn: '姓名',
    workbook: {
      sheets: [
        { name: '客户', hidden: false },
        { name: '说明', hidden: false },
        { name: '上月', hidden: true },
      ],
      sheet: 0,
      hiddenRows: 1,
      uncalculated: 0,
    },
  });
});

test('a CSV in GBK that LibreOffice saved: the same people', async () => {
  const list = await read('customers-gbk.csv');
  expect(list.ready.map(({ phone, name }) => `${phone} ${name}`)).toEqual(
    (await read('customers.xlsx')).ready.map(({ phone, name }) => `${phone} ${name}`),
  );
  expect(list).toMatchObject({ encoding: 'gb18030', encodingDoubtful: false, readyRows: 4, workbook: null });
});

test.each([
  ['customers.xls', 'xls'],
  ['customers.ods', 'open_document'],
  ['customers.html', 'web_page'],
])('%s is named for what it is', async (name, fileKind) => {
  await expect(read(name)).rejects.toMatchObject({ code: 'file_unreadable', details: { fileKind } });
});
