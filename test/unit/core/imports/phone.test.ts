import { describe, expect, test } from '@jest/globals';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { normalizePhone } from '../../../../src/core/imports/phone.ts';

const read = (cell: string, allowForeign = false) => normalizePhone(cell, { allowForeign });

test.each([
  '13800138000',
  '+86 138-0013-8000',
  '+8613800138000',
  '＋86 13800138000',
  '(+86)13800138000',
  '+86 (0)13800138000',
  '008613800138000',
  '8613800138000',
  '86 138 0013 8000',
  '013800138000',
  "'13800138000",
  '’13800138000',
  '="13800138000"',
  '=13800138000',
  '"13800138000"',
  '１３８００１３８０００',
  '138 0013 8000',
  '138\u00a00013\u00a08000',
  '138\u200b0013\u200b8000',
  '\u202d13800138000\u202c',
  '\ufeff13800138000',
  '13800138000\t',
  '  13800138000\r',
  '13800138000,',
  '13800138000.0',
  '13800138000.00',
  '138.0013.8000',
  '138‑0013–8000',
  '1.3800138000E+10',
  '1.3800138000e10',
])('a mainland mobile, written %j', (cell) => {
  expect(read(cell)).toEqual({ phone: '13800138000', key: 8_613_800_138_000 });
});

test('scientific notation is repaired where no digit was lost', () => {
  expect(read('1.3530512345E+10')).toEqual({ phone: '13530512345', key: 8_613_530_512_345 });
  expect(read('1.35305123450E+10')).toEqual({ phone: '13530512345', key: 8_613_530_512_345 });
});

test.each([
  ['01012345678', '01012345678', 861_012_345_678],
  ['010-1234 5678', '01012345678', 861_012_345_678],
  ['(010)12345678', '01012345678', 861_012_345_678],
  ['（010）12345678', '01012345678', 861_012_345_678],
  ['+86 10 12345678', '01012345678', 861_012_345_678],
  ['+86 (0)10 12345678', '01012345678', 861_012_345_678],
  ['0086-571-88885008', '057188885008', 8_657_188_885_008],
  ['0571-88885008', '057188885008', 8_657_188_885_008],
  ['8601012345678', '01012345678', 861_012_345_678],
  ['400-123-4567', '4001234567', 864_001_234_567],
  ['8008100000', '8008100000', 868_008_100_000],
  ['+86 400 123 4567', '4001234567', 864_001_234_567],
])('a mainland landline or service number: %s', (cell, phone, key) => {
  expect(read(cell)).toEqual({ phone, key });
});

