import {
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { systemClock } from '../../../src/clock.ts';
import { noAccounts } from '../../../src/core/access/ownership.ts';
import type { ImportRun } from '../../../src/core/model/import-run.ts';
import { backUp, restoreFrom } from '../../../src/store/backup.ts';
import type { NumberSecrets } from '../../../src/store/db.ts';
import { moveStore } from '../../../src/store/move.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { recordingLog } from '../../support/real-store.ts';
import { engines, makeDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import { importBatch, importRun, noticeItem, phone, reading } from '../../support/store/samples.ts';

reportSkipped();

const owner = { workspace: 'T1', app: 'A1', platform: 'dialer.example', accounts: noAccounts };
const noKey: NumberSecrets = { key: null, previous: null };
const threeBatches = (run: string) => [0, 1, 2].map((ordinal) => importBatch(run, ordinal));

let home: string;
let dataDir: string;
let folder: string;
let stores: Store[];
let now: number;
const clock = { ...systemClock, now: () => now };
const log = recordingLog();
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'dialdeck-backup-'));
  [dataDir, folder] = [join(home, 'data'), join(home, 'backups')];
  [stores, now] = [[], Date.UTC(2026, 0, 5, 1, 0, 0)];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await rm(home, { recursive: true, force: true });
});

/**
 * What is in the folder now, in a folder of its own: libsql keeps a file open after it is closed, and a restoration finds
 * that out.
 */
async function elsewhere(): Promise<string> {
  const copy = await mkdtemp(join(home, 'elsewhere-'));
  for (const name of await readdir(dataDir)) await copyFile(join(dataDir, name), join(copy, name));
  return copy;
}

async function open(
  at: { dataDir: string; databaseUrl?: string | null } = { dataDir },
  numbers = noKey,
): Promise<Store> {
  const store = await openStore({ databaseUrl: null, ...at, numbers, clock, log });
  stores.push(store);
  return store;
}
const copies = (numbers = noKey, at = dataDir) => ({ dataDir: at, numbers, clock, log });
const file = (at = dataDir): string => join(at, 'dialdeck.db');
const watch = (store: Store, taskId: string) => store.addWatch({ taskId, channel: 'C1', owner: 'U1', createdAt: 1 });
const watched = async (store: Store): Promise<string[]> => (await store.watches()).map(({ taskId }) => taskId).sort();

