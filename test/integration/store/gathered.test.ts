import { expect, test } from '@jest/globals';
import { gathered } from '../../../src/store/gathered.ts';

/** A table that refuses a write with such a key, as a whole. */
function table(isBad: (key: string) => boolean = () => false) {
  const writes: string[][] = [];
  const rows = new Map<string, number>();
  const put = gathered<{ key: string; value: number }>({
    keyOf: ({ key }) => key,
    async write(items) {
      writes.push(items.map(({ key }) => key));
      if (items.some(({ key }) => isBad(key))) throw new Error('refused');
      for (const { key, value } of items) rows.set(key, value);
    },
  });
  return { writes, rows, put: (key: string, value: number) => put({ key, value }) };
}

test('what is to be written at the same time is one write, of which the later of a key counts', async () => {
  const { put, writes, rows } = table();
  await Promise.all([put('a', 1), put('b', 2), put('a', 3)]);
  expect(writes).toEqual([['a', 'b']]);
  expect([...rows]).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
  await put('c', 4);
  expect(writes).toHaveLength(2);
});

test('one that is refused holds up no other, and its own call says so', async () => {
  const { put, rows } = table((key) => key === 'bad');
  const results = await Promise.allSettled(['a', 'bad', 'b'].map((key, i) => put(key, i)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect([...rows.keys()]).toEqual(['a', 'b']);
});

test('writes never overtake one another', async () => {
  const { put, writes } = table();
  const first = put('a', 1);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([first, put('a', 2), put('b', 3)]);
  expect(writes.flat()).toEqual(['a', 'a', 'b']);
});
