import { describe, expect, test } from '@jest/globals';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { normalizePhone } from '../../../../src/core/imports/phone.ts';

const read = (cell: string, further: string[] = []) => normalizePhone(cell, { countries: ['CN', ...further] });

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
    ['01012345678 转 8', 'extension'],
    ['01012345678 ext 5', 'extension'],
    ['abc13800138000', 'letters'],
    ['l3800138000', 'letters'],
    ['张三', 'letters'],
    ['138****8000', 'masked'],
    ['138＊＊＊＊8000', 'masked'],
    ['138xxxx8000', 'masked'],
    ['138••••8000', 'masked'],
    ['1380013800', 'too_short'],
    ['138001380001', 'too_long'],
    ['62345678', 'local_number'],
    ['6234567', 'local_number'],
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
    ['+852 6123 4567', 'hong_kong'],
    ['+1 415 555', 'too_short'],
    ['+1 415 555 267', 'invalid'],
    ['+999 12345678', 'invalid'],
    ['+1 415 555 2671 0000 0000', 'too_long'],
  ])('%j: %s', (cell, reason) => {
    expect(read(cell)).toEqual({ reason });
  });
});

test('numbers of other countries, when they are allowed', () => {
  expect(read('+1 (415) 555-2671', ['US'])).toEqual({ phone: '+14155552671', key: 14_155_552_671 });
  expect(read('0085261234567', ['HK'])).toEqual({ phone: '+85261234567', key: 85_261_234_567 });
  // Still no guess without a plus, and none about another country.
  expect(read('4155552671', ['US'])).toEqual({ reason: 'ambiguous_landline' });
  expect(read('+1 415 555 267', ['US'])).toEqual({ reason: 'invalid' });
  expect(read('+1 (415) 555-2671', ['HK'])).toEqual({ reason: 'foreign_not_allowed' });
  expect(read('0085261234567', ['US'])).toEqual({ reason: 'hong_kong' });
});

test('mobiles agree with the library over its prefixes', () => {
  let seed = 5;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const wrong: string[] = [];
  for (let round = 0; round < 2_000; round += 1) {
    const number = `1${3 + random(7)}${String(random(1_000_000_000)).padStart(9, '0')}`;
    // In use since the library's plan was written.
    const valid = number.startsWith('149') || parsePhoneNumberFromString(`+86${number}`)?.isValid() === true;
    if ('phone' in read(number) !== valid) wrong.push(number);
  }
  expect(wrong).toEqual([]);
});

test('landlines and service numbers are those of the library, where the local number has seven or eight digits', () => {
  let seed = 11;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const areas = ['10', '21', '400', '571', '755', '800', '95', '1010'];
  const wrong: string[] = [];
  for (let round = 0; round < 3_000; round += 1) {
    const start = round % 3 === 0 ? (areas[random(areas.length)] ?? '') : `${2 + random(8)}`;
    const national = `${start}${String(random(1e9)).padStart(9, '0')}${random(10)}`.slice(0, 9 + random(3));
    const valid = parsePhoneNumberFromString(`+86${national}`)?.isValid() === true;
    const local = national.length - (/^(?:10|2)/.test(national) ? 2 : 3);
    const whole = local >= (/^(?:754|851)/.test(national) ? 8 : 7) && local <= 8;
    if ('phone' in read(`0${national}`) !== (valid && whole)) wrong.push(national);
  }
  expect(wrong).toEqual([]);
});

test('what it writes it reads again as the same number', () => {
  for (const cell of ['+86 138-0013-8000', '010-12345678', '4001234567', '+14155552671', '+85261234567']) {
    const first = read(cell, ['US', 'HK']);
    expect('phone' in first && read(first.phone, ['US', 'HK'])).toEqual(first);
  }
});

test('no cell makes it throw', () => {
  let seed = 9;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const alphabet = [...'0123456789138+-() .eE*/转x\u00a0\u200b="\',，张\0０'];
  const odd: unknown[] = [];
  for (let round = 0; round < 5000; round += 1) {
    const cell = Array.from({ length: random(20) }, () => alphabet[random(alphabet.length)]).join('');
    const result = read(cell, ['US', 'HK', 'MO', 'TW']);
    if (!('phone' in result ? /^\+?\d{8,15}$/.test(result.phone) : result.reason)) odd.push([cell, result]);
  }
  expect(odd).toEqual([]);
});

