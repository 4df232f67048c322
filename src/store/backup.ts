import { chmod, link, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import Libsql from 'libsql';
import { foreignIn } from '../core/access/ownership.ts';
import { AppError } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';
import { fileTroubleWords } from '../file-trouble.ts';
import { closeDb, databaseFile, type NumberSecrets, openDb, ownAs } from './db.ts';
import { storeFailed } from './failures.ts';
import { exists, inspectCopy, inspectStore, type StoreReport } from './inspect.ts';
import { type SettledCopy, settleCopy } from './settle-copy.ts';
import { copyDatabase, withPrivateFolder } from './snapshot.ts';

/** Copies of the SQLite file: made while a bot works on it, put back while none does. */

interface CopyOptions {
  dataDir: string;
  numbers: NumberSecrets;
  clock: Clock;
  log: Log;
}

const named = /^dialdeck-\d{8}T\d{6}Z(?:-\d+)?\.db$/;

/** `20260131T235959Z`, so that names are in the order of time. */
function stampOf(now: number): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
}

export interface Backup {
  file: string;
  report: StoreReport;
  /** Older ones that were deleted. */
  removed: string[];
}

/**
 * Writes a dated copy of the database into `folder`, readable by its owner only and checked by SQLite, and keeps the
 * newest `keep` of them. The database is not opened. Throws `store_failed`; then no copy is left.
 */
export async function backUp(folder: string, keep: number, options: CopyOptions): Promise<Backup> {
  try {
    if (!(await exists(databaseFile(options.dataDir)))) throw nothingThere(options.dataDir);
    await makeFolder(folder).catch(aboutFile(`${folder} cannot be created`));
    return await withPrivateFolder({ within: folder, prefix: '.unfinished-' }, async (place) => {
      const copy = databaseFile(place);
      await copyDatabase(databaseFile(options.dataDir), copy);
      checked(copy);
      const report = await inspectCopy(copy, options);
      if (report === null) throw nothingThere(options.dataDir);
      await flush(copy);
      await ownAs(folder, copy);
      const file = await freeName(folder, `dialdeck-${stampOf(options.clock.now())}`);
      await rename(copy, file);
      await flush(folder);
      return { file, report, removed: await removeOld(folder, keep) };
    });
  } catch (error) {
    throw storeFailed('backup', error);
  }
}

export interface Restored {
  report: StoreReport;
  settled: SettledCopy;
  /** Where the former database is now; null when there was none. */
  aside: string | null;
}

/**
 * Puts a copy in the place of the database, migrated to this version and prepared as one that is older than the platform
 * (see `settleCopy`). The former one is kept beside it. Throws `store_failed` while a bot runs on it, when the copy is
 * damaged or of a newer version, `store_not_ours` when the store it would replace is of another workspace or app, and
 * `numbers_key_wrong` when the settings do not open its keys; nothing has changed then.
 */
export async function restoreFrom(file: string, options: CopyOptions): Promise<Restored> {
  const { dataDir, numbers, clock, log } = options;
  try {
    await requireReadable(file);
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    // A link stays one, and leads to what is restored.
    const target = await realpath(databaseFile(dataDir)).catch(() => databaseFile(dataDir));
    const folder = dirname(target);
    return await withPrivateFolder({ within: folder, prefix: '.restoring-' }, async (place) => {
      const copy = databaseFile(place);
      await copyDatabase(file, copy);
      checked(copy);
      const report = await inspectCopy(copy, options);
      if (report === null) throw new AppError('store_failed', 'store: the file is no backup of Dialdeck');
      if (report.numbersKey === 'wrong') {
        throw new AppError(
          'numbers_key_wrong',
          'NUMBERS_KEY is not the key that the numbers in this backup were stored with',
        );
      }
      await requireSameOwner(report, options);
      const db = await openDb({ databaseUrl: null, dataDir: place, numbers, clock, log });
      const settled = await settleCopy(db).finally(() => closeDb(db, clock));
      // libsql lets go of a file only when the process ends; what counts is that nothing is left in the log.
      if (((await stat(`${copy}-wal`).catch(() => null))?.size ?? 0) > 0)
        throw new AppError('store_failed', 'store: the copy could not be completed; try again');
      await flush(copy);
      await chmod(copy, 0o600);
      await ownAs(folder, copy);
      // Last, so that everything else has been seen to work.
      const aside = await setAside(target, clock);
      await rename(copy, target);
      await flush(folder);
      return { report, settled, aside };
    });
  } catch (error) {
    throw storeFailed('restore', error);
  }
}

