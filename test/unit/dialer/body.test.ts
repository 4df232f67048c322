import { describe, expect, test } from '@jest/globals';
import { readBody, readBodyInTurns } from '../../../src/dialer/body.ts';
import { growthOf, superlinear } from '../../support/cpu-time.ts';
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
    expect(await readBodyInTurns(Buffer.from(text))).toEqual(readBody(text));
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
    expect(await readBodyInTurns(Buffer.from(text))).toEqual({ kind: 'text' });
  });

  test.each([
    ['one text', `"${'x'.repeat(300 * kib)}"`],
    ['a level below the maxDepth', `[[[[[${around('1')}]]]]]`],
  ])('has no value as long as this: %s', async (_name, text) => {
    expect(await readBodyInTurns(Buffer.from(text))).toEqual({ kind: 'text' });
  });
});

describe('the entries of a list', () => {
  const read = async (text: string) => {
    const entries: unknown[] = [];
    const body = await readBodyInTurns(Buffer.from(text), {
      expected: null,
      known: () => -1,
      end: () => undefined,
      read(value, bytes, start, end) {
        entries.push(value);
        expect(readBody(bytes.toString('utf8', start, end))).toEqual({ kind: 'json', value });
      },
    });
    return { body, entries };
  };
  const items = [{ a: '][}{",\\"' }, [1, { b: [] }], '云蝠', '\ud83d\ude00"', 1.5, null];
  const list = JSON.stringify(items);

  test.each([
    ['a bare list', list, []],
    ['data', `{"code":0,"data":${list},"meta":{"links":[1,2]}}`, { code: 0, data: [], meta: { links: [1, 2] } }],
    ['data in data', `{"data":{"data":${list},"total":"7"}}`, { data: { data: [], total: '7' } }],
    [
      'blanks all around',
      ` { "data" : [ ${items.map((item) => `${JSON.stringify(item)}\n`).join(' , ')} ] } `,
      { data: [] },
    ],
    ['a byte order mark', `\ufeff${list}`, []],
  ])('go to their reader, one by one: %s', async (_name, text, value) => {
    const { body, entries } = await read(text);
    expect(body).toEqual({ kind: 'json', value });
    expect(entries).toEqual(items);
  });

  test.each([
    ['an empty list', '{"data":[]}', { data: [] }],
    ['an empty object', '{}', {}],
    ['no list at all', '{"status":"error","message":"no","errors":{"name":["too long"]}}', undefined],
    ['a list elsewhere', '{"rows":[1],"meta":{"data":[2]}}', undefined],
    ['a word', 'null', null],
    ['a text', '"ok"', 'ok'],
    ['a number', '12', 12],
  ])('there are none in %s', async (_name, text, value) => {
    const { body, entries } = await read(text);
    expect(body).toEqual({ kind: 'json', value: value === undefined ? JSON.parse(text) : value });
    expect(entries).toEqual([]);
  });

  test('those that are known are passed over, and the rest must still be JSON', async () => {
    const one = '{"k":1}';
    const known = (bytes: Buffer, start: number): number =>
      bytes.toString('utf8', start, start + one.length) === one ? start + one.length : -1;
    const entries: unknown[] = [];
    const read = (value: unknown): void => void entries.push(value);
    const bodyOf = (text: string) =>
      readBodyInTurns(Buffer.from(text), { expected: null, known, read, end: () => undefined });
    expect(await bodyOf(`[${one}, {"k":2},${one}]`)).toEqual({ kind: 'json', value: [] });
    expect(entries).toEqual([{ k: 2 }]);
    for (const text of [`[${one}`, `[${one}x]`, `[${one},]`, `[${one}]]`, `[,${one}]`]) {
      expect(await bodyOf(text)).toEqual({ kind: 'text' });
    }
  });

  test.each(['', ' \n', '\ufeff'])('nothing is nothing: %j', async (text) => {
    expect((await read(text)).body).toEqual({ kind: 'empty' });
  });

  test.each([
    '<html>',
    '{"data":[',
    '{"data":[1',
    '{"data":[1}',
    '[1,]',
    '{"a":1,}',
    '{"a"}',
    '[1] 2',
    '{"data":[tru]}',
  ])('what is no JSON is text: %s', async (text) => {
    expect(readBody(text)).toEqual({ kind: 'text' });
    expect((await read(text)).body).toEqual({ kind: 'text' });
  });

  test('the very buffer that was expected is not read again', async () => {
    const body = { kind: 'json' as const, value: { data: [] } };
    const bytes = Buffer.from(list);
    const ended: unknown[] = [];
    const unused = () => {
      throw new Error('nothing is to be read');
    };
    const end = (...given: unknown[]) => void ended.push(given);
    const reader = { expected: { bytes, body }, known: unused, read: unused, end };
    expect(await readBodyInTurns(bytes, reader)).toBe(body);
    expect(ended).toEqual([[bytes, body]]);
    await expect(readBodyInTurns(Buffer.from(list), reader)).rejects.toThrow('nothing is to be read');
  });

  test('what their reader throws ends the reading', async () => {
    const failing = () => {
      throw new Error('too many');
    };
    await expect(
      readBodyInTurns(Buffer.from(list), {
        expected: null,
        known: () => -1,
        read: failing,
        end: () => undefined,
      }),
    ).rejects.toThrow('too many');
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
    const textOf = (size: number): string =>
      `["${unit.repeat(size / unit.length)}${unit.repeat(size / unit.length)},1234567890123456]`;
    expect(growthOf(textOf, 256_000, readBody)).toBeLessThan(superlinear);
  });
});
