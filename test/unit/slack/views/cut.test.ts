import { expect, test } from '@jest/globals';
import { cut } from '../../../../src/slack/views/cut.ts';

/** A text between whose characters every cut is tried: letters, Han, a flag, a family, accents, line ends, a prefix. */
const pieces = ['a', '线', '🇨🇳', '👩‍👩‍👧', 'e\u0301', '\r\n', '\u0600', ' ', 'é', '路', 'b', '한', '1️⃣', '-', 'कि'];

test('every cut falls between characters as people see them', () => {
  const texts = pieces.flatMap((one) =>
    pieces.flatMap((two) => [`${one}${two}`.repeat(6), `ab线路${one}${two}cd时间`]),
  );
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const wrong: unknown[] = [];
  for (const text of texts) {
    const starts = new Set([...graphemes.segment(text)].map(({ index }) => index));
    for (let max = 1; max < text.length; max += 1) {
      const shown = cut(text, max);
      const kept = shown.slice(0, -1);
      // Blanks at the end go, so the cut is before or after them.
      const rest = text.slice(kept.length).search(/\S|$/) + kept.length;
      const whole = text.startsWith(kept) && [kept.length, rest].some((index) => starts.has(index));
      if (shown.length > max || !whole) wrong.push([text, max, shown]);
    }
    if (cut(text, text.length) !== text) wrong.push(text);
  }
  expect(wrong).toEqual([]);
});

test('as much as fits is kept', () => {
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('尊享线路', 3)).toBe('尊享…');
  expect(cut('ab👩‍👩‍👧cd', 6)).toBe('ab…');
});
