import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/clock.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { FileSource } from '../../../src/core/imports/read.ts';
import type { ListPiece } from '../../../src/core/model/numbers.ts';
import type { Clock } from '../../../src/core/ports.ts';
import { createReader, type Reader, type ReaderLimits } from '../../../src/reader/reader.ts';
import { build } from '../../support/built.ts';
import { readGiven } from '../../support/core/read-list.ts';
import { whole } from '../../support/core/whole-list.ts';
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
const leave = async (): Promise<void> => undefined;

test.each([
  ['text', { text: mixed.join('\n') }],
  ['a file', { bytes: new TextEncoder().encode(`phone,name\n${mixed.join(',外呼\n')}`) }],
  ['a workbook', { bytes: workbookOf([{ rows: [['phone'], ...mixed.map((number) => [number])] }]) }],
])('%s is read as it would be here', async (_name, given) => {
  const pieces: ListPiece[] = [];
  const summary = await readerWith().readList(given, async (piece) => {
    pieces.push(piece);
  });
  const list = whole(pieces, summary);
  expect(list).toEqual(await readGiven(given));
  expect(pieces.length).toBeGreaterThan(3);
  expect(list.ready).toHaveLength(6_000);
});

test('what is refused is refused in the same words, and the next list is read', async () => {
  const { readList } = readerWith({ options: { maxRows: 2 } });
  const picture = { bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47]) };
  await expect(readList(picture, leave)).rejects.toMatchObject({ code: 'file_unreadable' });
  await expect(readList({ text: 'x\n'.repeat(3) }, leave)).rejects.toMatchObject({
    code: 'file_too_many_rows',
    details: { limit: 2 },
  });
  expect(await readList(short, leave)).toMatchObject({ rows: 1 });
});

test('everything else has its turn meanwhile', async () => {
  const { readList } = readerWith();
  await readList(short, leave);
  const order: string[] = [];
  const reading = readList(long, leave).then(() => order.push('list'));
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
    const [slow, next] = [readList(long, leave), readList(short, leave)].map((reading) =>
      reading.catch((error) => error),
    );
    // The first was that of handing the list over.
    await eventually(() => timesUp.length === 2);
    timesUp[1]?.();
    expect(await slow).toMatchObject({ code: 'file_too_slow' });
    expect(await next).toMatchObject({ rows: 1 });
  });

  test('of memory', async () => {
    const { readList } = readerWith({ maxMemoryMb: 48 });
    const hungry = { text: '1,'.repeat(8_000_000) };
    await expect(readList(hungry, leave)).rejects.toMatchObject({ code: 'file_too_complex' });
    expect(await readList(short, leave)).toMatchObject({ rows: 1 });
  });
});

test('the worker waits for who takes the pieces, whose time is not its own', async () => {
  const elapsed = { ms: 0 };
  const { readList } = readerWith({ maxMs: 30_000 }, { ...systemClock, elapsed: () => elapsed.ms });
  let taken = 0;
  let before = 0;
  const list = await readList({ text: mixed.join('\n') }, async ({ ready, rejected }) => {
    expect(before).toBe(taken);
    before += 1;
    await systemClock.sleep(5);
    elapsed.ms += 29_000;
    taken += 1;
    expect(ready.length + rejected.length).toBeLessThanOrEqual(250);
  });
  expect([taken, list.rows]).toEqual([48, 12_000]);
});

describe('a file that comes in parts', () => {
  const bytes = new TextEncoder().encode(`phone\n${mixed.join('\n')}`);

  test('is read, also when it begins anew', async () => {
    const file: FileSource = async (take) => {
      await take(bytes.subarray(0, 70_000));
      await take(null);
      for (let from = 0; from < bytes.length; from += 10_000) await take(bytes.subarray(from, from + 10_000));
    };
    const { rows, ready } = await readerWith().readList({ file }, leave);
    expect([rows, ready.count]).toEqual([12_001, 6_000]);
  });

  test('that fails, never comes, or is too large is no list, and the next one is read', async () => {
    const reader = readerWith({ options: { maxMb: 1 } });
    const lost = new AppError('file_download_failed', 'no answer');
    const failing: FileSource = async (take) => {
      await take(bytes);
      throw lost;
    };
    await expect(reader.readList({ file: failing }, leave)).rejects.toBe(lost);
    const never: FileSource = () => new Promise(() => {});
    await expect(readerWith({ maxMs: 200 }).readList({ file: never }, leave)).rejects.toMatchObject({
      code: 'file_too_slow',
    });
    const endless: FileSource = async (take) => {
      for (;;) await take(bytes);
    };
    await expect(reader.readList({ file: endless }, leave)).rejects.toMatchObject({ code: 'file_too_large' });
    expect(await reader.readList(short, leave)).toMatchObject({ rows: 1 });
  });
});

test('what the taker throws ends the reading, and the next list is read', async () => {
  const { readList } = readerWith();
  const full = new AppError('store_failed', 'the store is full');
  const refusing = async (): Promise<void> => {
    throw full;
  };
  await expect(readList({ text: mixed.join('\n') }, refusing)).rejects.toBe(full);
  expect(await readList(short, leave)).toMatchObject({ rows: 1 });
});

test('lists wait for one another, up to a number', async () => {
  const { readList } = readerWith({ maxWaiting: 2 });
  const all = await Promise.allSettled([short, short, short, short].map((one) => readList(one, leave)));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
  expect(all[3]).toMatchObject({ reason: { code: 'reader_busy' } });
  expect(await readList(short, leave)).toMatchObject({ rows: 1 });
});

test('closing ends what is being read and what waits', async () => {
  const reader = readerWith();
  await reader.readList(short, leave);
  const open = [reader.readList(long, leave), reader.readList(short, leave)].map((one) =>
    one.catch(({ code }) => code),
  );
  await systemClock.sleep(20);
  await reader.close();
  expect(await Promise.all(open)).toEqual(['internal', 'internal']);
  await expect(reader.readList(short, leave)).rejects.toMatchObject({ code: 'internal' });
});

test('the production build reads too, and an idle worker keeps no process alive', async () => {
  const built = await build();
  try {
    const script = `
      const { createReader } = await import(${JSON.stringify(built.entry('reader/reader'))});
      const { systemClock } = await import(${JSON.stringify(built.entry('clock'))});
      const { ready } = await createReader(systemClock).readList({ text: '13800138000' }, async () => {});
      console.log(JSON.stringify(ready));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout.trim()).toBe('{"count":1,"first":[{"phone":"13800138000","name":null,"line":1}]}');
  } finally {
    await built.remove();
  }
});
