import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { copyDatabase, copyPrivately } from '../../../src/store/snapshot.ts';

/** A bot that writes while its database is copied, at the moments that are worst. */

let home: string;
let file: string;
let writer: Libsql.Database;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'dialdeck-snapshot-'));
  file = join(home, 'dialdeck.db');
  writer = new Libsql(file);
  writer.exec('pragma journal_mode = wal');
  writer.exec('pragma wal_autocheckpoint = 0');
  writer.exec('create table pairs (id integer primary key, one integer, two integer, filler text)');
  for (let id = 0; id < 40; id += 1)
    writer.prepare('insert into pairs values (?, 0, 0, ?)').run([id, 'x'.repeat(2_000)]);
});
afterEach(async () => {
  writer.close();
  await rm(home, { recursive: true, force: true });
});

/** Some of the pairs get their next value; the two of a pair are always equal. */
let count = 0;
function write(): void {
  count += 1;
  writer.exec('begin immediate');
  writer.prepare('update pairs set one = ? where id % 3 = ?').run([count, count % 3]);
  writer.prepare('update pairs set two = ? where id % 3 = ?').run([count, count % 3]);
  writer.exec('commit');
}
const checkpoint = (mode: 'passive' | 'truncate'): void => void writer.exec(`pragma wal_checkpoint(${mode})`);

/** The log is begun anew, with other pages than it had. */
function beginAnew(): void {
  write();
  checkpoint('truncate');
  write();
}

/** What a copy holds when `meanwhile` happens between its two parts, in the first `times` tries. */
async function copied(meanwhile: () => void, times: number): Promise<{ values: number[]; tries: number }> {
  const copy = join(home, 'copy.db');
  let tries = 0;
  await copyDatabase(file, copy, async (from, to) => {
    await copyPrivately(from, to);
    if (from !== file) return;
    tries += 1;
    if (tries <= times) meanwhile();
  });
  const reader = new Libsql(copy);
  const [checked] = reader.prepare('pragma integrity_check').all() as { integrity_check: string }[];
  expect(checked).toMatchObject({ integrity_check: 'ok' });
  const pairs = reader.prepare('select one, two from pairs').all() as { one: number; two: number }[];
  reader.close();
  expect(pairs).toHaveLength(40);
  expect(pairs.filter(({ one, two }) => one !== two)).toEqual([]);
  return { values: [...new Set(pairs.map(({ one }) => one))].sort((a, b) => a - b), tries };
}

/** How the database is when the copy begins. */
const states: Record<string, () => void> = {
  'its log holds everything': () => undefined,
  'its log holds the latest': () => {
    checkpoint('truncate');
    write();
  },
  'its log is empty': () => checkpoint('truncate'),
};

describe.each(Object.entries(states))('while %s', (_, prepare) => {
  test.each([0, 1, 2, 5])('a log that is begun anew in the first %i tries is copied once it is not', async (times) => {
    for (let i = 0; i < 4; i += 1) write();
    prepare();
    const { values, tries } = await copied(beginAnew, times);
    expect(tries).toBe(times + 1);
    expect(values).toEqual([count - 2, count - 1, count]);
  });

  test.each<[string, () => void]>([
    ['more is written', write],
    [
      'its pages are moved into the file',
      () => {
        write();
        checkpoint('passive');
      },
    ],
  ])('and %s, it is whole', async (_name, meanwhile) => {
    for (let i = 0; i < 4; i += 1) write();
    prepare();
    await copied(meanwhile, 1);
  });
});

test('one whose log is begun anew all the time is refused', async () => {
  write();
  await expect(copied(beginAnew, Number.POSITIVE_INFINITY)).rejects.toMatchObject({ code: 'store_failed' });
});
