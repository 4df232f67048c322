import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { type Built, build } from '../support/built.ts';
import { processesWith } from '../support/release/program.ts';

/** A stop of whatever the documents start leaves no process. */

jest.setTimeout(120_000);

let built: Built;
let slack: SlackSandbox;
let dialer: DialerSandbox;
beforeAll(async () => {
  built = await build();
  slack = await createSlackSandbox();
  dialer = await createDialerSandbox();
});
afterAll(async () => {
  await built.remove();
  await slack.close();
  await dialer.close();
});

/** In the environment of every process that a test starts, and of no other. */
let mark: string;
let home: string;
let child: ChildProcess | null;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'dialdeck-stops-'));
  mark = `DATA_DIR=${join(home, 'data')}`;
  child = null;
});
afterEach(async () => {
  for (const id of await processesWith(mark)) process.kill(Number(id), 'SIGKILL');
  await rm(home, { recursive: true, force: true });
});

const settings = (): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  TMPDIR: home,
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.apiUrl,
  DIALER_URL: dialer.url,
  DIALER_TOKEN: dialer.token,
  DATA_DIR: join(home, 'data'),
  DEMO_PORT: '0',
  PORT: '0',
});

/** Starts it, waits for what it says, and signals only the process that was started. */
async function started(words: readonly [string, ...string[]], cwd: string, says: string): Promise<() => string> {
  const [file, ...rest] = words;
  const begun = spawn(file, rest, { cwd, env: settings(), stdio: ['ignore', 'pipe', 'pipe'] });
  child = begun;
  let text = '';
  for (const stream of [begun.stdout, begun.stderr]) stream.on('data', (part) => (text += String(part)));
  await until(
    () => text.includes(says),
    () => text,
  );
  expect(await processesWith(mark)).not.toEqual([]);
  return () => text;
}

/** Longer than a stop may take. */
async function until(holds: () => boolean | Promise<boolean>, words: () => string): Promise<void> {
  for (const began = performance.now(); !(await holds()); ) {
    if (performance.now() - began > 60_000) throw new Error(`It did not happen:\n${words()}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

const noneIsLeft = async (): Promise<boolean> => (await processesWith(mark)).length === 0;

/** A folder with the scripts of package.json, whose build is the one of this test. */
async function project(): Promise<string> {
  const folder = join(home, 'project');
  await mkdir(folder);
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } };
  const start = scripts.start.replace('dist/main.js', built.entry('main'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'x', version: '1.0.0', scripts: { start } }));
  await copyFile('.npmrc', join(folder, '.npmrc'));
  return folder;
}

describe('SIGTERM to what was started', () => {
  test('npm start: the bot stops in order', async () => {
    const output = await started(['npm', 'start'], await project(), 'Dialdeck is running');
    child?.kill('SIGTERM');
    await until(noneIsLeft, output);
    await until(() => output().includes('Dialdeck has stopped'), output);
  });

  test.each([
    ['demo', 'Open   http'],
    ['sandbox:dialer', 'DIALER_URL'],
    ['sandbox:slack', 'SLACK_API_URL='],
  ])('npm run %s', async (script, says) => {
    const output = await started(['npm', 'run', script], process.cwd(), says);
    child?.kill('SIGTERM');
    await until(noneIsLeft, output);
  });
});

test('a terminal that is closed: the bot that was started in it stops in order', async () => {
  const command = `exec '${process.execPath}' '${built.entry('main')}' start`;
  const output = await started(
    ['script', '--quiet', '--flush', '--command', command, join(home, 'typed')],
    home,
    'running',
  );
  await until(() => slack.sockets.connections() > 0, output);
  // The process that holds the terminal is gone, and with it the terminal.
  child?.kill('SIGKILL');
  await until(noneIsLeft, output);
  await until(() => slack.sockets.connections() === 0, output);
});
