import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { explainFaults, readConfig } from '../../../src/settings/config.ts';
import { type Environment, fileSettings, withSecretFiles } from '../../../src/settings/environment.ts';
import { exposedFiles, secretFilesIn } from '../../../src/settings/exposure.ts';
import { secretsIn } from '../../../src/settings/secrets.ts';
import { fileVariable, type SettingName } from '../../../src/settings/settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialdeck-environment-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const values: Partial<Record<SettingName, string>> = {
  SLACK_BOT_TOKEN: 'xoxb-1-from-a-file',
  SLACK_APP_TOKEN: 'xapp-1-from-a-file',
  SLACK_SIGNING_SECRET: 'signing-from-a-file',
  DIALER_TOKEN: 'platform-from-a-file',
  NUMBERS_KEY: 'a long key, from a file',
  NUMBERS_KEY_PREVIOUS: 'another key, from a file',
  DATABASE_URL: 'postgres://bot:from-a-file@host/db',
  HTTPS_PROXY: 'http://bot:from-a-file@proxy:3128',
  HTTP_PROXY: 'http://bot:from-a-file@proxy:3129',
};

/** An environment in which each of these secrets is in a file that holds `content` of its value. */
async function inFiles(names: readonly SettingName[], content = (value: string) => value): Promise<Environment> {
  const given: Record<string, string> = { DIALER_URL: 'https://calls.example.com' };
  for (const name of names) {
    const file = join(folder, name.toLowerCase());
    await writeFile(file, content(values[name] ?? ''), { mode: 0o600 });
    given[fileVariable(name)] = file;
  }
  return given;
}

/** The problem with one secret, with everything that is said about it. */
async function problemWith(environment: Environment): Promise<string> {
  const { environment: read, faults } = await withSecretFiles(environment);
  const config = readConfig(read, faults);
  if (config.ok) return '';
  const about = config.faults.filter(({ name }) => name === 'DIALER_TOKEN');
  expect(about.length).toBe(1);
  expect(explainFaults(config.faults, { call: 'dialdeck', demo: null })).toContain(about[0]?.problem);
  return about[0]?.problem ?? '';
}

test('every secret may come from a file, and is as secret as any other', async () => {
  expect(Object.keys(values).sort()).toEqual([...fileSettings].sort());
  const { environment, faults } = await withSecretFiles(await inFiles(fileSettings));
  expect(faults).toEqual([]);
  const read = readConfig(environment, faults);
  expect(read).toMatchObject({
    ok: true,
    config: {
      slack: {
        botToken: values.SLACK_BOT_TOKEN,
        appToken: values.SLACK_APP_TOKEN,
        signingSecret: values.SLACK_SIGNING_SECRET,
      },
      dialer: { token: values.DIALER_TOKEN },
      numbers: { key: values.NUMBERS_KEY, previous: values.NUMBERS_KEY_PREVIOUS },
      databaseUrl: values.DATABASE_URL,
      proxies: { https: values.HTTPS_PROXY, http: values.HTTP_PROXY },
    },
  });
  const secrets = secretsIn(environment);
  for (const name of fileSettings) {
    const value = values[name] ?? '';
    expect(secrets).toContain(name.endsWith('PROXY') ? 'from-a-file' : value);
  }
});

test.each([
  ['nothing', (value: string) => value],
  ['a line feed', (value: string) => `${value}\n`],
  ['the line end of Windows', (value: string) => `${value}\r\n`],
  ['several line ends', (value: string) => `${value}\n\n`],
  ['a byte order mark before it', (value: string) => `\ufeff${value}\n`],
])('what stands around it: %s', async (_name, content) => {
  const { environment } = await withSecretFiles(await inFiles(['DIALER_TOKEN', 'NUMBERS_KEY'], content));
  expect([environment.DIALER_TOKEN, environment.NUMBERS_KEY]).toEqual([values.DIALER_TOKEN, values.NUMBERS_KEY]);
});

