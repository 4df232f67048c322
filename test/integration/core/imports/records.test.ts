import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import * as records from '../../../../src/core/imports/records.ts';

/** However the lines come: all at once, or each by itself. */
const readRows = (lines: readonly string[], delimiter: records.Delimiter): records.Row[] => {
  const rows = [...records.readRows([lines], delimiter)];
  const parts = lines.map((line) => [line]);
  expect(JSON.stringify([...records.readRows(parts, delimiter)])).toBe(JSON.stringify(rows));
  return rows;
};

const cellsOf = (text: string, delimiter: string | null = ','): string[][] =>
  readRows(text.split('\n'), delimiter).map(({ cells }) => cells);

test('well-formed texts are read as csv-parse reads them', () => {
  let seed = 3;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const pieces = ['a', '13800138000', '张三', ',', '\n', '""', ' ', ';', 'x"y'];
  const read: unknown[] = [];
  const expected: unknown[] = [];
  for (let round = 0; round < 2_000; round += 1) {
    const columns = 1 + random(4);
    const rows = Array.from({ length: 1 + random(5) }, () =>
      Array.from({ length: columns }, () => {
        const text = Array.from({ length: random(4) }, () => pieces[random(pieces.length)]).join('');
        return /[",\n]/.test(text) || random(3) === 0 ? `"${text.replaceAll('"', '""')}"` : text.trim();
      }).join(','),
    );
    const text = rows.join('\n');
    read.push([text, cellsOf(text)]);
    expected.push([text, parse(text, { skip_empty_lines: true, relax_column_count: true })]);
  }
  expect(read).toEqual(expected);
});

test('a hundred thousand quotation marks against the rules take as long as their text', () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `${index},"x`);
  expect(readRows(lines, ',')).toHaveLength(100_000);
});
