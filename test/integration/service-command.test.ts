import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createServiceManager } from '../support/admin/service-manager.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dialdeck-command-'));
  for (const folder of ['etc/dialdeck', 'bin']) await mkdir(join(root, folder), { recursive: true });
  const script = await readFile('deploy/systemd/dialdeck', 'utf8');
  await writeFile(join(root, 'bin/dialdeck'), script.replaceAll('/etc/dialdeck', join(root, 'etc/dialdeck')));
  await writeFile(join(root, 'bin/systemd-run'), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  await chmod(join(root, 'bin/systemd-run'), 0o755);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** The command that systemd would run for `dialdeck <words>`, and its folder of the store. */
async function asked(
  words: string[],
  given: Record<string, string> = {},
): Promise<{ words: string[]; dataDir: string }> {
  const env = { PATH: `${join(root, 'bin')}:${process.env.PATH}`, ...given };
  const { stdout } = await promisify(execFile)('sh', [join(root, 'bin/dialdeck'), ...words], { env });
  const services = createServiceManager({
    place: (path) => (path.startsWith(root) ? path : join(root, path)),
    rewritten: (text) => text,
    hasUser: () => true,
    path: '/usr/bin',
  });
  const run = await services.transient(stdout.trimEnd().split('\n'));
  if (!('program' in run)) throw new Error(run.err);
  expect(run.program).toBe('/usr/bin/env');
  const command = ['sh', '-c', 'printf %s "$DATA_DIR"'];
  const at = run.words.findIndex((word) => !word.includes('='));
  const { stdout: dataDir } = await promisify(execFile)(run.program, [...run.words.slice(0, at), ...command], {
    env: run.environment,
  });
  return { words: run.words.slice(at), dataDir };
}

test('a command of a service has the folder of its store, or the one that its settings name', async () => {
  await writeFile(join(root, 'etc/dialdeck/dialdeck.env'), 'LOCALE=en\n');
  await writeFile(join(root, 'etc/dialdeck/acme.env'), 'DATA_DIR=/srv/acme\n');
  const program = '/opt/dialdeck/current/bin/dialdeck';
  expect(await asked(['doctor'])).toEqual({ words: [program, 'doctor'], dataDir: '/var/lib/dialdeck' });
  expect(await asked(['@acme', 'backup', '--to', 'a b'])).toEqual({
    words: [program, 'backup', '--to', 'a b'],
    dataDir: '/srv/acme',
  });
});

test('a folder that is named with the command counts more than both: trying a backup leaves the store alone', async () => {
  for (const settings of ['LOCALE=en\n', 'DATA_DIR=/srv/live\n']) {
    await writeFile(join(root, 'etc/dialdeck/dialdeck.env'), settings);
    expect(await asked(['restore', 'x.db'], { DATA_DIR: '/tmp/a trial' })).toMatchObject({ dataDir: '/tmp/a trial' });
  }
});

test('without settings that it may read, it says who may', async () => {
  await expect(asked(['@none', 'doctor'])).rejects.toMatchObject({
    stderr: expect.stringMatching(/none\.env cannot be read; run this as root/),
  });
});