describe('refused, one reason each', () => {
  test.each([
    ['', 'empty'],
    [' \u00a0\t', 'empty'],
    ["'", 'empty'],
    ['1.35305E+10', 'scientific_lossy'],
    ['1.38E+10', 'scientific_lossy'],
    ['1.3800138E10', 'scientific_lossy'],
    ['1E+10', 'scientific_lossy'],
    ['1.35305123456E+10', 'scientific_lossy'],
    ['13800138000 13900139000', 'two_numbers'],
    ['13800138000/13900139000', 'two_numbers'],
    ['13800138000/1', 'two_numbers'],
    ['13800138000、13900139000', 'two_numbers'],
    ['13800138000,13900139000', 'two_numbers'],
    ['13800138000-13900139000', 'two_numbers'],
    ['13800138000或13900139000', 'two_numbers'],
    ['1380013800013900139000', 'two_numbers'],
    ['01012345678;13800138000', 'two_numbers'],
    ['01012345678 转 8', 'letters'],
    ['01012345678 ext 5', 'letters'],
    ['abc13800138000', 'letters'],
    ['l3800138000', 'letters'],
    ['张三', 'letters'],
    ['138****8000', 'masked'],
    ['138＊＊＊＊8000', 'masked'],
    ['138xxxx8000', 'masked'],
    ['138••••8000', 'masked'],
    ['1380013800', 'too_short'],
    ['138001380001', 'too_long'],
    ['62345678', 'too_short'],
    ['6234567', 'too_short'],
    ['110', 'too_short'],
    ['95588', 'too_short'],
    ['010123456', 'too_short'],
    ['0101234567890', 'too_long'],
    ['110101199003071234', 'too_long'],
    ['9'.repeat(5000), 'too_long'],
    ['4155552671', 'ambiguous_landline'],
    ['1012345678', 'ambiguous_landline'],
    ['57188885008', 'ambiguous_landline'],
    ['12800138000', 'invalid'],
    ['11012345678', 'invalid'],
    ['15412345678', 'cn_prefix_unassigned'],
    ['1380013800.5', 'invalid'],
    ['138\u00000138000', 'invalid'],
    ['138$00138000', 'invalid'],
    ['١٣٨٠٠١٣٨٠٠٠', 'invalid'],
    ['-', 'invalid'],
    ['+', 'invalid'],
    ['+86', 'too_short'],
    ['+1 415 555 2671', 'foreign_not_allowed'],
    ['001 415 555 2671', 'foreign_not_allowed'],
    ['+852 6123 4567', 'foreign_not_allowed'],
    ['+1 415 555', 'too_short'],
    ['+1 415 555 267', 'invalid'],
    ['+999 12345678', 'invalid'],
    ['+1 415 555 2671 0000 0000', 'too_long'],
  ])('%j: %s', (cell, reason) => {
    expect(read(cell)).toEqual({ reason });
  });
});

test('numbers of other countries, when they are allowed', () => {
  expect(read('+1 (415) 555-2671', true)).toEqual({ phone: '+14155552671', key: 14_155_552_671 });
  expect(read('0085261234567', true)).toEqual({ phone: '+85261234567', key: 85_261_234_567 });
  // Still no guess without a plus.
  expect(read('4155552671', true)).toEqual({ reason: 'ambiguous_landline' });
  expect(read('+1 415 555 267', true)).toEqual({ reason: 'invalid' });
});

test('mobiles agree with the library over its prefixes', () => {
  let seed = 5;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 2_000; round += 1) {
    const number = `1${3 + random(7)}${String(random(1_000_000_000)).padStart(9, '0')}`;
    const valid = parsePhoneNumberFromString(`+86${number}`)?.isValid() === true;
    expect([number, 'phone' in read(number)]).toEqual([number, valid]);
  }
});

test('landlines and service numbers are those of the library', () => {
  let seed = 11;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const areas = ['10', '21', '400', '571', '755', '800', '95', '1010'];
  for (let round = 0; round < 3_000; round += 1) {
    const start = round % 3 === 0 ? (areas[random(areas.length)] ?? '') : `${2 + random(8)}`;
    const national = `${start}${String(random(1e9)).padStart(9, '0')}${random(10)}`.slice(0, 9 + random(3));
    const valid = parsePhoneNumberFromString(`+86${national}`)?.isValid() === true;
    expect([national, 'phone' in read(`0${national}`)]).toEqual([national, valid]);
  }
});

test('what it writes it reads again as the same number', () => {
  for (const cell of ['+86 138-0013-8000', '010-12345678', '4001234567', '+14155552671', '+85261234567']) {
    const first = read(cell, true);
    expect('phone' in first && read(first.phone, true)).toEqual(first);
  }
});

test('no cell makes it throw', () => {
  let seed = 9;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const alphabet = [...'0123456789138+-() .eE*/转x\u00a0\u200b="\',，张\0０'];
  for (let round = 0; round < 5000; round += 1) {
    const cell = Array.from({ length: random(20) }, () => alphabet[random(alphabet.length)]).join('');
    const result = read(cell, true);
    if ('phone' in result) expect(result.phone).toMatch(/^\+?\d{8,15}$/);
    else expect(result.reason).toBeTruthy();
  }
});