/** Of several workspaces on one machine, one's backup must not take the place of another's store. */
async function requireSameOwner(backup: StoreReport, options: CopyOptions): Promise<void> {
  // One that is damaged is what a backup is for.
  const former = await inspectStore({ databaseUrl: null, ...options }).catch(() => null);
  if (!former?.owner || !backup.owner) return;
  const foreign = foreignIn(former.owner, backup.owner).filter((what) => what === 'workspace' || what === 'app');
  if (foreign.length === 0) return;
  const why = `the backup is of another ${foreign.join(' and ')} than the store in DATA_DIR that it would replace`;
  throw new AppError('store_not_ours', `store: ${why}; move that one away first if it is to be replaced`);
}

/**
 * Keeps the database under another name, whole in one file. Taking it out of its mode with a log needs that nobody else
 * has it open, which is how a running bot is noticed. Side files that were left behind would be taken for those of the
 * next. Where the file system has links, it stays in its place as well until the next one replaces it: a machine that
 * fails in between does not come back with an empty store.
 */
async function setAside(target: string, clock: Pick<Clock, 'now'>): Promise<string | null> {
  if (!(await exists(target))) {
    await removeSideFiles(target);
    return null;
  }
  requireUnused(target);
  const aside = await freeName(dirname(target), `before-restore-${stampOf(clock.now())}`);
  await link(target, aside).catch(() => rename(target, aside));
  await removeSideFiles(target);
  return aside;
}

/** A private folder, with those above it. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(resolve(folder), { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = resolve(folder); made.startsWith(first); made = dirname(made)) await ownAs(dirname(first), made);
}

/** Of a file that someone has named; whether it is a backup is found out later. */
async function requireReadable(file: string): Promise<void> {
  const handle = await open(file, 'r').catch(aboutFile(`${file} cannot be read`));
  try {
    if (!(await handle.stat()).isFile()) throw new AppError('store_failed', `store: ${file} is no file`);
  } finally {
    await handle.close();
  }
}

/** For what fails on a file that is not the database itself. */
const aboutFile = (what: string) => (thrown: unknown) => {
  throw new AppError('store_failed', `store: ${what}: ${fileTroubleWords(thrown)}`);
};

function nothingThere(dataDir: string): AppError {
  return new AppError('store_failed', `store: there is none in DATA_DIR (${dataDir})`);
}

/** Throws while any other process has the database open. */
function requireUnused(target: string): void {
  const database = new Libsql(target);
  try {
    database.exec('pragma busy_timeout = 0');
    database.exec('pragma wal_checkpoint(truncate)');
    database.exec('pragma journal_mode = delete');
  } catch {
    throw new AppError('store_failed', 'store: a bot is running on this database; stop it first');
  } finally {
    database.close();
  }
}

async function removeSideFiles(target: string): Promise<void> {
  for (const suffix of ['-wal', '-shm', '-journal']) await rm(`${target}${suffix}`, { force: true });
}

/** Takes the log of the copy into it, and has SQLite check every page. */
function checked(copy: string): void {
  const database = new Libsql(copy);
  try {
    database.exec('pragma wal_checkpoint(truncate)');
    database.exec('pragma journal_mode = delete');
    const [found] = database.prepare('pragma integrity_check').all() as { integrity_check: string }[];
    if (found?.integrity_check !== 'ok') throw new AppError('store_failed', 'store: the database is damaged');
  } finally {
    database.close();
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function freeName(folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  for (let count = 1; ; count += 1) {
    const tried = `${name}${count === 1 ? '' : `-${count}`}.db`;
    if (!taken.has(tried)) return join(folder, tried);
  }
}

/** Only files that are named like a backup: the folder may hold others. */
async function removeOld(folder: string, keep: number): Promise<string[]> {
  const backups = (await readdir(folder)).filter((name) => named.test(basename(name))).sort();
  const old = backups.slice(0, Math.max(0, backups.length - keep));
  for (const name of old) await rm(join(folder, name), { force: true });
  return old;
}
