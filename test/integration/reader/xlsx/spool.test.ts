import { expect, test } from '@jest/globals';
import { Spool } from '../../../../src/reader/xlsx/spool.ts';

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
