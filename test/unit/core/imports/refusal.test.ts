import { describe, expect, test } from '@jest/globals';
import { AppError, type ErrorDetails } from '../../../../src/core/errors.ts';
import { csvRow } from '../../../../src/core/imports/csv.ts';
import { divide, isForRows, rowRefusal } from '../../../../src/core/imports/refusal.ts';

const entries = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ phone: `1380013800${i}`, name: null, line: i + 1 }));
const refusal = (details: ErrorDetails, code: AppError['code'] = 'platform_rejected') =>
  new AppError(code, 'refused', { details });

test.each<[string, AppError, boolean]>([
  ['422', refusal({ status: 422 }), true],
  ['an envelope on 200', refusal({ status: 200, businessCode: 422 }), true],
  ['a batch that is too large', refusal({ status: 413 }), true],
  ['a server error in an envelope', refusal({ status: 200, businessCode: 500 }), false],
  ['a method that is not allowed', refusal({ status: 405 }), false],
  ['401', refusal({ status: 401 }, 'platform_unauthorized'), false],
  ['404', refusal({ status: 404 }, 'platform_not_found'), false],
  ['429', refusal({ status: 429 }, 'platform_rate_limited'), false],
  ['a running task', refusal({ status: 422, businessCode: 6007 }, 'platform_task_running'), false],
  ['a code that is not known', refusal({ status: 200, businessCode: 6001 }), false],
  ['500', refusal({ status: 500 }, 'platform_server_error'), false],
])('%s is about rows: %#', (_, error, expected) => {
  expect(isForRows(error)).toBe(expected);
});

describe('a refusal', () => {
  test.each<[string, ErrorDetails, { known: boolean; rows: number[]; message: string | null }]>([
    [
      'names rows by their keys',
      { platformMessage: '号码格式错误', fields: { 'customer_info_list.2.phone': ['x'], 'data.0.phone': ['y'] } },
      { known: false, rows: [2, 0], message: '号码格式错误' },
    ],
    [
      'names a row by its number',
      { platformMessage: '号码已存在: 138****8004' },
      { known: true, rows: [4], message: '号码已存在' },
    ],
    [
      'names a row that there is not',
      { fields: { 'list.17.phone': ['bad'] } },
      { known: false, rows: [], message: 'bad' },
    ],
    ['names nothing', { platformMessage: '重复' }, { known: true, rows: [], message: '重复' }],
    ['says nothing', {}, { known: false, rows: [], message: null }],
  ])('%s', (_, details, expected) => {
    expect(rowRefusal(refusal(details), entries(5))).toEqual(expected);
  });

  test('a masked number that fits two rows names neither', () => {
    const alike = [
      { phone: '13800138000', name: null, line: null },
      { phone: '13811118000', name: null, line: null },
    ];
    expect(rowRefusal(refusal({ platformMessage: '号码已存在: 138****8000' }), alike).rows).toEqual([]);
  });

  test('is divided: what is named alone, else in halves, and one row not at all', () => {
    const shape = (count: number, rows: number[], known = false) =>
      divide(entries(count), { message: null, known, rows }).map((part) => [part.entries.length, part.state]);
    expect(shape(5, [1, 3])).toEqual([
      [2, 'refused'],
      [3, 'planned'],
    ]);
    expect(shape(5, [])).toEqual([
      [3, 'planned'],
      [2, 'planned'],
    ]);
    expect(shape(1, [], true)).toEqual([[1, 'present']]);
    expect(shape(2, [0, 1])).toEqual([[2, 'refused']]);
  });

  test('every row is in exactly one part, whatever is named', () => {
    for (let count = 1; count < 20; count += 1) {
      for (let seed = 0; seed < 8; seed += 1) {
        const rows = Array.from({ length: count }, (_, row) => row).filter((row) => (row * 7 + seed) % 5 === 0);
        const parts = divide(entries(count), { message: null, known: false, rows });
        expect(
          parts
            .flatMap((part) => part.entries)
            .map(({ phone }) => phone)
            .sort(),
        ).toEqual(
          entries(count)
            .map(({ phone }) => phone)
            .sort(),
        );
        expect(parts.every((part) => part.entries.length > 0)).toBe(true);
      }
    }
  });
});

test.each([
  ['=1+1', `"'=1+1"`],
  [' @sum', `"' @sum"`],
  ['+8613800138000', `"'+8613800138000"`],
  ['-1', `"'-1"`],
  ['＝1', `"'＝1"`],
  ['\tx', `"'\tx"`],
  ['a "quote"', '"a ""quote"""'],
  ['a\0b', '"a\ufffdb"'],
  ['王芳', '"王芳"'],
])('the cell %j opens as text', (cell, written) => {
  expect(csvRow([cell])).toBe(`${written}\r\n`);
});
