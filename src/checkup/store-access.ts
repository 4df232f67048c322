import { constants, existsSync } from 'node:fs';
import { access, realpath, stat, statfs } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { toAppError } from '../core/errors.ts';
import type { Config } from '../settings/config.ts';
import { databaseFile } from '../store/db.ts';
import type { ServerReport } from '../store/inspect.ts';
import type { Finding } from './finding.ts';

/** Whether the bot may use the store: reading it is not enough, and the one who runs the doctor may be someone else. */

const asTheBot = 'Run the doctor as the user that runs the bot, or as root.';

/** It cannot be looked into. A store of another user is no fault of the bot: only this user may not read it. */
export async function notReadable({ databaseUrl, dataDir }: Config, where: string, thrown: unknown): Promise<Finding> {
  const { message } = toAppError(thrown);
  const fault = (fix: string): Finding => ({
    what: 'Store',
    level: 'fault',
    seen: `${where} cannot be read: ${message}`,
    fix,
  });
  if (databaseUrl !== null) return fault('Check DATABASE_URL, and that the server is running.');
  const read = [databaseFile(dataDir), `${databaseFile(dataDir)}-wal`];
  const refusals = await Promise.all(read.map((path) => refusalOf(path, constants.R_OK)));
  if (!refusals.some((code) => code !== null && isDenied(code))) {
    const isDamaged = /\bSQLITE_(?:CORRUPT|NOTADB)/.test(message);
    return fault(isDamaged ? 'Restore a backup with the command `restore`.' : 'Look at DATA_DIR and its disk.');
  }
  const { uid } = await stat(dataDir);
  if (isThisUser(uid)) return fault('Make DATA_DIR and the database file in it readable and writable by this user.');
  return {
    what: 'Store',
    level: 'warning',
    seen: `${where} belongs to another user (uid ${uid}), and this one may not read it`,
    fix: asTheBot,
  };
}

/** The first start creates it, if it may. @param server what PostgreSQL lets it do; null for SQLite */
export async function notYet({ dataDir }: Config, where: string, server: ServerReport | null): Promise<Finding[]> {
  const ready: Finding = { what: 'Store', level: 'ok', seen: `${where}; the first start creates it` };
  if (server !== null) {
    const faults = serverFindings(server, { hasToCreate: true });
    return faults.length === 0 ? [ready] : faults;
  }
  let folder = resolve(dataDir);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const isFolder = (await stat(folder)).isDirectory();
  const refused = isFolder ? await refusalOf(folder, constants.W_OK | constants.X_OK) : null;
  if (isFolder && refused === null) return [ready];
  const why = !isFolder
    ? `${folder} is not a directory`
    : refused === 'EROFS'
      ? `${folder} is on a read-only file system`
      : `${folder} may not be written by this user`;
  return [
    {
      what: 'Store',
      level: 'fault',
      seen: `${where} cannot be created: ${why}`,
      fix: 'Make DATA_DIR writable by this user, or run the doctor as the user that runs the bot.',
    },
  ];
}

/** Below this, a day of work or a migration may fill the disk, bytes. */
const minFree = 200 * 1024 * 1024;

/** Of SQLite that can be read: whether it can be written as well, and whose its files are. */
export async function fileFindings(dataDir: string): Promise<Finding[]> {
  const file = await realpath(databaseFile(dataDir));
  const folder = dirname(file);
  const { uid } = await stat(folder);
  const findings: Finding[] = [];
  for (const [path, mode] of [
    [file, constants.W_OK],
    [folder, constants.W_OK | constants.X_OK],
  ] as const) {
    const refused = await refusalOf(path, mode);
    if (refused === null) continue;
    const isOfAnother = isDenied(refused) && !isThisUser(uid);
    findings.push({
      what: 'Store',
      level: isOfAnother ? 'warning' : 'fault',
      seen: `${path} ${refused === 'EROFS' ? 'is on a read-only file system' : `may not be written by this user${isOfAnother ? ` (it is of uid ${uid})` : ''}`}`,
      fix: isOfAnother ? asTheBot : 'Make it writable by this user: no start succeeds without.',
    });
  }
  return [...findings, ...(await strangeOwners(file, uid)), ...(await scarceRoom(folder))];
}

/** What a command that was run as root leaves behind, mostly. */
async function strangeOwners(file: string, uid: number): Promise<Finding[]> {
  if (process.getuid === undefined) return [];
  const strange: string[] = [];
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    const owner = (await stat(path).catch(() => null))?.uid ?? uid;
    if (owner !== uid) strange.push(`${basename(path)} (uid ${owner})`);
  }
  if (strange.length === 0) return [];
  const folder = dirname(file);
  return [
    {
      what: 'Store',
      level: 'warning',
      seen: `${folder} is of uid ${uid}, but not ${strange.join(', ')}: a bot of that user cannot start`,
      fix: `Run chown --reference=${folder} ${file}*`,
    },
  ];
}

async function scarceRoom(folder: string): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= minFree) return [];
  return [
    {
      what: 'Disk',
      level: 'warning',
      seen: `${Math.floor(free / 1024 / 1024)} MB are left for ${folder}`,
      fix: 'Make room: when the disk is full, nothing is stored any more.',
    },
  ];
}

/** What of PostgreSQL keeps the bot from its work. @param hasToCreate whether a start is to create tables */
export function serverFindings(
  { takesWrites, mayCreate, encoding, user, schema }: ServerReport,
  { hasToCreate }: { hasToCreate: boolean },
): Finding[] {
  const findings: Finding[] = [];
  const fault = (seen: string, fix: string): void => void findings.push({ what: 'Store', level: 'fault', seen, fix });
  if (!takesWrites) {
    fault(
      'PostgreSQL accepts no writes: the server is a standby, or default_transaction_read_only is on',
      'Let DATABASE_URL lead to the primary server, to a database that may be written.',
    );
  }
  if (hasToCreate && !mayCreate) {
    const where = schema === null ? 'there is no schema that it could use' : `not in the schema ${schema}`;
    fault(
      `the user ${user} of DATABASE_URL may not create tables: ${where}`,
      schema === null
        ? `Create one, and grant all rights on it to ${user}.`
        : `As the owner of the database: GRANT CREATE ON SCHEMA ${schema} TO ${user};`,
    );
  }
  if (!['UTF8', 'SQL_ASCII'].includes(encoding)) {
    fault(
      `the database of DATABASE_URL has the encoding ${encoding}, which does not hold all characters`,
      "Create it anew, with ENCODING 'UTF8' TEMPLATE template0.",
    );
  }
  return findings;
}

/** The code with which the system refuses it; null when it does not. */
async function refusalOf(path: string, mode: number): Promise<string | null> {
  return access(path, mode).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
  );
}

const isDenied = (code: string): boolean => code === 'EACCES' || code === 'EPERM';

/** Windows knows no such numbers. */
const isThisUser = (uid: number): boolean => process.getuid === undefined || process.getuid() === uid;
