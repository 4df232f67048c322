import { constants } from 'node:fs';
import { copyFile, mkdtemp, open, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../core/errors.ts';
import { fileTroubleWords } from '../file-trouble.ts';

/**
 * The SQLite database as it is at one moment, while a bot works on it, without opening it: SQLite would write to the
 * side files of a database that it only reads, and create them anew, as another user perhaps, so that the bot could not
 * start again.
 *
 * The file is copied first and its log second. What a checkpoint moves meanwhile from the log to the file is in the
 * copy of the log as well, which SQLite applies when the copy is opened, as long as the log was not begun anew. A log
 * that was, has another header (sqlite.org, "WAL-mode file format"); then the copy is made again.
 */

/** A log is begun anew after a thousand pages, or when numbers were deleted: several tries in a row rarely meet that. */
const maxTries = 40;
const pauseMs = 25;

/** The format, the salts and the checksums of a log. */
const headerBytes = 32;

const sideFile = '-wal';

/**
 * Copies the database at `given` to `copy`, with its log beside it. The files get the mode 0600. Throws `store_failed` when
 * its log is begun anew again and again meanwhile.
 */
export async function copyDatabase(given: string, copy: string, copyOne = copyPrivately): Promise<void> {
  // SQLite keeps the log beside the file that a link leads to.
  const file = await realpath(given);
  for (let tries = 0; tries < maxTries; tries += 1) {
    const before = await stateOf(file);
    await copyOne(file, copy);
    await copyOne(`${file}${sideFile}`, `${copy}${sideFile}`).catch(ignoreMissing);
    const after = await stateOf(file);
    const isWhole = before.log === '' ? before.version === after.version && after.log === '' : before.log === after.log;
    if (isWhole) return;
    await rm(`${copy}${sideFile}`, { force: true });
    await sleep(pauseMs);
  }
  throw new AppError('store_failed', 'store: the database changes too fast to be copied; try again');
}

/** Gives `use` a copy of the database in a private folder, which is deleted afterwards. */
export async function withCopy<T>(file: string, use: (copy: string) => Promise<T>): Promise<T> {
  await realpath(file);
  const place = { within: tmpdir(), prefix: 'dialdeck-look-', hint: '; set TMPDIR to another folder' };
  return withPrivateFolder(place, async (folder) => {
    const copy = join(folder, 'dialdeck.db');
    await copyDatabase(file, copy).catch((thrown: NodeJS.ErrnoException) => {
      throw thrown.code === 'ENOSPC' ? unusable(place, thrown) : thrown;
    });
    return use(copy);
  });
}

interface PrivatePlace {
  within: string;
  prefix: string;
  /** What else can be done where that folder cannot be used. */
  hint?: string;
}

function unusable({ within, hint = '' }: PrivatePlace, thrown: unknown): AppError {
  return new AppError('store_failed', `store: ${within} cannot be written: ${fileTroubleWords(thrown)}${hint}`);
}

/** What is left of a process that was killed is removed by the next one, once nobody can be at work in it any more, ms. */
const leftBehindMs = 24 * 3_600_000;

/**
 * Gives `use` a new folder in `within` for this user alone, which is deleted afterwards, and with it those that earlier
 * processes of the same kind have left there: they hold copies of a store.
 */
export async function withPrivateFolder<T>(place: PrivatePlace, use: (folder: string) => Promise<T>): Promise<T> {
  const { within, prefix } = place;
  const folder = await mkdtemp(join(within, prefix)).catch((thrown: unknown) => {
    throw unusable(place, thrown);
  });
  try {
    // Both by the clock of the file system.
    const { mtimeMs } = await stat(folder);
    for (const name of await readdir(within)) {
      const other = join(within, name);
      if (!name.startsWith(prefix) || other === folder) continue;
      const since = (await stat(other).catch(() => null))?.mtimeMs ?? mtimeMs;
      // Of another user, it stays.
      if (mtimeMs - since > leftBehindMs) await rm(other, { recursive: true, force: true }).catch(() => undefined);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function stateOf(file: string): Promise<{ version: string; log: string }> {
  const { size, mtimeNs } = await stat(file, { bigint: true });
  return { version: `${size} ${mtimeNs}`, log: await headerOf(`${file}${sideFile}`) };
}

/** Empty where there is no log, or an empty one. */
async function headerOf(log: string): Promise<string> {
  const handle = await open(log, 'r').catch(ignoreMissing);
  if (handle === undefined) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    return buffer.subarray(0, bytesRead).toString('hex');
  } finally {
    await handle.close();
  }
}

/**
 * A private file is there before anything is in it.
 * @internal Exported for tests.
 */
export async function copyPrivately(from: string, to: string): Promise<void> {
  await stat(from);
  await rm(to, { force: true });
  await (await open(to, 'wx', 0o600)).close();
  await copyFile(from, to, constants.COPYFILE_FICLONE);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
