import { describe, expect, test } from '@jest/globals';
import { linesOf, textOf } from '../../../../src/core/imports/text.ts';

const lines = (parts: Iterable<string>): string[] => [...linesOf(parts)].flat();

describe('lines are the same, wherever a text is cut', () => {
  test.each(['', 'a', 'a\n', 'a\r\nb\rc\n\r\nd', '\ufeffa\r\n\r\nb', '\r\n', '\r\r\n\n', '甲\r\n𠮷\n'])(
    '%j',
    (text) => {
      const expected = text
        .replace(/^\ufeff/, '')
        .replace(/\r\n?/g, '\n')
        .split('\n');
      expect(lines([text])).toEqual(expected);
      expect(lines(text.split(''))).toEqual(expected);
      for (let at = 0; at <= text.length; at += 1)
        expect([at, ...lines([text.slice(0, at), '', text.slice(at)])]).toEqual([at, ...expected]);
    },
  );
});

test('a line that is longer than many parts is put together', () => {
  const long = 'x'.repeat(300_000);
  expect(lines(textOf(`a\n${long}\nb`)())).toEqual(['a', long, 'b']);
});
