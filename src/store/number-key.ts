import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  type ScryptOptions,
  scrypt,
} from 'node:crypto';
import { AppError } from '../core/errors.ts';
import type { Db, NumberSecrets } from './db.ts';

/** What is done with numbers before they are stored. */
export interface NumberKey {
  /**
   * Of each number, by the newest key first, then by older ones: what was stored under those is still recognized. Asked
   * again for the same list, it answers with the same hashes: a batch is looked up, and recorded once it was sent.
   */
  hashesOf(phones: readonly string[]): readonly (readonly string[])[];
  /** Text for a column; readable only with the key of the settings, if there is one. `place` must be the same again. */
  seal(text: string, place: string): string;
  open(text: string, place: string): string;
}

interface Version {
  version: number;
  hashKey: Buffer;
  sealKey: Buffer;
}

const mark = 'sealed';
const [saltBytes, ivBytes, tagBytes, keyBytes] = [16, 12, 16, 32];
/** About 50 ms, once per process: the setting may be a phrase. */
const cost: ScryptOptions = { N: 2 ** 14, r: 8, p: 1 };

/**
 * The keys of what is stored of numbers. Each is random; the key of the settings only seals them, so replacing that
 * one changes no hash. Without one in the settings they lie in the database unsealed. Throws `numbers_key_wrong` when
 * they are sealed with another key than that of the settings.
 * @returns the keys, read once
 */
export function numberKeys(db: Db, secrets: NumberSecrets): () => Promise<NumberKey> {
  let loaded: Promise<NumberKey> | null = null;
  return () => {
    loaded ??= load(db, secrets).catch((error: unknown) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };
}

/**
 * Seals what lies open, or is sealed with the former key, as the settings ask for: after one start the former one is not
 * needed any more, whether numbers are used meanwhile or not. Keys that the settings do not open stay as they are.
 */
export async function sealAsAsked(db: Db, secrets: NumberSecrets): Promise<void> {
  const fit = secrets.key === null ? 'none' : await checkNumberKey(db.query, secrets);
  if (fit === 'open' || (fit === 'fits' && secrets.previous !== null)) await load(db, secrets);
}

/** `none`: no number was stored yet. `open`: the keys of the hashes lie in the database unsealed. */
export type KeyFit = 'none' | 'open' | 'fits' | 'wrong';

/** Whether the settings open the keys of what is stored of numbers. Reads only. */
export async function checkNumberKey(
  query: Db['query'],
  secrets: NumberSecrets = { key: null, previous: null },
): Promise<KeyFit> {
  const rows = await query.selectFrom('numberKeys').selectAll().execute();
  if (rows.length === 0) return 'none';
  if (rows.every(({ sealed }) => sealed === 0)) return 'open';
  try {
    for (const row of rows) await unseal(row, secrets);
    return 'fits';
  } catch {
    return 'wrong';
  }
}

async function load({ query, engine }: Db, secrets: NumberSecrets): Promise<NumberKey> {
  const versions = await query.transaction().execute(async (transaction) => {
    await engine.lockForMigration(transaction);
    const rows = await transaction.selectFrom('numberKeys').selectAll().orderBy('version').execute();
    const found: { version: number; key: Buffer }[] = [];
    for (const row of rows) {
      const { key, isCurrent } = await unseal(row, secrets);
      found.push({ version: row.version, key });
      if (isCurrent) continue;
      const change = { secret: await sealed(key, secrets.key), sealed: 1 };
      await transaction.updateTable('numberKeys').set(change).where('version', '=', row.version).execute();
    }
    // A key that lay open may have been copied: what comes from now on gets another.
    const wasOpen = secrets.key !== null && rows.at(-1)?.sealed === 0;
    if (rows.length === 0 || wasOpen) {
      const added = { version: (found.at(-1)?.version ?? 0) + 1, key: randomBytes(keyBytes) };
      const secret = await sealed(added.key, secrets.key);
      await transaction
        .insertInto('numberKeys')
        .values({ version: added.version, secret, sealed: secrets.key === null ? 0 : 1 })
        .execute();
      found.push(added);
    }
    return found;
  });
  return keyOf(versions.reverse().map(derived), secrets.key !== null);
}

/** `isCurrent`: stored as the settings ask for. */
async function unseal(
  row: { secret: string; sealed: number },
  { key, previous }: NumberSecrets,
): Promise<{ key: Buffer; isCurrent: boolean }> {
  const stored = Buffer.from(row.secret, 'base64');
  if (row.sealed === 0) return { key: stored, isCurrent: key === null };
  for (const [index, secret] of [key, previous].entries()) {
    if (secret === null) continue;
    const [salt, rest] = [stored.subarray(0, saltBytes), stored.subarray(saltBytes)];
    const opened = decrypted(rest, await stretched(secret, salt), mark);
    if (opened !== null) return { key: opened, isCurrent: index === 0 };
  }
  const why = key === null ? 'the setting NUMBERS_KEY is missing' : 'the setting NUMBERS_KEY is another key';
  throw new AppError('numbers_key_wrong', `${why} than the one that numbers were stored with`);
}

async function sealed(key: Buffer, secret: string | null): Promise<string> {
  if (secret === null) return key.toString('base64');
  const salt = randomBytes(saltBytes);
  return Buffer.concat([salt, encrypted(key, await stretched(secret, salt), mark)]).toString('base64');
}

function stretched(secret: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, keyBytes, cost, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

function derived({ version, key }: { version: number; key: Buffer }): Version {
  const from = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', purpose, keyBytes));
  return { version, hashKey: from('hash'), sealKey: from('seal') };
}

function keyOf(versions: readonly Version[], seals: boolean): NumberKey {
  const known = new WeakMap<readonly string[], string[][]>();
  const hashOf = ({ version, hashKey }: Version, number: string): string => {
    const hash = createHmac('sha256', hashKey).update(number).digest().subarray(0, 16);
    return `${version}.${hash.toString('base64url')}`;
  };
  return {
    hashesOf(phones) {
      const before = known.get(phones);
      if (before !== undefined) return before;
      const hashes = phones.map((phone) => {
        const number = international(phone);
        return versions.map((version) => hashOf(version, number));
      });
      known.set(phones, hashes);
      return hashes;
    },
    seal(text, place) {
      const newest = versions[0];
      if (!seals || newest === undefined) return text;
      const body = encrypted(Buffer.from(text), newest.sealKey, place).toString('base64');
      return `${mark}:${newest.version}:${body}`;
    },
    open(text, place) {
      if (!text.startsWith(`${mark}:`)) return text;
      const [, version = '', body = ''] = text.split(':', 3);
      const found = versions.find((one) => one.version === Number(version));
      const opened = found === undefined ? null : decrypted(Buffer.from(body, 'base64'), found.sealKey, place);
      if (opened === null) throw new AppError('numbers_key_wrong', 'numbers were stored with a key that is missing');
      return opened.toString();
    },
  };
}

/** The same number is the same text, whether it was written with its country code or without. */
function international(phone: string): string {
  return phone.startsWith('+') ? phone : `+86${phone.replace(/^0/, '')}`;
}

function encrypted(plain: Buffer, key: Buffer, place: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** null when the key, or the place, is another. */
function decrypted(stored: Buffer, key: Buffer, place: string): Buffer | null {
  if (stored.length < ivBytes + tagBytes) return null;
  const iv = stored.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  decipher.setAuthTag(stored.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(stored.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch {
    return null;
  }
}
