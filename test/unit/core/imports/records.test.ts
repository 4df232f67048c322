import { describe, expect, test } from '@jest/globals';
import * as records from '../../../../src/core/imports/records.ts';
import { rowsOf } from '../../../../src/core/imports/table.ts';
import { textOf } from '../../../../src/core/imports/text.ts';

/** However the lines come: all at once, or each by itself. */
const readRows = (lines: readonly string[], delimiter: records.Delimiter): records.Row[] => {
  const rows = [...records.readRows([lines], delimiter)];
  const parts = lines.map((line) => [line]);
  expect(JSON.stringify([...records.readRows(parts, delimiter)])).toBe(JSON.stringify(rows));
  return rows;
};

const cellsOf = (text: string, delimiter: string | null = ','): string[][] =>
  readRows(text.split('\n'), delimiter).map(({ cells }) => cells);

describe('by the rules of CSV', () => {
  test('what is in correct quotes stays one cell, whatever it contains', () => {
    expect(cellsOf('a,"x\n13900139000\ny"\nb,"1,2\n3,4"')).toEqual([
      ['a', 'x\n13900139000\ny'],
      ['b', '1,2\n3,4'],
    ]);
  });

  test('rows keep the line on which they begin', () => {
    const lines = readRows('a,"x\ny"\n\nb,c'.split('\n'), ',').map(({ line }) => line);
    expect(lines).toEqual([1, 4]);
  });
});

describe('a quotation mark against the rules costs only its row', () => {
  test.each([
    [
      'never closed',
      '"a, b",c\nd,"e\nf,g\n"h",i',
      [
        ['a, b', 'c'],
        ['d', '"e'],
        ['f', 'g'],
        ['h', 'i'],
      ],
      2,
    ],
    [
      'never closed, before correct ones',
      'd,"e\nf,"g, h"\ni,j',
      [
        ['d', '"e'],
        ['f', 'g, h'],
        ['i', 'j'],
      ],
      1,
    ],
    [
      'closed too early',
      '"a"b,c\nd,e',
      [
        ['"a"b', 'c'],
        ['d', 'e'],
      ],
      1,
    ],
  ])('%s', (_, text, cells, broken) => {
    const rows = readRows(text.split('\n'), ',');
    expect(rows.map((row) => row.cells)).toEqual(cells);
    expect(rows.filter(({ brokenAt }) => brokenAt !== undefined).map(({ line }) => line)).toEqual([broken]);
  });

  test('within a cell it is a character', () => {
    expect(readRows(['a"b,c'], ',')).toEqual([{ line: 1, cells: ['a"b', 'c'] }]);
  });
});

describe('the delimiter is the one that gives a table', () => {
  const first = (text: string) => [...rowsOf(textOf(text), { countries: ['CN'] })()].map(({ cells }) => cells)[0];
  test.each([
    ['commas in an address', '张三,13800138000,甲路，乙室，丙\n李四,13900139000,丁路，戊室，己', 3],
    ['semicolons within a cell', '姓名,电话\n张三,13800138000;13900139000\n李四,13700137000', 2],
    ['blanks', '张三 13800138000 北京\n李四 13900139000 上海', 3],
    ['blanks within numbers', '138 0013 8000\n139 0013 9000', 1],
    ['an extension in one row', '电话\n0571-87654321,801\n010-65123456', 1],
    ['a title without delimiters', '客户名单\n姓名;手机\n张三;13800138000\n李四;13900139000', 1],
    ['tabs before commas', 'a\t13800138000\tb, c\nd\t13900139000\te, f', 3],
  ])('%s', (_, text, cells) => {
    expect(first(text)).toHaveLength(cells);
  });
});
