import { describe, expect, test } from '@jest/globals';
import { cleaned, oneLine, printable } from '../../../../src/core/text/printable.ts';
import { growthOf, superlinear } from '../../../support/cpu-time.ts';
import { forbiddenCharacters, forbiddenIn, forbiddenRanges } from '../../../support/hostile-text.ts';

describe('printable', () => {
  test.each(Object.keys(forbiddenRanges))('%s are dropped, each of them', (kind) => {
    const characters = forbiddenCharacters(kind);
    expect(characters.length).toBeGreaterThan(0);
    const left = characters.filter((character) => {
      const text = printable(`a${character}b`);
      return forbiddenIn(text).length > 0 || oneLine(text).replace(' ', '') !== 'ab';
    });
    expect(left).toEqual([]);
  });

  test('the line ends of all systems become one, and tabs stay', () => {
    expect(printable('a\r\nb\rc\u2028d\u0085e\tf')).toBe('a\nb\nc\nd\ne\tf');
  });

  test.each([
    '👩‍👩‍👧‍👦',
    '🇨🇳',
    '1️⃣',
    '𠮷野家',
    '葛\u{e0100}城',
    'e\u0301',
    'שלום',
    'می‌خواهم',
    '名单（第一批）',
    '\u00a0\u3000',
  ])('%s stays', (text) => {
    expect(printable(text)).toBe(text);
    expect(cleaned(text)).toBe(text);
  });

  test('a steered terminal and a turned name', () => {
    expect(printable('\u001b[2J\u001b]0;title\u0007ok')).toBe('[2J]0;titleok');
    expect(printable('gpj.\u202eexe')).toBe('gpj.exe');
  });
});

describe('cleaned', () => {
  test('drops what nobody can see, and with it what our own texts carry', () => {
    expect(cleaned('\ufeffSp\u200bring\u2060 re\u00adnewal')).toBe('Spring renewal');
  });

  test('nothing hides between the digits of a number', () => {
    expect(cleaned('138\u200d0013\ufe0f8000\u200b')).toBe('13800138000');
  });
});

test.each([
  ['controls', (n: number) => '\u001b['.repeat(n)],
  ['line ends', (n: number) => '\r\n\r'.repeat(n)],
  ['joiners after a digit', (n: number) => `1${'\u200d'.repeat(n)}\u20e3`],
  ['surrogates', (n: number) => '\ud800'.repeat(n)],
])('%s: it takes no longer than they are more', (_, inputOf) => {
  expect(growthOf(inputOf, 40_000, cleaned)).toBeLessThan(superlinear);
});
