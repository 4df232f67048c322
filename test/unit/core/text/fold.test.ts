import { describe, expect, test } from '@jest/globals';
import { fold } from '../../../../src/core/text/fold.ts';
import { growthOf, superlinear } from '../../../support/cpu-time.ts';

describe('the same to people', () => {
  test.each([
    ['full-width forms', 'ＶＩＰ　１２３', 'vip 123'],
    ['case', 'Spring RENEWAL', 'spring renewal'],
    ['blanks of all kinds', ' a\u00a0b\u202fc\u3000d\u2009e  f ', 'a b c d e f'],
    ['line breaks', 'a\r\nb\u2028c\td', 'a b c d'],
    ['curly quotes', '“Spring” Li’s ‘x’', "\"spring\" li's 'x'"],
    ['dashes', 'wave–2—b−c‑d', 'wave-2-b-c-d'],
    ['decomposed letters', 'Cafe\u0301', 'caf\u00e9'],
    ['what cannot be seen', 'a\u200bb\u2060c\ufeffd\u00ade\u200df\ufe0f', 'abcdef'],
    ['controls and turns', 'a\u0000b\u202ec\u001bd', 'abcd'],
    ['compatibility characters', '㈱ﬁ①', '(株)fi1'],
  ])('%s', (_, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('folding again changes nothing', () => {
    for (const text of ['ＶＩＰ “x”', 'İstanbul', 'ſt', '\u0344e\u0301', 'ﷺ…—'])
      expect(fold(fold(text))).toBe(fold(text));
  });

  test('what shows nothing folds to nothing', () => {
    for (const text of ['', ' \n\u3000', '\u200b\u2060', '\u115f\u3164', '\u{e0041}']) expect(fold(text)).toBe('');
  });
});

test('plain letters fold as they do next to others', () => {
  const letters = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i));
  const plain = [letters, ' A  b   C ', '春季 Renewal (二期) #3', '一龥鿿', 'a-b_c\'d"e~f'];
  // With something that cannot be seen, the text goes the long way.
  for (const text of plain) expect(fold(text)).toBe(fold(`${text}\u200b`));
});

test('different names stay different', () => {
  const names = ['Wave 1', 'Wave 2', 'Wave-1', 'Wave_1', '第一批', '第二批', '线路A', '线路B'];
  expect(new Set(names.map(fold)).size).toBe(names.length);
});

test.each([
  // Normalizing sorts marks by their class: without a bound, 40,000 of them take a second.
  ['marks in the wrong order', (n: number) => `a${'\u0301\u0316'.repeat(n)}`],
  ['marks on every letter', (n: number) => `a${'\u0316\u0301'.repeat(10)}`.repeat(n / 20)],
  ['blanks', (n: number) => `a${' \u00a0'.repeat(n)}b`],
  ['quotes', (n: number) => '“”'.repeat(n)],
  ['the longest expansion', (n: number) => '\ufdfa'.repeat(n)],
  ['zero-width characters', (n: number) => '\u200b\u200d'.repeat(n)],
])('%s: it takes no longer than they are more', (_, inputOf) => {
  expect(growthOf(inputOf, 16_000, fold)).toBeLessThan(superlinear);
});