test('a link leads to its file, as in Kubernetes; an empty variable counts as unset', async () => {
  const given = await inFiles(['DIALER_TOKEN']);
  await symlink(join(folder, 'dialer_token'), join(folder, 'link'));
  const { environment } = await withSecretFiles({
    ...given,
    DIALER_TOKEN: '',
    DIALER_TOKEN_FILE: join(folder, 'link'),
  });
  expect(environment.DIALER_TOKEN).toBe(values.DIALER_TOKEN);
  const unset = await withSecretFiles({ DIALER_TOKEN: 'given', DIALER_TOKEN_FILE: ' ' });
  expect(unset).toEqual({ environment: { DIALER_TOKEN: 'given', DIALER_TOKEN_FILE: ' ' }, faults: [] });
});

test('a path may have quotation marks and blanks around it, as those of Docker have', async () => {
  const given = await inFiles(['DIALER_TOKEN']);
  for (const around of ['"*"', "'*'", ' * ', '" * "']) {
    const named = { ...given, DIALER_TOKEN_FILE: around.replace('*', given.DIALER_TOKEN_FILE ?? '') };
    expect((await withSecretFiles(named)).environment.DIALER_TOKEN).toBe(values.DIALER_TOKEN);
    await chmod(given.DIALER_TOKEN_FILE ?? '', 0o644);
    const files = { envFile: join(folder, 'none'), dataDir: null, secretFiles: secretFilesIn(named) };
    expect(await exposedFiles(files)).toMatchObject([{ what: `File ${given.DIALER_TOKEN_FILE}` }]);
  }
});

describe('is refused in words', () => {
  test('both a value and a file', async () => {
    const given = { ...(await inFiles(['DIALER_TOKEN'])), DIALER_TOKEN: 'platform-from-the-environment' };
    const problem = await problemWith(given);
    expect(problem).toBe('is set, and so is DIALER_TOKEN_FILE: set one of them');
  });

  test.each([
    ['an empty file', '\n', /it is empty/],
    ['two lines', 'platform-from-a-file\nsecond-line', /more than one line/],
    ['control characters', 'platform\u0000-from-a-file', /more than one line of text/],
    ['a file without an end', 'x'.repeat(70_000), /more than 65536 bytes/],
    ['a value of the wrong kind', 'two words', /must be one word/],
  ])('%s', async (_name, content, why) => {
    const problem = await problemWith(await inFiles(['DIALER_TOKEN'], () => content));
    expect(problem).toMatch(why);
    expect(problem).not.toMatch(/platform|second|xxx|two words/);
  });

  test('bytes that are no text', async () => {
    const file = join(folder, 'binary');
    await writeFile(file, Buffer.from([0xff, 0xfe, 0x00, 0x41]));
    expect(await problemWith({ DIALER_TOKEN_FILE: file })).toMatch(/does not hold text/);
  });

  test('no such file, a folder, a device: the path is named', async () => {
    const missing = join(folder, 'missing');
    expect(await problemWith({ DIALER_TOKEN_FILE: missing })).toBe(
      `cannot be read from ${missing}, which DIALER_TOKEN_FILE names: there is no such file`,
    );
    await mkdir(join(folder, 'folder'));
    expect(await problemWith({ DIALER_TOKEN_FILE: join(folder, 'folder') })).toMatch(/that is not a file$/);
    expect(await problemWith({ DIALER_TOKEN_FILE: '/dev/zero' })).toMatch(/that is not a file$/);
  });

  test('a file that this user may not read', async () => {
    // Root may read everything.
    if (process.getuid?.() === 0) return;
    const given = await inFiles(['DIALER_TOKEN']);
    await chmod(join(folder, 'dialer_token'), 0);
    expect(await problemWith(given)).toMatch(/access is denied$/);
  });

  test('a secret in place of a path, which is not repeated', async () => {
    for (const secret of ['xoxb-1-secret', 'postgres://bot:secret@host/db', 'secret/with/slashes'])
      expect(await problemWith({ DIALER_TOKEN_FILE: secret })).toBe(
        'cannot be read from the file, which DIALER_TOKEN_FILE names: there is no such file',
      );
  });
});