describe('a backup', () => {
  test('is one file of its owner, named by its time, checked, and holds what the log holds', async () => {
    const store = await open();
    await watch(store, 't1');
    const made = await backUp(folder, 3, copies());
    expect(made.file).toBe(join(folder, 'dialdeck-20260105T010000Z.db'));
    expect(made.report).toMatchObject({ watches: 1, openImports: 0, numbersKey: 'none' });
    expect((await stat(made.file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['dialdeck-20260105T010000Z.db']);
  });

  test('leaves the newest ones and every other file', async () => {
    await watch(await open(), 't1');
    await mkdir(folder, { recursive: true });
    for (const name of ['notes.txt', 'dialdeck.db', 'dialdeck-20200101T000000Z.db.gz'])
      await writeFile(join(folder, name), '');
    for (let count = 0; count < 5; count += 1) {
      if (count !== 3) now += 60_000;
      await backUp(folder, 3, copies());
    }
    expect((await readdir(folder)).sort()).toEqual([
      'dialdeck-20200101T000000Z.db.gz',
      'dialdeck-20260105T010300Z-2.db',
      'dialdeck-20260105T010300Z.db',
      'dialdeck-20260105T010400Z.db',
      'dialdeck.db',
      'notes.txt',
    ]);
  });

  test('of a database that a link leads to holds what its log holds', async () => {
    await (await open()).close();
    const disk = join(home, 'disk');
    await mkdir(disk);
    await rename(file(), join(disk, 'calls.db'));
    await rm(`${file()}-wal`, { force: true });
    await rm(`${file()}-shm`, { force: true });
    await symlink(join(disk, 'calls.db'), file());
    await watch(await open(), 't1');
    expect((await stat(join(disk, 'calls.db-wal'))).size).toBeGreaterThan(0);
    expect((await backUp(folder, 3, copies())).report.watches).toBe(1);
  });

  test('removes what one left that was killed, and nothing of one that may be at work', async () => {
    await watch(await open(), 't1');
    for (const name of ['.unfinished-killed', '.unfinished-at-work', '.other-killed']) {
      await mkdir(join(folder, name), { recursive: true });
      await writeFile(join(folder, name, 'dialdeck.db'), 'a copy');
    }
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    for (const name of ['.unfinished-killed', '.other-killed']) await utimes(join(folder, name), longAgo, longAgo);
    await backUp(folder, 3, copies());
    expect((await readdir(folder)).sort()).toEqual([
      '.other-killed',
      '.unfinished-at-work',
      'dialdeck-20260105T010000Z.db',
    ]);
  });

  test('where there is no store says so, and creates nothing', async () => {
    await expect(backUp(join(dataDir, 'backups'), 3, copies())).rejects.toMatchObject({
      message: `store: there is none in DATA_DIR (${dataDir})`,
    });
    expect(await readdir(home)).toEqual([]);
  });

  test('of a damaged database fails and leaves no file', async () => {
    const store = await open();
    for (let id = 0; id < 200; id += 1) await watch(store, `task-${id}-${'x'.repeat(200)}`);
    await store.close();
    const bytes = await readFile(file());
    bytes.fill(0xff, 20_000, 30_000);
    await writeFile(file(), bytes);
    await expect(backUp(folder, 3, copies())).rejects.toMatchObject({ code: 'store_failed' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a restoration', () => {
  async function backedUp(): Promise<string> {
    const store = await open();
    await store.claimStore(owner);
    await watch(store, 'before');
    const { file: copy } = await backUp(folder, 3, copies());
    await watch(store, 'after');
    await store.close();
    return copy;
  }

  test('puts the copy back, keeps the former database aside, and nothing of its log is left', async () => {
    const copy = await backedUp();
    // As a killed bot leaves it: the last writes are in the log.
    const writer = new Libsql(file());
    writer.exec("update watches set channel = 'of the log'");
    const target = await elsewhere();
    writer.close();
    expect((await stat(`${file(target)}-wal`)).size).toBeGreaterThan(0);

    const { aside } = await restoreFrom(copy, copies(noKey, target));
    expect((await readdir(target)).sort()).toEqual(['before-restore-20260105T010000Z.db', 'dialdeck.db']);
    expect((await stat(file(target))).mode & 0o777).toBe(0o600);
    expect(await watched(await open({ dataDir: target }))).toEqual(['before']);
    const former = new Libsql(aside ?? '');
    expect(former.prepare('select distinct channel from watches').all()).toEqual([{ channel: 'of the log' }]);
    former.close();
  });

  test('twice of one copy: the second one takes no number that the first one issued', async () => {
    const store = await open();
    await store.claimStore(owner);
    await store.saveReadings([{ reading: reading('t1', 5), notices: [] }]);
    const { file: copy } = await backUp(folder, 3, copies());
    await store.close();
    const issued: number[] = [];
    for (const target of ['first', 'second', 'third']) {
      await restoreFrom(copy, copies(noKey, join(home, target)));
      const restored = await open({ dataDir: join(home, target) });
      const { readings } = await restored.versions();
      issued.push(readings);
    }
    const [first = 0, second = 0, third = 0] = [...issued].sort((a, b) => a - b);
    expect(Math.min(second - first, third - second)).toBeGreaterThan(1_000_000);
    expect(Number.isSafeInteger(third * 500)).toBe(true);
  });

  test('of another workspace, in the place of a store, is refused; of one that changed its address it is not', async () => {
    const copy = await backedUp();
    for (const [change, words] of [
      [{ workspace: 'T2', app: 'A2' }, /the backup is of another workspace and app than the store in DATA_DIR/],
      [{ app: 'A2' }, /the backup is of another app than/],
      [{ platform: 'calls.example' }, null],
    ] as const) {
      const target = await mkdtemp(join(home, 'of-another-'));
      const store = await open({ dataDir: target });
      await store.claimStore({ ...owner, ...change });
      await store.close();
      const moved = join(target, 'stopped');
      await mkdir(moved);
      for (const name of ['dialdeck.db', 'dialdeck.db-wal'])
        await copyFile(join(target, name), join(moved, name)).catch(() => undefined);
      const restoring = restoreFrom(copy, copies(noKey, moved));
      if (words === null) await restoring;
      else
        await expect(restoring).rejects.toMatchObject({
          code: 'store_not_ours',
          message: expect.stringMatching(words),
        });
      expect((await readdir(moved)).filter((name) => name.startsWith('before-')).length).toBe(words === null ? 1 : 0);
    }
  });

  test('through a link: what it leads to is replaced, and the former one is beside it', async () => {
    const copy = await backedUp();
    const [target, disk] = [join(home, 'linked'), join(home, 'disk')];
    for (const made of [target, disk]) await mkdir(made);
    for (const name of await readdir(dataDir))
      await copyFile(join(dataDir, name), join(disk, name.replace('dialdeck.db', 'calls.db')));
    await symlink(join(disk, 'calls.db'), file(target));
    const { aside } = await restoreFrom(copy, copies(noKey, target));
    expect((await lstat(file(target))).isSymbolicLink()).toBe(true);
    expect(aside).toBe(join(disk, 'before-restore-20260105T010000Z.db'));
    expect((await readdir(disk)).sort()).toEqual(['before-restore-20260105T010000Z.db', 'calls.db']);
    expect(await watched(await open({ dataDir: target }))).toEqual(['before']);
  });

  test('is refused while a bot runs, and changes nothing', async () => {
    const copy = await backedUp();
    const target = await elsewhere();
    const running = await open({ dataDir: target });
    const refused = { message: expect.stringContaining('a bot is running') };
    await expect(restoreFrom(copy, copies(noKey, target))).rejects.toMatchObject(refused);
    expect(await watched(running)).toEqual(['after', 'before']);
    await watch(running, 'still writable');
    expect((await readdir(target)).filter((name) => !name.startsWith('dialdeck.db'))).toEqual([]);
  });

  test('of what is no backup, or damaged, is refused and changes nothing', async () => {
    const copy = await backedUp();
    const text = join(home, 'text.db');
    await writeFile(text, 'not a database, but long enough to be read as one. '.repeat(100));
    const empty = join(home, 'empty.db');
    new Libsql(empty).exec('create table other (id integer)');
    const damaged = join(home, 'damaged.db');
    const bytes = await readFile(copy);
    bytes.fill(0xff, 8_192, 16_384);
    await writeFile(damaged, bytes);
    for (const wrong of [text, empty, damaged, join(home, 'missing.db')]) {
      await expect(restoreFrom(wrong, copies())).rejects.toMatchObject({ code: 'store_failed' });
    }
    expect(await watched(await open())).toEqual(['after', 'before']);
  });

  test('demands the key of the numbers', async () => {
    const sealed = { key: 'a key of sixteen characters', previous: null };
    const store = await open({ dataDir }, sealed);
    await store.addDoNotCall([phone], { person: 'U1', at: 1 });
    const { file: copy, report } = await backUp(folder, 3, copies(sealed));
    expect(report.numbersKey).toBe('fits');
    await store.close();
    for (const other of [noKey, { key: 'another key of sixteen characters', previous: null }]) {
      await expect(restoreFrom(copy, copies(other))).rejects.toMatchObject({ code: 'numbers_key_wrong' });
    }
    const target = join(home, 'new');
    await restoreFrom(copy, copies(sealed, target));
    expect(await (await open({ dataDir: target }, sealed)).countDoNotCall()).toBe(1);
  });

  test('knows of nothing that was sent since: open imports wait for their people, notices are looked for first', async () => {
    const store = await open();
    await store.claimStore(owner);
    const states = ['running', 'halted', 'cancelling', 'preview', 'done'] as const;
    for (const state of states) {
      const facts: Partial<ImportRun['facts']> = {
        base: { total: 10, believed: true },
        reported: true,
        start: { state: 'wanted', agreed: 1, asOf: null, accepted: [], because: null },
      };
      const run = importRun(state, { state });
      await store.addImport({ ...run, facts: { ...run.facts, ...facts } }, threeBatches(state));
    }
    await store.updateBatch('running', 0, { state: 'accepted', turn: 1 });
    await store.updateBatch('running', 1, { state: 'sending', turn: 2, totalBefore: 11 });
    await store.enqueue([noticeItem('a notice')]);
    const [before] = await store.saveReadings([{ reading: reading('t1', 5), notices: [] }]);
    const { file: copy } = await backUp(folder, 3, copies());
    await store.close();

    const target = join(home, 'new');
    const { settled, report } = await restoreFrom(copy, copies(noKey, target));
    expect([settled, report.openImports]).toEqual([{ imports: 3, previews: 1, stopped: false, schedules: 0 }, 3]);
    const restored = await open({ dataDir: target });
    const stateOf = async (id: string) => (await restored.importRun(id))?.state;
    expect(await Promise.all(states.map(stateOf))).toEqual(['halted', 'halted', 'stopped', 'discarded', 'done']);
    const ledger = await restored.importLedger('running');
    expect(ledger.map(({ state, totalBefore }) => [state, totalBefore])).toEqual([
      ['accepted', null],
      ['unknown', null],
      ['unknown', null],
    ]);
    expect((await restored.importRun('running'))?.facts).toMatchObject({
      base: null,
      reported: false,
      start: { state: 'incomplete' },
    });
    expect((await restored.openItems()).map(({ state }) => state)).toEqual(['attempting']);
    const [after] = await restored.saveReadings([
      { reading: { ...reading('t1', 6), revision: before?.revision ?? 0 }, notices: [] },
    ]);
    expect((after?.revision ?? 0) - (before?.revision ?? 0)).toBeGreaterThan(1_000_000);
    expect(await restored.quietPolls()).toBe(3);
  });
});

describe.each(engines)('a move from SQLite to %s', (engine) => {
  test('carries everything there and back, and the outbox counts on', async () => {
    const database = await makeDatabase(engine);
    try {
      const store = await open();
      await store.claimStore(owner);
      for (let id = 0; id < 450; id += 1) await watch(store, `t${id}`);
      await store.enqueue([noticeItem('first'), noticeItem('second')]);
      const started = {
        kind: 'started' as const,
        taskId: 't1',
        taskName: 'Task',
        at: 5,
        day: '2026-01-05',
        person: 'U1',
      };
      const record = { entries: [started], closed: [] };
      await store.saveReadings([{ reading: reading('t1', 5), notices: [], record }]);
      await store.addImport(importRun('r1', { state: 'running' }), threeBatches('r1'));
      const sqlite = { databaseUrl: null, dataDir, numbers: noKey, clock, log };
      const other = { ...sqlite, ...database.location };
      await store.close();

      const there = await moveStore(sqlite, other);
      expect(there.counts).toMatchObject({ watches: 450, outbox: 2, readings: 1, importRuns: 1, taskEvents: 1 });
      expect(there.settled.imports).toBe(1);
      const moved = await open(other);
      expect((await moved.watches()).length).toBe(450);
      await moved.enqueue([noticeItem('third')]);
      expect((await moved.openItems()).map(({ key }) => key)).toEqual(['first', 'second', 'third']);
      await moved.addEntries([{ ...started, kind: 'paused' }]);
      expect((await moved.entriesOf('t1', 5)).map(({ kind }) => kind)).toEqual(['paused', 'started']);
      await moved.close();
      await expect(moveStore(sqlite, other)).rejects.toMatchObject({
        message: expect.stringContaining('not empty'),
      });

      const back = { ...sqlite, dataDir: join(home, 'back') };
      expect((await moveStore(other, back)).counts).toMatchObject({ watches: 450, outbox: 3, importBatches: 3 });
      const again = await open(back);
      await again.enqueue([noticeItem('fourth')]);
      expect((await again.openItems()).map(({ key }) => key)).toEqual(['first', 'second', 'third', 'fourth']);
      // The one that was moved away from is as it was.
      expect((await watched(await open())).length).toBe(450);
    } finally {
      for (const store of stores.splice(0)) await store.close();
      await database.drop();
    }
  });

  test('that is cut off before its copy is prepared leaves nothing: a start would take it for what it is not', async () => {
    const database = await makeDatabase(engine);
    try {
      const store = await open();
      await watch(store, 't1');
      await store.close();
      const sqlite = { databaseUrl: null, dataDir, clock, log };
      const cutOff = (statement: string): void => {
        if (statement.startsWith('delete from "leases"')) throw new Error('cut off');
      };
      const other = { ...sqlite, ...database.location };
      await expect(moveStore(sqlite, { ...other, onStatement: cutOff })).rejects.toThrow();
      expect(await watched(await open(other))).toEqual([]);
    } finally {
      for (const store of stores.splice(0)) await store.close();
      await database.drop();
    }
  });

  test('is refused while a bot runs on either side', async () => {
    const database = await makeDatabase(engine);
    try {
      const running = await openStore({ databaseUrl: null, dataDir, bot: 'b1', clock, log });
      stores.push(running);
      await running.lease('bot:b1', 'b1', 9_000);
      const sqlite = { databaseUrl: null, dataDir, clock, log };
      const other = { ...sqlite, ...database.location };
      const refused = { message: expect.stringContaining('a bot is running') };
      await expect(moveStore(sqlite, other)).rejects.toMatchObject(refused);
    } finally {
      await database.drop();
    }
  });
});
