import { describe, expect, test } from '@jest/globals';
import { readBody, readBodyInTurns } from '../../../src/dialer/body.ts';
import { growthOf } from '../../support/cpu-time.ts';
import { entity } from '../../support/dialer/platform.ts';

describe('readBody', () => {
  test('keeps integers that a number cannot hold, to the last digit', () => {
    const text = '{"id":123456789012345678,"list":[-9007199254740993, 9007199254740991,900719925474099267]}';
    expect(readBody(text)).toEqual({
      kind: 'json',
      value: { id: '123456789012345678', list: ['-9007199254740993', 9007199254740991, '900719925474099267'] },
    });
  });

  test('leaves digits inside of strings, fractions and exponents alone', () => {
    const value = { a: 'id 123456789012345678, "quoted" \\', 'k 123456789012345678': 1.25, b: 0.12345678901234568 };
    expect(readBody(`${JSON.stringify(value).slice(0, -1)},"c":1e21}`)).toEqual({
      kind: 'json',
      value: { ...value, c: 1e21 },
    });
  });

  test('tells nothing, text and JSON apart', () => {
    expect(readBody(' \n')).toEqual({ kind: 'empty' });
    expect(readBody('<html>')).toEqual({ kind: 'text' });
    expect(readBody('{"data":[')).toEqual({ kind: 'text' });
    expect(readBody('{"id":123456789012345678,"name":"unfinished')).toEqual({ kind: 'text' });
    expect(readBody('null')).toEqual({ kind: 'json', value: null });
  });
});

describe('a long body', () => {
  const kib = 1024;
  const filler = 'x'.repeat(60 * kib);
  /** Longer than one step, around what is given as JSON. */
  const around = (json: string): string => `{"data":[${`"${filler}",`.repeat(6)}${json}]}`;

  test.each([
    ['entities', JSON.stringify({ data: Array.from({ length: 300 }, (_, index) => entity(`task-${index}`)) })],
    [
      'a bare list, with blanks',
      JSON.stringify(
        Array.from({ length: 300 }, () => entity('a')),
        null,
        2,
      ),
    ],
    ['signs and escapes within texts', around(JSON.stringify(['}]",:[{', '\\', '\\"', '\u2028"\\\\']))],
    ['words, numbers and large integers', around('null, true ,1e3,-0.5,123456789012345678,{"a":9007199254740993}')],
    ['large lists in large lists', `[${around('1')},${around('{}')},[],{}]`],
    ['a key that is none of a usual object', around('{"__proto__":1}').replace('"data"', '"__proto__"')],
  ])('is what a short one would be: %s', async (_name, text) => {
    expect(text.length).toBeGreaterThan(256 * kib);
    expect(await readBodyInTurns(text)).toEqual(readBody(text));
  });

  test.each([
    ['cut off', around('1').slice(0, -1)],
    ['text after the end', `${around('1')}x`],
    ['a missing comma', around('1 2')],
    ['a comma too many', around('1,')],
    ['a key without a value', `{"a":${around('1')},"b"}`],
    ['a key that is no text', `{a:${around('1')}}`],
    ['a word that is none', around('nul')],
    ['HTML', `<html>${filler.repeat(6)}</html>`],
    ['blanks', ' '.repeat(300 * kib)],
  ])('is no JSON: %s', async (_name, text) => {
    expect(readBody(text).kind).not.toBe('json');
    expect(await readBodyInTurns(text)).toEqual({ kind: 'text' });
  });

  test.each([
    ['one text', `"${'x'.repeat(300 * kib)}"`],
    ['a level below the maxDepth', `[[[[[${around('1')}]]]]]`],
  ])('has no value as long as this: %s', async (_name, text) => {
    expect(await readBodyInTurns(text)).toEqual({ kind: 'text' });
  });
});

describe('costs no more than its length', () => {
  test.each([
    ['escaped quotes', '\\"'],
    ['backslashes', '\\'],
    ['quotes', '"'],
    ['brackets', '['],
    ['signs', '-'],
    ['digits', '1'],
    ['short numbers', '1234567890123456,'],
    ['fifteen digits', '123456789012345 '],
  ])('%s', (_name, unit) => {
    const text = (size: number): string =>
      `["${unit.repeat(size / unit.length)}${unit.repeat(size / unit.length)},1234567890123456]`;
    const [once, twice] = [text(500_000), text(1_000_000)];
    expect(
      growthOf(
        () => readBody(once),
        () => readBody(twice),
      ),
    ).toBeLessThan(3);
  });
});
