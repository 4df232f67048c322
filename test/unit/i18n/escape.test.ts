import { describe, expect, test } from '@jest/globals';
import { escapeMarkup, inertMarkup, unescapeMarkup } from '../../../src/i18n/escape.ts';
import { growthOf, superlinear } from '../../support/cpu-time.ts';

test.each(['R&D <b>', '&amp;', '&lt;b&gt;', '<!here>', ''])('%j is escaped, and back', (text) => {
  expect(escapeMarkup(text)).not.toMatch(/[<>]/);
  expect(unescapeMarkup(escapeMarkup(text))).toBe(text);
});

describe('inert', () => {
  test.each([
    ['*a*', '\u200b*\u200ba\u200b*\u200b'],
    ['a_b_c', 'a_b_c'],
    ['a**b', 'a**b'],
    ['a** b', 'a\u200b**\u200b b'],
    ['x `y`', 'x \u200b`\u200by\u200b`\u200b'],
    [':fire: ::', ':\u200bfire: ::'],
    ['a: b:c', 'a: b:c'],
    ['\u001b[1m<b>', '[1m&lt;b&gt;'],
  ])('%j', (text, inert) => {
    expect(inertMarkup(text)).toBe(inert);
  });

  test.each([
    ['marks in a word', (n: number) => `a${'*'.repeat(n)}b`],
    ['marks', (n: number) => '*_ '.repeat(n)],
    ['colons', (n: number) => ':a'.repeat(n)],
    ['one colon', (n: number) => `:${'a'.repeat(n)}`],
    ['signs', (n: number) => '&<>'.repeat(n)],
  ])('%s: it takes no longer than they are more', (_, inputOf) => {
    expect(growthOf(inputOf, 40_000, inertMarkup)).toBeLessThan(superlinear);
  });
});
