import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makePlace, removePlace, thisRelease, unpack } from '../support/release/archive.ts';
import { run } from '../support/release/program.ts';

jest.setTimeout(60_000);

/** The units as they are in the archive; the program that they name is where it was unpacked. */
let place: string;
let installed: string;
let units: Map<string, string>;
beforeAll(async () => {
  place = await makePlace('systemd');
  installed = await unpack(await thisRelease(), place);
  const folder = join(installed, 'deploy/systemd');
  const names = (await readdir(folder)).filter((name) => /\.(?:service|timer)$/.test(name)).sort();
  units = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
  await mkdir(join(place, 'units'));
  for (const [name, text] of units) {
    await writeFile(join(place, 'units', name), text.replaceAll('/opt/dialdeck/current', installed));
  }
});
afterAll(() => removePlace(place));

/** The values of a directive, in their order. */
const valuesOf = (unit: string, directive: string): string[] =>
  (units.get(unit) ?? '')
    .split('\n')
    .filter((line) => line.startsWith(`${directive}=`))
    .map((line) => line.slice(directive.length + 1));

/** What differs from one bot to the next. */
const ofOne = (text: string): string =>
  text
    .replaceAll('/etc/dialdeck/%i.env', '/etc/dialdeck/dialdeck.env')
    .replaceAll('dialdeck-%i', 'dialdeck')
    .replaceAll(' for %i', '')
    .replaceAll('dialdeck-backup@', 'dialdeck-backup')
    .replace(/^(?:#[^\n]*\n)+/, '');

test('there is a unit of one bot and a template of several, and the same for backups', () => {
  expect([...units.keys()]).toEqual([
    'dialdeck-backup.service',
    'dialdeck-backup.timer',
    'dialdeck-backup@.service',
    'dialdeck-backup@.timer',
    'dialdeck.service',
    'dialdeck@.service',
  ]);
  for (const name of ['dialdeck', 'dialdeck-backup']) {
    expect(ofOne(units.get(`${name}@.service`) ?? '')).toBe(ofOne(units.get(`${name}.service`) ?? ''));
    expect(units.get(`${name}@.service`)).toMatch(/%i/);
  }
  expect(ofOne(units.get('dialdeck-backup@.timer') ?? '')).toBe(units.get('dialdeck-backup.timer'));
});

test('the bot runs as a user of its own, keeps its store to itself, and is restarted whatever ended it', () => {
  expect(valuesOf('dialdeck.service', 'User')).toEqual(['dialdeck']);
  expect(valuesOf('dialdeck.service', 'StateDirectoryMode')).toEqual(['0700']);
  expect(valuesOf('dialdeck.service', 'UMask')).toEqual(['0077']);
  expect(valuesOf('dialdeck.service', 'Restart')).toEqual(['always']);
  // Longer than everything a stop waits for.
  expect(Number(valuesOf('dialdeck.service', 'TimeoutStopSec')[0])).toBeGreaterThan(10);
});

test('the commands of the units are those of the program', async () => {
  for (const unit of ['dialdeck.service', 'dialdeck-backup.service']) {
    const [file = '', command = '', ...words] = (valuesOf(unit, 'ExecStart')[0] ?? '').split(' ');
    const program = file.replace('/opt/dialdeck/current', installed);
    const env = { PATH: process.env.PATH ?? '', DATA_DIR: join(place, 'none') };
    expect((await run(program, ['help'], { cwd: place, env })).out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    // Without settings or a store it fails, but not because its words are not understood.
    expect((await run(program, [command, ...words], { cwd: place, env })).code).toBe(1);
  }
});

const analyze = '/usr/bin/systemd-analyze';
(existsSync(analyze) ? describe : describe.skip)('systemd', () => {
  test('finds nothing wrong with any unit', () => {
    const files = [...units.keys()].map((name) => join(place, 'units', name));
    const { stdout, stderr, status } = spawnSync(analyze, ['verify', '--man=no', ...files], { encoding: 'utf8' });
    process.stdout.write(`systemd-analyze verify: ${files.length} units, exit status ${status}\n${stdout}${stderr}`);
    expect([status, stdout + stderr]).toEqual([0, '']);
  });

  test.each(['dialdeck.service', 'dialdeck@.service', 'dialdeck-backup.service', 'dialdeck-backup@.service'])(
    '%s is exposed to little',
    (name) => {
      const words = ['security', '--offline=true', '--no-pager', join(place, 'units', name)];
      const { stdout } = spawnSync(analyze, words, { encoding: 'utf8' });
      const open = stdout.split('\n').filter((line) => line.startsWith('✗'));
      const [, level = ''] = /Overall exposure level for \S+: ([\d.]+)/.exec(stdout) ?? [];
      process.stdout.write(`systemd-analyze security ${name}: ${level}\n${open.join('\n')}\n`);
      expect(Number(level)).toBeGreaterThan(0);
      expect(Number(level)).toBeLessThan(2);
    },
  );
});
