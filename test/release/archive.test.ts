import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { eventually } from '../support/eventually.ts';
import {
  type Archive,
  buildArchive,
  copyProject,
  filesBelow,
  makePlace,
  removePlace,
  thisRelease,
  unpack,
} from '../support/release/archive.ts';
import { processesWith, type Running, run, serviceUser, startInstalled } from '../support/release/program.ts';

jest.setTimeout(180_000);

const exec = promisify(execFile);

let archive: Archive;
let place: string;
/** Where it was unpacked; nobody may write there. */
let installed: string;
beforeAll(async () => {
  archive = await thisRelease();
  place = await makePlace('archive');
  installed = await unpack(archive, join(place, 'opt'));
  await exec('chmod', ['-R', 'a-w', installed]);
});
afterAll(() => removePlace(place));

const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

/** The commit that the build was stamped with; null outside of a checkout. */
async function builtFrom(): Promise<string | null> {
  const stamp = await readFile(join(installed, 'dist/build.json'), 'utf8');
  return (JSON.parse(stamp) as { commit: string | null }).commit;
}

describe('the archive', () => {
  test('is what the file beside it says', async () => {
    expect(await sha256(archive.file)).toBe(archive.checksum);
  });

  test('is the same, byte for byte, when it is built again: elsewhere, later, under other habits', async () => {
    const other = join(place, 'elsewhere');
    await mkdir(other);
    await copyProject(other);
    const commit = await builtFrom();
    const { mtimeMs } = await stat(join(installed, 'package.json'));
    const again = await buildArchive(other, join(place, 'again'), {
      ...(commit === null ? {} : { DIALDECK_COMMIT: commit }),
      SOURCE_DATE_EPOCH: String(mtimeMs / 1000),
      TZ: 'Asia/Shanghai',
      LC_ALL: 'C.UTF-8',
    });
    expect(again.checksum).toBe(archive.checksum);
  });

  test('holds the checksum of each of its files, and nothing else', async () => {
    const listed = (await readFile(join(installed, 'SHA256SUMS'), 'utf8')).trimEnd().split('\n');
    const sums = new Map(listed.map((line) => [line.slice(66), line.slice(0, 64)]));
    const files = (await filesBelow(installed)).filter((name) => name !== 'SHA256SUMS');
    expect([...sums.keys()].sort()).toEqual(files);
    await exec('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: installed });
  });

  test('holds the program and what is needed to run it; no sources, stand-ins, tests or packages of development', async () => {
    const has = ['bin', 'deploy', 'dist', 'docs', 'manifests', 'node_modules', 'package.json', 'README.md'];
    expect(await readdir(installed)).toEqual(
      expect.arrayContaining([...has, '.env.example', 'CHANGELOG.md', 'LICENSE']),
    );
    const files = await filesBelow(installed);
    expect(files.filter((name) => /^(?:src|sandbox|test|bench|packaging)\//.test(name))).toEqual([]);
    const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { devDependencies: object };
    const packages = await readdir(join(installed, 'node_modules'));
    expect(Object.keys(devDependencies).filter((name) => packages.includes(name))).toEqual([]);
    const own = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(own).toMatchObject({ version: archive.version, scripts: { start: 'node dist/main.js' } });
    expect(own).not.toHaveProperty('devDependencies');
  });

  test('has no document that leads to a file that is missing', async () => {
    const documents = (await filesBelow(installed)).filter((name) => /^(?:docs\/.*|[^/]*)\.md$/.test(name));
    expect(documents.length).toBeGreaterThan(10);
    const links = documents.flatMap((name) =>
      [...readFileSync(join(installed, name), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = '']) => ({
        name,
        to,
      })),
    );
    expect(links.filter(({ name, to }) => !existsSync(join(installed, name, '..', to)))).toEqual([]);
  });

  test('belongs to root, and nothing in it may be written by others or become another user', async () => {
    const { stdout } = await exec('tar', ['--list', '--verbose', '--numeric-owner', '--gzip', '--file', archive.file], {
      maxBuffer: 64 * 1024 * 1024,
    });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.filter((line) => !/^(?:[d-]rw[x-]r-[x-]r-[x-]|l\S+) 0\/0 /.test(line))).toEqual([]);
  });
});

describe('the program that was unpacked, in a folder nobody may write, as a user who owns nothing', () => {
  let slack: SlackSandbox;
  let dialer: DialerSandbox;
  let home: string;
  let running: Running | null;
  beforeEach(async () => {
    slack = await createSlackSandbox();
    dialer = await createDialerSandbox();
    home = await makePlace('archive-home');
    running = null;
    if (serviceUser.uid !== undefined) await exec('chown', [String(serviceUser.uid), home]);
  });
  afterEach(async () => {
    running?.child.kill('SIGKILL');
    await running?.ended;
    await slack.close();
    await dialer.close();
    await removePlace(home);
  });

  const settings = (): Record<string, string> => ({
    PATH: process.env.PATH ?? '',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    DATA_DIR: join(home, 'data'),
    PORT: '0',
  });
  const dialdeck = (...words: string[]) => run(join(installed, 'bin/dialdeck'), words, { cwd: home, env: settings() });

  test('version and help; help names commands that exist here, in the way they can be typed', async () => {
    const commit = await builtFrom();
    expect(await dialdeck('version')).toEqual({
      code: 0,
      out: `dialdeck ${archive.version} (${commit === null ? '' : `commit ${commit}, `}Node.js ${process.version})\n`,
      err: '',
    });
    const help = await dialdeck('help');
    expect(help.out).toContain(`${join(installed, 'bin/dialdeck')} <command>`);
    expect(help.out).not.toMatch(/npm run|npx/);
    const env = { ...settings(), PATH: `${join(installed, 'bin')}:${process.env.PATH}` };
    expect((await run('dialdeck', ['help'], { cwd: home, env })).out).toContain('\ndialdeck <command>');
    const here = { cwd: join(installed, 'bin'), env: settings() };
    expect((await run('./dialdeck', ['help'], here)).out).toContain('\n./dialdeck <command>');
  });

  test('doctor finds nothing to fix and writes nothing; start runs, says what it is, goes on after SIGHUP, and stops', async () => {
    const doctor = await dialdeck('doctor');
    expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining('Ready:')]);
    expect(await readdir(home)).toEqual([]);

    running = await startInstalled(join(installed, 'bin/dialdeck'), ['start'], { cwd: home, env: settings() });
    const commit = await builtFrom();
    const release = { version: archive.version, commit };
    const said = running.line('Dialdeck is running');
    expect(said).toMatchObject(release);
    const healthz = await fetch(`http://127.0.0.1:${said?.port}/healthz`);
    expect(await healthz.json()).toEqual({ ok: true, ...release });

    const { child, output } = running;
    child.kill('SIGHUP');
    await eventually(() => output().includes('"signal":"SIGHUP"'));
    await slack.as('alice').in('outbound-calls').command('/dial help');
    await slack.as('alice').in('outbound-calls').expectEphemeral('/dial list');

    // A list is read in a process of its own, from the same folder.
    await slack.as('alice').in('outbound-calls').command('/dial import Clinic');
    const form = await slack.as('alice').expectModal('task_import', { timeoutMs: 30_000 });
    await form.fill({ file: { name: 'list.csv', content: 'phone\n13900000001\n13900000002\n' } }).submit();
    await slack.as('alice').expectModal('task_import_send', { timeoutMs: 30_000 });

    child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(await processesWith(`DATA_DIR=${join(home, 'data')}`)).toEqual([]);
    await exec('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: installed });
  });
});
