import { setTimeout as sleep } from 'node:timers/promises';
import { connectionTroubleOf, connectionWords } from '../core/connection-trouble.ts';
import { AppError } from '../core/errors.ts';

/** What an error code of the operating system, SQLite or PostgreSQL means to the operator. */
const meanings: Record<string, string> = {
  ECONNREFUSED: 'nothing is listening at the address of DATABASE_URL',
  ENOTFOUND: 'the host of DATABASE_URL is not known',
  ECONNRESET: 'the connection to the database was lost',
  EHOSTUNREACH: 'no network leads to the host of DATABASE_URL',
  ETIMEDOUT: 'the database did not answer in time',
  NO_SSL: 'the server of DATABASE_URL offers no TLS; remove sslmode, or turn TLS on there',
  EACCES: 'this user may not read and write DATA_DIR and the database file in it',
  EPERM: 'the database file belongs to another user',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota of this user is used up',
  ENOENT: 'the database file is no longer in DATA_DIR',
  EROFS: 'DATA_DIR is on a read-only file system',
  ENOTDIR: 'DATA_DIR is not a directory',
  EEXIST: 'DATA_DIR is not a directory',
  '28P01': 'the database refused the password',
  '28000': 'the database refused the user',
  '3D000': 'the database of DATABASE_URL does not exist',
  '25006': 'the database accepts no writes: it is a standby, or read-only',
  '42501': 'the database user lacks a right',
  // PgBouncer has no other code: a parameter it does not pass on, a server it cannot reach, a pool that stays full.
  '08P01': 'PgBouncer, or another proxy before the database, refused; its log says why',
  '57014': 'the database took too long',
  '53100': 'the disk of the database is full',
  '53300': 'the database has no free connection',
  '57P01': 'the database ended the connection',
  '57P03': 'the database is starting up',
  SQLITE_BUSY: 'another process has kept the database locked',
  SQLITE_CANTOPEN: 'the database file cannot be opened',
  SQLITE_CORRUPT: 'the database file is damaged',
  SQLITE_FULL: 'the disk is full',
  SQLITE_IOERR: 'the disk cannot be read or written',
  SQLITE_NOTADB: 'the file is not a database',
  SQLITE_READONLY: 'the database file is read-only',
};

/** The statement was rolled back because of a concurrent one, so it is safe to run again. */
const contentions = new Set(['SQLITE_BUSY', 'SQLITE_LOCKED', '40001', '40P01']);

/** How long a method retries on contention, ms. */
const patience = 15_000;

/**
 * Wraps any error from the layers below as `store_failed`. Driver messages are dropped: they may quote a row (a phone
 * number), a parameter or the connection string. What remains is the method, the code, the names of table and
 * constraint, and the stack frames.
 */
export function storeFailed(method: string, thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  const facts = [code ?? nameOf(thrown), wordOf(thrown, 'table'), wordOf(thrown, 'constraint')];
  const meaning = code === null ? undefined : (meanings[code] ?? meanings[baseCode(code)] ?? connectionMeaning(code));
  const summary = facts.filter((fact) => fact !== null).join(' ') + (meaning === undefined ? '' : ` (${meaning})`);
  const cause = new Error(summary);
  cause.stack = [`Error: ${summary}`, ...framesOf(thrown)].join('\n');
  return new AppError('store_failed', `store: ${method} failed: ${summary}`, { cause });
}

/**
 * Retries `work`, which must be a single statement or transaction, while it loses to a concurrent one. The wait happens
 * here and not in SQLite's busy handler, which would block the whole process.
 */
export async function againstContention<T>(
  work: () => Promise<T>,
  deadline = performance.now() + patience,
): Promise<T> {
  for (let wait = 2; ; wait = Math.min(wait * 2, 50)) {
    try {
      return await work();
    } catch (error) {
      const code = codeOf(error);
      if (code === null || !contentions.has(baseCode(code)) || performance.now() > deadline) throw error;
      await sleep(wait * (0.5 + Math.random()));
    }
  }
}

/** `SQLITE_BUSY_SNAPSHOT` is a kind of `SQLITE_BUSY`. */
function baseCode(code: string): string {
  return code.startsWith('SQLITE_') ? code.split('_').slice(0, 2).join('_') : code;
}

/** Certificates have many codes. */
function connectionMeaning(code: string): string | undefined {
  const trouble = connectionTroubleOf(code);
  if (trouble === null) return undefined;
  const hint = trouble === 'certificate_untrusted' ? '; name the CA by sslrootcert, or by NODE_EXTRA_CA_CERTS' : '';
  return `of the server of DATABASE_URL: ${connectionWords[trouble]}${hint}`;
}

/** A code is one short word; anything else in that property is not logged. */
function codeOf(thrown: unknown): string | null {
  return wordOf(thrown, 'code');
}

function wordOf(thrown: unknown, property: string): string | null {
  if (typeof thrown !== 'object' || thrown === null) return null;
  const value: unknown = Reflect.get(thrown, property);
  return typeof value === 'string' && /^[A-Za-z0-9_]{1,63}$/.test(value) ? value : null;
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.constructor.name : typeof thrown;
}

function framesOf(thrown: unknown): string[] {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  return stack.split('\n').filter((line) => /^\s+at /.test(line));
}
