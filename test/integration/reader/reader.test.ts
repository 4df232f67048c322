import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import type { Clock } from '../../../src/core/ports.ts';
import { readGiven } from '../../../src/reader/read.ts';
import { createReader, type Reader, type ReaderLimits } from '../../../src/reader/reader.ts';
import { build } from '../../support/built.ts';
import { workbookOf } from '../../support/core/workbook.ts';
import { eventually } from '../../support/eventually.ts';

const readers: Reader[] = [];
function readerWith(limits: Partial<ReaderLimits> = {}, clock: Clock = systemClock): Reader {
  const reader = createReader(clock, limits);
  readers.push(reader);
  return reader;
}
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
});

/** Enough for several parts of an answer, of both kinds. */
const mixed = Array.from({ length: 12_000 }, (_, index) => (index % 2 ? `138${index}` : `${13_800_000_000 + index}`));
/** Some seconds of work. */
const long = { text: '1 '.repeat(5_000_000) };
const short = { text: '13800138000' };

test.each([
  ['text', { text: mixed.join('\n') }],
  ['a file', { bytes: new TextEncoder().encode(`phone,name\n${mixed.join(',外呼\n')}`) }],
  ['a workbook', { bytes: workbookOf([{ rows: [['phone'], ...mixed.map((number) => [number])] }]) }],
])('%s is read as it would be here', async (_name, given) => {
  const list = await readerWith().readList(given);
  expect(list).toEqual(await readGiven(given));
  expect(list.ready).toHaveLength(6_000);
});

test('what is refused is refused in the same words, and the next list is read', async () => {
  const { readList } = readerWith({ options: { maxRows: 2 } });
  const picture = { bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47]) };
  await expect(readList(picture)).rejects.toMatchObject({ code: 'file_unreadable' });
  await expect(readList({ text: 'x\n'.repeat(3) })).rejects.toMatchObject({
    code: 'file_too_many_rows',
    details: { limit: 2 },
  });
  expect(await readList(short)).toMatchObject({ rows: 1 });
});

test('everything else has its turn meanwhile', async () => {
  const { readList } = readerWith();
  await readList(short);
  const order: string[] = [];
  const reading = readList(long).then(() => order.push('list'));
  for (let turn = 1; turn <= 5; turn += 1) {
    await systemClock.sleep(10);
    order.push(`turn ${turn}`);
  }
  await reading;
  expect(order).toEqual(['turn 1', 'turn 2', 'turn 3', 'turn 4', 'turn 5', 'list']);
});

describe('a list beyond the limits is stopped, and nothing but it is lost', () => {
  test('of time', async () => {
    const timesUp: (() => void)[] = [];
    const clock: Clock = {
      ...systemClock,
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          timesUp.push(resolve);
          signal?.addEventListener('abort', () => resolve());
        }),
    };
    const { readList } = readerWith({}, clock);
    const [slow, next] = [readList(long), readList(short)].map((reading) => reading.catch((error) => error));
    await eventually(() => timesUp.length === 1);
    timesUp[0]?.();
    expect(await slow).toMatchObject({ code: 'file_too_slow' });
    expect(await next).toMatchObject({ rows: 1 });
  });

  test('of memory', async () => {
    const { readList } = readerWith({ maxMemoryMb: 48 });
    const hungry = { text: `${'1,'.repeat(40)}\n`.repeat(90_000) };
    await expect(readList(hungry)).rejects.toMatchObject({ code: 'file_too_complex' });
    expect(await readList(short)).toMatchObject({ rows: 1 });
  });
});

test('lists wait for one another, up to a number', async () => {
  const { readList } = readerWith({ maxWaiting: 2 });
  const all = await Promise.allSettled([short, short, short, short].map(readList));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
  expect(all[3]).toMatchObject({ reason: { code: 'reader_busy' } });
  expect(await readList(short)).toMatchObject({ rows: 1 });
});

test('closing ends what is being read and what waits', async () => {
  const reader = readerWith();
  await reader.readList(short);
  const open = [reader.readList(long), reader.readList(short)].map((one) => one.catch(({ code }) => code));
  await systemClock.sleep(20);
  await reader.close();
  expect(await Promise.all(open)).toEqual(['internal', 'internal']);
  await expect(reader.readList(short)).rejects.toMatchObject({ code: 'internal' });
});

test('the production build reads too, and an idle worker keeps no process alive', async () => {
  const built = await build();
  try {
    const script = `
      const { createReader } = await import(${JSON.stringify(built.entry('reader/reader'))});
      const { systemClock } = await import(${JSON.stringify(built.entry('clock'))});
      const { ready } = await createReader(systemClock).readList({ text: '13800138000' });
      console.log(JSON.stringify(ready));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout.trim()).toBe('[{"phone":"13800138000","name":null,"line":1}]');
  } finally {
    await built.remove();
  }
}, 90_000);
