import { expect, test } from '@jest/globals';
import { Spool } from '../../../../src/reader/xlsx/spool.ts';
import { StringTable } from '../../../../src/reader/xlsx/string-table.ts';

test('rows come back as they were, as often as they are asked for', () => {
  const rows = Array.from({ length: 1_203 }, (_, index) => ({
    line: index * 3 + 1,
    cells: index % 7 === 0 ? [''] : ['', `客户\n"${index}"`, 'a,b', ''].slice(0, 1 + (index % 4)),
  }));
  const spool = new Spool();
  for (const row of rows) spool.add(row);
  expect([...spool.rows()]).toEqual(rows);
  expect([...spool.rows()]).toEqual(rows);
  expect([...new Spool().rows()]).toEqual([]);
});

test('strings are found by their number', () => {
  const strings = Array.from({ length: 9_000 }, (_, index) => (index % 5 === 0 ? '' : `客${index}`));
  const table = new StringTable();
  for (const text of strings) table.add(text);
  expect(strings.map((_, index) => table.at(index))).toEqual(strings);
  expect([-1, 9_000, 1e9, Number.NaN, 0.5].map((index) => table.at(index))).toEqual(['', '', '', '', '']);
});
