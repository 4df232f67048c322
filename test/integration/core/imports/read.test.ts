import { expect, test } from '@jest/globals';
import { readNumbers } from '../../../support/core/read-list.ts';

const A = '13800138000';
const B = '13900139000';
const C = '13700137000';

test('a hundred thousand rows, on as many lines or on one', () => {
  const numbers = Array.from({ length: 100_000 }, (_, index) => String(13_800_000_000 + index));
  expect(readNumbers({ text: numbers.join('\n') }).ready).toHaveLength(100_000);
  expect(readNumbers({ text: numbers.join(',') }).ready).toHaveLength(100_000);
});

test('the counts always add up, and every number is in the text', () => {
  let seed = 21;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const pieces = [
    A,
    B,
    C,
    '+86 138-0013-8000',
    '010-12345678',
    '123',
    '张三',
    'phone',
    '姓名',
    '',
    ' ',
    '"',
    '""',
    '\0',
  ];
  const joints = [',', ';', '\t', '，', '\n', '\r\n', '\r', '\n\n', '"', ' ', '、', '/', 'sep=;\n'];
  const pick = (from: readonly string[]): string => from[random(from.length)] ?? '';
  const faults: unknown[] = [];
  for (let round = 0; round < 1_000; round += 1) {
    const text = Array.from({ length: random(14) }, () => pick(pieces) + pick(joints)).join('');
    const list = readNumbers({ text });
    expect(list.readyRows + list.rejected.length + list.repeated + list.skipped).toBe(list.rows);
    const lines = text.replace(/\r\n?/g, '\n').split('\n').length;
    const digits = text.replace(/\D/g, '');
    const beyond = list.rejected.filter(({ line }) => line > lines);
    const phones = list.ready.map(({ phone }) => phone);
    const madeUp = phones.filter((phone) => !digits.includes(phone));
    const twice = list.ready.length - new Set(phones).size;
    if (beyond.length + madeUp.length + twice > 0) faults.push({ text, beyond, madeUp, twice });
  }
  expect(faults).toEqual([]);
});
