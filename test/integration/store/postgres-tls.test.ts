import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Built, build } from '../../support/built.ts';
import { testCertificate } from '../../support/proxy.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { type PostgresTls, startPostgresTls } from '../../support/store/postgres-tls.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';

/** The program over a real TLS connection to PostgreSQL: what is trusted, and what is said where nothing is. */

reportSkipped();
jest.setTimeout(90_000);

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

const ca = resolve(testCertificate);
const password = 'pa55word-of-the-database';

/** `migrate` needs the database and nothing else. The hosts of the tests are on this machine. */
function migrate(
  databaseUrl: string,
  environment: Record<string, string> = {},
): Promise<{ code: number; said: string }> {
  const env = {
    PATH: process.env.PATH ?? '',
    NODE_OPTIONS: `--require ${resolve('test/fixtures/tls/resolve-test-hosts.cjs')}`,
    DATABASE_URL: databaseUrl,
    ...environment,
  };
  return new Promise((done) => {
    execFile(process.execPath, [built.entry('main'), 'migrate'], { env, cwd: tmpdir() }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), said: out + err }),
    );
  });
}

describe('a server whose certificate is not accepted', () => {
  let tls: PostgresTls;
  beforeEach(async () => {
    tls = await startPostgresTls({ host: '127.0.0.1', port: 9 });
  });
  afterEach(() => tls.close());

  const at = (host: string, parameters: string): string =>
    `postgres://bot:${password}@${host}:${tls.port}/calls?${parameters}`;

  test.each([
    [
      'of an unknown CA',
      'dialer.test',
      'sslmode=verify-full',
      /from a CA that this machine does not trust; name the CA by sslrootcert/,
    ],
    ['of an unknown CA, with require', 'dialer.test', 'sslmode=require', /from a CA that this machine does not trust/],
    ['of another host', 'other.test', `sslmode=verify-full&sslrootcert=${ca}`, /certificate is for another host/],
  ])('%s: a sentence, and nothing was sent', async (_name, host, parameters, sentence) => {
    const { code, said } = await migrate(at(host, parameters));
    expect([code, said]).toEqual([1, expect.stringMatching(sentence)]);
    expect(said).not.toMatch(/pa55word|\n\s+at |Warning/);
    expect(tls.seen.plain).toBe(0);
  });

  test('a CA that cannot be read is named', async () => {
    const { code, said } = await migrate(at('dialer.test', 'sslmode=verify-full&sslrootcert=/nowhere/ca.pem'));
    expect(code).toBe(1);
    expect(said).toMatch(
      /DATABASE_URL names \/nowhere\/ca\.pem as sslrootcert, which cannot be read: there is no such file/,
    );
  });
});

const onPostgres = engines.includes('postgres') ? describe : describe.skip;

onPostgres('a server whose certificate is accepted', () => {
  let database: TestDatabase;
  let tls: PostgresTls;
  beforeEach(async () => {
    database = await makeDatabase('postgres');
    const { hostname, port } = new URL(database.location.databaseUrl ?? '');
    tls = await startPostgresTls({ host: hostname, port: Number(port || 5432) });
  });
  afterEach(async () => {
    await tls.close();
    await database.drop();
  });

  const at = (parameters: string): string => {
    const url = new URL(database.location.databaseUrl ?? '');
    return `postgres://${url.username}:${url.password || password}@dialer.test:${tls.port}${url.pathname}?${parameters}`;
  };

  test.each([
    ['by sslrootcert', `sslmode=verify-full&sslrootcert=${ca}`, {}],
    ['by sslrootcert, with require', `sslmode=require&sslrootcert=${ca}`, {}],
    ['by NODE_EXTRA_CA_CERTS', 'sslmode=verify-full', { NODE_EXTRA_CA_CERTS: ca }],
    ['because nothing is checked', 'sslmode=no-verify', {}],
  ])('%s', async (_name, parameters, environment) => {
    const { code, said } = await migrate(at(parameters), environment);
    expect([code, said]).toEqual([0, expect.stringMatching(/^Migrated: 0001-initial, .*\n$/)]);
    expect(tls.seen.encrypted).toBeGreaterThan(0);
    expect(tls.seen.plain).toBe(0);
  });

  test('one without TLS, when TLS is asked for: a sentence', async () => {
    const { code, said } = await migrate(`${database.location.databaseUrl}?sslmode=verify-full`);
    expect([code, said]).toEqual([1, expect.stringMatching(/offers no TLS; remove sslmode, or turn TLS on there/)]);
  });
});
