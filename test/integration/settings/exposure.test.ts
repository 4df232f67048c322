import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { exposedFiles } from '../../../src/settings/exposure.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialdeck-exposure-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function look(modes: { folder: number; database: number; env: number }) {
  const envFile = join(folder, '.env');
  const database = join(folder, 'dialdeck.db');
  await writeFile(envFile, 'DIALER_TOKEN=s3cret-token\n');
  await writeFile(database, '');
  await chmod(envFile, modes.env);
  await chmod(database, modes.database);
  await chmod(folder, modes.folder);
  return exposedFiles({ envFile, dataDir: folder });
}

test('files of their owner alone expose nothing', async () => {
  expect(await look({ folder: 0o700, database: 0o600, env: 0o600 })).toEqual([]);
  expect(await look({ folder: 0o500, database: 0o644, env: 0o400 })).toEqual([]);
});

test('each one that others can open is named with its mode and the command that closes it', async () => {
  const found = await look({ folder: 0o755, database: 0o644, env: 0o640 });
  expect(found.map(({ fix }) => fix)).toEqual([
    `Run chmod 600 ${join(folder, '.env')}`,
    `Run chmod 700 ${folder}`,
    `Run chmod 600 ${join(folder, 'dialdeck.db')}`,
  ]);
  expect(found.map(({ seen }) => /mode (\d+)/.exec(seen)?.[1])).toEqual(['640', '755', '644']);
  expect(JSON.stringify(found)).not.toContain('s3cret');
});

test('what does not exist exposes nothing; with PostgreSQL no folder is looked at', async () => {
  expect(await exposedFiles({ envFile: join(folder, 'none'), dataDir: join(folder, 'none') })).toEqual([]);
  await chmod(folder, 0o755);
  expect(await exposedFiles({ envFile: join(folder, 'none'), dataDir: null })).toEqual([]);
});
