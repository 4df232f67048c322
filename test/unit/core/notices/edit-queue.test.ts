import { beforeEach, describe, expect, test } from '@jest/globals';
import { createEditQueue, type EditQueue } from '../../../../src/core/notices/edit-queue.ts';
import { createPace } from '../../../../src/core/notices/pace.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';

let clock: ManualClock;
let queue: EditQueue;
let made: string[];
let stopping: AbortController;
let held: boolean;

beforeEach(() => {
  clock = createManualClock();
  made = [];
  held = false;
  stopping = new AbortController();
  const pace = createPace(60, 1, clock.elapsed());
  queue = createEditQueue({ pace, clock, held: () => held, signal: stopping.signal });
});

/** An edit that takes no time; `after` is done by it. */
const edit = (id: string, { urgent = false, inMs = 0, after = (): Promise<void> => Promise.resolve() } = {}) => ({
  id,
  urgent,
  notBefore: clock.elapsed() + inMs,
  prepare: async () => async () => {
    made.push(id);
    await after();
  },
});
const put = (...ids: string[]): void => {
  for (const id of ids) queue.put(edit(id));
};
const seconds = (n: number): Promise<void> => clock.advance(n * 1_000);

describe('the queue of edits', () => {
  test('one after the other, the longest waiting first', async () => {
    put('a', 'b', 'c');
    await queue.advance();
    expect(made).toEqual(['a']);
    await seconds(1);
    expect(made).toEqual(['a', 'b']);
    await seconds(5);
    expect(made).toEqual(['a', 'b', 'c']);
  });

  test('one that is in the queue keeps its place and is made once, in its newest form', async () => {
    put('a', 'b');
    queue.put({ ...edit('b'), prepare: async () => async () => void made.push('newest b') });
    put('c', 'a');
    await queue.advance();
    await seconds(10);
    expect(made).toEqual(['a', 'newest b', 'c']);
  });

  test('a change of state goes before figures, one that becomes one as well', async () => {
    put('a', 'b', 'c', 'd');
    queue.put(edit('new', { urgent: true }));
    queue.put(edit('c', { urgent: true }));
    await queue.advance();
    await seconds(10);
    expect(made).toEqual(['new', 'c', 'a', 'b', 'd']);
  });

  test('figures get one turn in four, however many changes of state come', async () => {
    put('figures 1', 'figures 2');
    for (let n = 1; n <= 9; n += 1) queue.put(edit(`state ${n}`, { urgent: true }));
    await queue.advance();
    await seconds(20);
    expect(made.indexOf('figures 1')).toBe(3);
    expect(made.indexOf('figures 2')).toBe(7);
    expect(made).toHaveLength(11);
  });

  test('what is not due yet holds nobody up, and stands behind those who waited longer', async () => {
    queue.put(edit('later', { inMs: 2_500 }));
    put('a', 'b', 'c', 'd');
    await queue.advance();
    await seconds(10);
    expect(made).toEqual(['a', 'b', 'c', 'd', 'later']);
  });

  test('comes by itself when it is due', async () => {
    queue.put(edit('later', { inMs: 30_000 }));
    await queue.advance();
    await seconds(29);
    expect(made).toEqual([]);
    await seconds(1);
    expect(made).toEqual(['later']);
  });

  test('what turns out to be needless costs no time', async () => {
    for (let n = 0; n < 50; n += 1) queue.put({ ...edit(`same ${n}`), prepare: async () => null });
    put('a');
    await queue.advance();
    expect(made).toEqual(['a']);
  });

  test('an edit that hangs does not stop the others', async () => {
    queue.put(edit('hangs', { after: () => clock.sleep(60_000) }));
    put('a', 'b');
    void queue.advance();
    await seconds(3);
    expect(made).toEqual(['hangs', 'a', 'b']);
  });

  test('so many that hang are waited for', async () => {
    for (let n = 0; n < 20; n += 1) queue.put(edit(`${n}`, { after: () => clock.sleep(60_000) }));
    void queue.advance();
    await seconds(30);
    expect(made).toHaveLength(8);
    await seconds(60);
    expect(made.length).toBeGreaterThan(8);
  });

  test('one that could not be made goes first', async () => {
    put('a', 'b', 'c');
    await queue.advance();
    queue.putFirst(edit('a'));
    await seconds(5);
    expect(made).toEqual(['a', 'a', 'b', 'c']);
  });

  test('`advance` lasts until what someone waits for is made', async () => {
    put('a', 'b', 'c');
    queue.put({ ...edit('correction', { urgent: true }), awaited: true });
    await queue.advance();
    expect(made).toEqual(['correction']);
    queue.put({ ...edit('another', { urgent: true }), awaited: true });
    await clock.until(queue.advance());
    expect(made).toEqual(['correction', 'another']);
  });

  test('while held nothing is begun but a probe; then everything goes on', async () => {
    held = true;
    put('a', 'b', 'c');
    await queue.advance();
    await seconds(60);
    expect(made).toEqual([]);
    await queue.probe();
    expect(made).toEqual(['a']);
    held = false;
    await queue.advance();
    await seconds(5);
    expect(made).toEqual(['a', 'b', 'c']);
  });

  test('a stop ends it', async () => {
    put('a', 'b');
    await queue.advance();
    stopping.abort();
    await seconds(60);
    expect(made).toEqual(['a']);
  });
});