describe('what is no dash, no gap and no country', () => {
  test.each([
    ['-13800137915', 'negative'],
    ['－13800137915', 'negative'],
    ['−138 0013 7915', 'negative'],
    ['- 13800138000', 'negative'],
    ['(13800137915)', 'negative'],
    ['（13,800,137,915）', 'negative'],
    ['13800137915-', 'negative'],
    ['=-13800137915', 'negative'],
    ['1-380-013-8002', 'grouping'],
    ['1 (380) 013-8002', 'grouping'],
    ['1.380.013.8002', 'grouping'],
    ['1-800-555-2671', 'grouping'],
    ['1380013800-0', 'grouping'],
    ['010-65123456-801', 'too_long'],
    ['010-65123456-8', 'extension'],
    ['0754-8812345-6', 'extension'],
    ['0750-3312345-8', 'extension'],
    ['0571-87654321#801', 'extension'],
    ['0571-87654321x801', 'extension'],
    ['0571-87654321,801', 'extension'],
    ['01065123456p801', 'extension'],
    ['（010）65123456（分机801）', 'extension'],
  ])('%s: %s', (cell, reason) => {
    const result = read(cell);
    expect(result).not.toHaveProperty('phone');
    if (reason !== 'too_long') expect(result).toEqual({ reason });
  });

  test.each(['+86 1 380 013 8002', '86-138-00138002', '+86-138-0013-8002'])('%s shows its country', (cell) => {
    expect(read(cell)).toMatchObject({ phone: '13800138002' });
  });

  test.each(['86-10-65123456', '+86-10-6512-3456', '010 6512 3456', '(010)65123456'])('%s', (cell) => {
    expect(read(cell)).toMatchObject({ phone: '01065123456' });
  });
});

describe('prefixes of carriers are cut', () => {
  test.each(['1795113800138000', '1259313800138000', '1790913800138000', '1258313800138000', '12583113800138000'])(
    '%s',
    (cell) => {
      expect(read(cell)).toMatchObject({ phone: '13800138000' });
    },
  );
  test('also before groups and landlines', () => {
    expect(read('17951-138-0013-8000')).toMatchObject({ phone: '13800138000' });
    expect(read('17951138-0013-8000')).toMatchObject({ phone: '13800138000' });
    expect(read('1791101065123456')).toMatchObject({ phone: '01065123456' });
  });
  test('but never to make a number of what has none', () => {
    expect(read('179511380013800')).not.toHaveProperty('phone');
    expect(read('17951')).toEqual({ reason: 'too_short' });
  });
});

describe('local numbers have the length of their area', () => {
  test.each(['010-6512345', '0755-2600123', '0750-33123456', '0912-38123456', '0754-8812345', '0851-5123456'])(
    '%s',
    (cell) => {
      expect(read(cell)).toEqual({ reason: 'landline_length' });
    },
  );
  test.each(['010-65123456', '0755-26001234', '0750-3312345', '0754-88123456', '0851-85123456'])('%s', (cell) => {
    expect(read(cell)).toMatchObject({ phone: cell.replace('-', '') });
  });
});

describe('Hong Kong, Macau and Taiwan', () => {
  test.each([
    ['+85291234567', 'hong_kong'],
    ['0085291234567', 'hong_kong'],
    ['85291234567', 'hong_kong'],
    ['852 9123 4567', 'hong_kong'],
    ['85366123456', 'macau'],
    ['+886912345678', 'taiwan'],
    ['886-2-23456789', 'taiwan'],
    ['0912345678', 'taiwan'],
    ['0912-345-678', 'taiwan'],
    ['02-23456789', 'taiwan'],
    ['0223456789', 'landline_length'],
    ['91234567', 'local_number'],
  ])('%s: %s', (cell, reason) => {
    expect(read(cell)).toEqual({ reason });
  });

  test('are sent where the settings name them', () => {
    expect(read('85291234567', ['HK'])).toEqual({ phone: '+85291234567', key: 85_291_234_567 });
    expect(read('886-2-23456789', ['TW'])).toEqual({ phone: '+886223456789', key: 886_223_456_789 });
  });

  test('at home there, a number needs no country code, and one of the mainland does', () => {
    const atHome = (cell: string) => normalizePhone(cell, { countries: ['HK', 'CN'] });
    expect(atHome('9123 4567')).toMatchObject({ phone: '+85291234567' });
    expect(atHome('+86 138 0013 8000')).toMatchObject({ phone: '13800138000' });
    expect(atHome('13800138000')).not.toHaveProperty('phone');
  });
});

describe('a calling code in another column', () => {
  const withCode = (cell: string, code: string, further: string[] = []) =>
    normalizePhone(cell, { countries: ['CN', ...further] }, code);
  test('says whose number it is', () => {
    expect(withCode('13800138000', '86')).toMatchObject({ phone: '13800138000' });
    expect(withCode('8613800138000', '86')).toMatchObject({ phone: '13800138000' });
    expect(withCode('91234567', '852', ['HK'])).toMatchObject({ phone: '+85291234567' });
    expect(withCode('85291234567', '852', ['HK'])).toMatchObject({ phone: '+85291234567' });
    expect(withCode('0912345678', '886', ['TW'])).toMatchObject({ phone: '+886912345678' });
    expect(withCode('91234567', '852')).toEqual({ reason: 'hong_kong' });
  });
  test('keeps a number of another country from being read as one of the mainland', () => {
    expect(withCode('13105551234', '1')).not.toHaveProperty('phone');
    expect(withCode('3105551234', '1')).toEqual({ reason: 'foreign_not_allowed' });
    expect(withCode('+8613800138000', '852')).toEqual({ reason: 'country_conflict' });
  });
});

test('a number that a program wrote in scientific notation is exact; one that a spreadsheet rounded is not', () => {
  expect(read('1.380013801E10')).toMatchObject({ phone: '13800138010' });
  expect(read('1.380013801E+10')).toEqual({ reason: 'scientific_lossy' });
  expect(read('1.3800138E10')).toEqual({ reason: 'scientific_lossy' });
});
