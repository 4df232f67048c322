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

test('more than fits plainly is compressed', () => {
  const cell = 'x'.repeat(30_000);
  const spool = new Spool();
  for (let line = 1; line <= 1_700; line += 1) spool.add({ line, cells: [String(line), cell] });
  let read = 0;
  for (const row of spool.rows()) {
    read += 1;
    if (row.line !== read || row.cells[0] !== String(read) || row.cells[1] !== cell) throw new Error(`line ${read}`);
  }
  expect(read).toBe(1_700);
});

test('strings are found by their number', () => {
  const strings = Array.from({ length: 9_000 }, (_, index) => (index % 5 === 0 ? '' : `客${index}`));
  const table = new StringTable();
  for (const text of strings) table.add(text);
  expect(strings.map((_, index) => table.at(index))).toEqual(strings);
  expect([-1, 9_000, 1e9, Number.NaN, 0.5].map((index) => table.at(index))).toEqual(['', '', '', '', '']);
});
