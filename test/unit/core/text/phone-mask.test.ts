import { describe, expect, test } from '@jest/globals';
import { maskPhone, maskPhonesIn } from '../../../../src/core/text/phone-mask.ts';
import { growthOf, superlinear } from '../../../support/cpu-time.ts';

describe('one number', () => {
  test.each([
    ['13800138000', '138****8000'],
    ['138 0013 8000', '138****8000'],
    ['１３８００１３８０００', '138****8000'],
    ['013800138000', '0138****8000'],
    ['8613800138000', '86138****8000'],
    ['+86 138-0013-8000', '+86138****8000'],
    ['＋8613800138000', '+86138****8000'],
    ['008613800138000', '0086138****8000'],
    ['01012345678', '010****5678'],
    ['010-1234 5678', '010****5678'],
    ['(0571)88885008', '0571****5008'],
    ['05127654321', '0512****321'],
    ['4001234567', '400****567'],
    ['+14155552671', '+141****2671'],
    ['+85261234567', '+852****4567'],
    ['62345678', '62****78'],
    ['1234567', '1****67'],
    ['95588', '****8'],
    ['110', '****'],
    ['Line A', 'Line A'],
    ['', ''],
  ])('%s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  test('at least four digits are hidden, or all', () => {
    for (let length = 1; length <= 18; length += 1) {
      for (const start of ['', '0', '1', '+', '+86', '0571', '400']) {
        const phone = `${start}${'7391'.repeat(5)}`.slice(0, length + (start.startsWith('+') ? 1 : 0));
        const digits = phone.replace(/\D/g, '').length;
        expect(maskPhone(phone).replace(/\D/g, '').length).toBeLessThanOrEqual(Math.max(0, digits - 4));
      }
    }
  });
});

describe('within text', () => {
  test.each([
    ['call 13800138000 now', 'call 138****8000 now'],
    ['13800138000', '138****8000'],
    ['phone=13800138000&x=1', 'phone=138****8000&x=1'],
    ['tel13800138000x', 'tel138****8000x'],
    ['号码13800138000已存在', '号码138****8000已存在'],
    ['１３８００１３８０００', '138****8000'],
    ['138-0013-8000 / 139 0013 9000', '138****8000 / 139****9000'],
    ['138.0013.8000', '138****8000'],
    ['138‑0013‑8000', '138****8000'],
    ['1 3 8 0 0 1 3 8 0 0 0', '138****8000'],
    ['+86 13800138000, 8613800138001, 008613800138002', '+86138****8000, 86138****8001, 0086138****8002'],
    ['013800138000', '0138****8000'],
    ['1.38001380001E+10 or 1.38E+10', '138****0110 or 1.38E+10'],
    ['01012345678 and 0571-88885008', '010****5678 and 0571****5008'],
    ['(010)88885008', '010****5008'],
    ['（0571）88885008', '0571****5008'],
    ['400-800-1234', '400****234'],
    ['+1 (415) 555-2671', '+141****2671'],
    ['+852 6123 4567', '+852****4567'],
    ['0014155552671', '0014****2671'],
    ['["13800138000","13900139000"]', '["138****8000","139****9000"]'],
  ])('masked: %s', (text, masked) => {
    expect(maskPhonesIn(text)).toBe(masked);
  });

  test.each([
    'task dfc36b34-b398-4f6b-b263-cd64c53e5185 started',
    // Eleven digits in a row, in a UUID and in a hash.
    '02f5bb4a-8a09-4eae-8969-13800138000a',
    '9c13800138000f13800138000e7712ab',
    'ts 1732345678.123456',
    '1732345678123',
    '1732345678',
    '2026-01-05T02:00:00.000Z',
    '2026-01-05 10:00:00',
    '20260105100000',
    'took 13800 ms of 138000',
    'C0123456789 U061F7AUR',
    '1042873645098273645',
    '8,214 of 12,345 (62 %)',
    'http://127.0.0.1:34567/v1/task',
    'port 3000, 100 rows, batch 12',
    '0.1234567890',
    'v1.13.16',
  ])('left as it is: %s', (text) => {
    expect(maskPhonesIn(text)).toBe(text);
  });

  test('no mobile survives, whatever surrounds it', () => {
    let seed = 11;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const around = [...' ,.;:()[]{}"\'=/\\|_#@！，。：电话xyz\n\t-+'];
    const unmasked: string[] = [];
    for (let round = 0; round < 3000; round += 1) {
      const phone = `1${3 + random(7)}${String(random(1_000_000_000)).padStart(9, '0')}`;
      const noise = (): string => Array.from({ length: random(4) }, () => around[random(around.length)]).join('');
      const text = `${noise()}${phone}${noise()}`;
      if (maskPhonesIn(text).includes(phone)) unmasked.push(text);
    }
    expect(unmasked).toEqual([]);
  });

  test.each(['1 3-', '+1(', 'a1', '1'])('%j again and again: it takes no longer than they are more', (part) => {
    expect(growthOf((size) => part.repeat(size), 64_000, maskPhonesIn)).toBeLessThan(superlinear);
  });
});
