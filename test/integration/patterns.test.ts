import { describe, expect, test } from '@jest/globals';
import { maskPhonesIn } from '../../src/core/text/phone-mask.ts';
import { cpuTimeOf, growthOf, superlinear } from '../support/cpu-time.ts';
import { hostileTexts, patternsOf, unitsOf } from '../support/patterns.ts';

/**
 * Every pattern of the product, taken from its sources so that a new one is tried too, on long texts of its own
 * characters. What someone else wrote must never cost more than its length.
 */

const usualLength = 8_000;
/** Below this, ms, a text of that length was certainly not gone through once per character. */
const certainlyLinear = 2;

/** The first text for which `act` grows faster than its length; null when there is none. */
function firstSuperlinear(
  act: (text: string) => void,
  units: ReturnType<typeof unitsOf>,
  length = usualLength,
): string | null {
  for (const unit of hostileTexts(units)) {
    if (cpuTimeOf(() => act(unit(length))) < certainlyLinear) continue;
    const growth = growthOf(unit, length, act);
    if (growth >= superlinear) return `${JSON.stringify(unit(8))}…: ${growth.toFixed(1)}`;
  }
  return null;
}

const { patterns, builders } = patternsOf('src');

test('all patterns are found', () => {
  expect(patterns.length).toBeGreaterThan(80);
  expect(builders).toEqual(['core/text/phone-mask.ts']);
});

describe('the trial finds what is not linear', () => {
  const known = [/\s+$/, /“[^”]*”|x/, /<#([A-Z0-9]+)(?:\|[^>]*)?>/, /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/, /^x|\d+\.\d+e/];
  test.each(known)('%s', (pattern) => {
    const act = (text: string): void => void text.replaceAll(new RegExp(pattern, 'g'), '');
    expect(firstSuperlinear(act, unitsOf(pattern.source))).not.toBeNull();
  });
});

describe('linear', () => {
  test.each(patterns.map(({ file, source, flags }) => [`${file} /${source}/${flags}`, source, flags]))(
    '%s',
    (_name, source, flags) => {
      const pattern = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
      expect(firstSuperlinear((text) => void text.replaceAll(pattern, ''), unitsOf(source))).toBeNull();
    },
  );

  test('masking of numbers in free text', () => {
    const characters = [...'0123458+-. ()eEa\u00a0\u2010外'];
    expect(
      firstSuperlinear(maskPhonesIn, { characters, sequences: ['+86 1', '0086', '138-', '1.38E', '0571-'] }),
    ).toBeNull();
  });
});
