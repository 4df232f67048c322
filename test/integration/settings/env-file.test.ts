import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadEnvFile } from '../../../src/settings/env-file.ts';

const before = process.cwd();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialdeck-env-file-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true, force: true });
});

/** What a file brings into this environment, and what is pointed out about it. */
async function load(content: string | Buffer, given: Record<string, string> = {}) {
  await writeFile('.env', content, { mode: 0o600 });
  const environment: Record<string, string | undefined> = { ...given };
  const cautions = loadEnvFile(environment);
  expect(JSON.stringify(cautions)).not.toMatch(/s3cret/);
  return { environment, said: cautions.map(({ what, seen }) => `${what} ${seen}`) };
}

test('no file is no fault', () => {
  const environment = {};
  expect(loadEnvFile(environment)).toEqual([]);
  expect(environment).toEqual({});
});

test.each([
  ['as it is', 'SLACK_BOT_TOKEN=xoxb-s3cret\nPORT=3001\n'],
  ['with the line ends of Windows', 'SLACK_BOT_TOKEN=xoxb-s3cret\r\nPORT=3001\r\n'],
  ['with a byte order mark', '\ufeffSLACK_BOT_TOKEN=xoxb-s3cret\nPORT=3001\n'],
  ['with both', '\ufeffSLACK_BOT_TOKEN="xoxb-s3cret"\r\nPORT=3001\r\n'],
  ['as a script of a shell', "export SLACK_BOT_TOKEN='xoxb-s3cret' # of Acme\nexport PORT=3001"],
  [
    'with comments in another encoding',
    Buffer.concat([
      Buffer.from('# '),
      Buffer.from([0xb2, 0xe2, 0xca, 0xd4]),
      Buffer.from('\nSLACK_BOT_TOKEN=xoxb-s3cret\nPORT=3001\n'),
    ]),
  ],
])('a file is read %s', async (_name, content) => {
  expect(await load(content)).toEqual({ environment: { SLACK_BOT_TOKEN: 'xoxb-s3cret', PORT: '3001' }, said: [] });
});

describe('is pointed out', () => {
  test('a folder in its place, as Docker makes one of a file that is missing', async () => {
    await mkdir('.env');
    const [caution] = loadEnvFile({});
    expect(caution).toMatchObject({ what: 'File .env', seen: 'is not read: that is a folder' });
  });

  test.each([
    ['UTF-16', Buffer.from('\ufeffSLACK_BOT_TOKEN=xoxb-s3cret\r\n', 'utf16le'), /it is not written in UTF-8/],
    ['UTF-16 without a mark', Buffer.from('SLACK_BOT_TOKEN=xoxb-s3cret\r\n', 'utf16le'), /it is not written in UTF-8/],
    ['no text at all', Buffer.from([0, 1, 2, 3]), /it is not written in UTF-8/],
    ['a file of another kind', `PORT=3001\n${'x'.repeat(2_000_000)}`, /it is far too long for settings/],
  ])('%s, of which nothing is read', async (_name, content, why) => {
    const { environment, said } = await load(content);
    expect([environment, said]).toEqual([{}, [expect.stringMatching(why)]]);
  });

  test('a file without an end', async () => {
    await symlink('/dev/zero', '.env');
    expect(loadEnvFile({})).toMatchObject([{ seen: expect.stringMatching(/^is not read/) }]);
  });

  test('no line within quotation marks, and no comment', async () => {
    const { environment, said } = await load(
      '# no value = "none\nSLACK_BOT_TOKEN="xoxb\ns3cret\n"\nPORT=\'3001\'\nHOST="::1\nstray\n',
    );
    expect(environment).toMatchObject({ SLACK_BOT_TOKEN: 'xoxb\ns3cret\n', PORT: '3001' });
    expect(said).toEqual(['File .env has a line without =, which is ignored']);
  });

  test('a line without =, which some Nodes take for a part of the next name', async () => {
    const { environment, said } = await load(
      '# Tokens\nSLACK_APP_TOKEN: xapp-s3cret\nSLACK_BOT_TOKEN=xoxb-s3cret\nxoxb-s3cret\n\nPORT=3001\n',
    );
    expect(environment).toEqual({ SLACK_BOT_TOKEN: 'xoxb-s3cret', PORT: '3001' });
    expect(said).toEqual([
      'File .env has a line without =, which is ignored: it begins with SLACK_APP_TOKEN',
      'File .env has a line without =, which is ignored',
    ]);
  });

  test('what is given more than once, and what the environment overrules', async () => {
    const { environment, said } = await load(
      'DIALER_TOKEN=s3cret-old\nOTHER=1\nOTHER=2\nPORT=3001\nHOST=::1\nDIALER_TOKEN=s3cret-new\nLOCALE="en"\n',
      { PORT: '3000', HOST: '', LOCALE: 'en', OTHER: '3' },
    );
    expect(environment).toEqual({ DIALER_TOKEN: 's3cret-new', PORT: '3000', HOST: '', LOCALE: 'en', OTHER: '3' });
    expect(said.sort()).toEqual([
      'Setting DIALER_TOKEN is given more than once in .env, and the last one counts',
      'Setting HOST is set in the environment of the process, and differently in .env, which has no effect',
      'Setting PORT is set in the environment of the process, and differently in .env, which has no effect',
    ]);
  });

  test('what Node reads before', async () => {
    const { said } = await load('NODE_EXTRA_CA_CERTS=ca.pem\nPORT=3001\n');
    expect(said).toEqual(['Setting NODE_EXTRA_CA_CERTS has no effect in .env: Node reads it before']);
  });
});
