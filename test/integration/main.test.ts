import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { type Built, build } from '../support/built.ts';
import { eventually } from '../support/eventually.ts';
import { forbiddenIn } from '../support/hostile-text.ts';
import { leaksIn } from '../support/leaks.ts';
import { channel, secretsOf } from '../support/world.ts';

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

// Each test starts a process of its own, which takes its time on a busy machine.
jest.setTimeout(60_000);

interface Run {
  child: ChildProcess;
  output(): string;
  /** Resolves with the exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  /** Waits for a text in the output. */
  says(text: string | RegExp): Promise<void>;
}

let slack: SlackSandbox;
let dialer: DialerSandbox;
let dataDir: string;
let runs: Run[];
beforeEach(async () => {
  slack = await createSlackSandbox();
  dialer = await createDialerSandbox();
  dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-main-'));
  runs = [];
});
afterEach(async () => {
  const said = runs.map((run) => run.output());
  for (const { child, ended } of runs) {
    child.kill('SIGKILL');
    await ended;
  }
  await slack.close();
  await dialer.close();
  await rm(dataDir, { recursive: true, force: true });
  expect(leaksIn(said, secretsOf(slack, dialer))).toEqual([]);
});

const settings = (): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.apiUrl,
  DIALER_URL: dialer.url,
  DIALER_TOKEN: dialer.token,
  DATA_DIR: join(dataDir, 'data'),
  PORT: '0',
  LOG_LEVEL: 'debug',
});

/** Runs a command of the product in a process of its own, with these settings and nothing else. */
function run(command: 'start' | 'doctor', environment: Record<string, string>): Run {
  const child = spawn(process.execPath, [built.bot, command], {
    cwd: dataDir,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += String(part)));
  const started: Run = {
    child,
    output: () => text,
    ended: new Promise((done) => child.once('close', (code) => done(code))),
    async says(wanted) {
      const until = Date.now() + 40_000;
      while (!(typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text))) {
        if (Date.now() > until || child.exitCode !== null) throw new Error(`not said: ${wanted}\n${text}`);
        await new Promise((next) => setTimeout(next, 20));
      }
    },
  };
  runs.push(started);
  return started;
}

describe('a start that cannot be', () => {
  test('without settings: every missing one, how to get it, exit code 1', async () => {
    const { ended, output } = run('start', {});
    expect(await ended).toBe(1);
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'DIALER_URL', 'DIALER_TOKEN']) {
      expect(output()).toContain(name);
    }
    expect(output()).toContain('OAuth & Permissions');
    // The demo is not part of a build.
    expect(output()).not.toContain('npm run');
    expect(output()).not.toMatch(/\n\s+at /);
  });

  test.each([
    ['bot', { SLACK_BOT_TOKEN: 'xoxb-wrong-token-000' }],
    ['app', { SLACK_APP_TOKEN: 'xapp-wrong-token-000' }],
  ])('a wrong %s token: a sentence that says which, where to look, exit code 1', async (which, change) => {
    const { ended, output } = run('start', { ...settings(), ...change });
    expect(await ended).toBe(1);
    expect(output()).toContain(`could not start: Slack rejected SLACK_${which.toUpperCase()}_TOKEN (invalid_auth)`);
    expect(output()).not.toMatch(/administrator/);
    expect(output()).toContain('main.js doctor');
    expect(output()).not.toContain('wrong-token-000');
    expect(output()).not.toMatch(/\n\s+at /);
  });

  test.each(['socket', 'http'])('a taken port (%s mode) is named', async (mode) => {
    const squatter = createServer();
    await new Promise<void>((done) => squatter.listen(0, () => done()));
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const how = mode === 'socket' ? {} : { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: slack.signingSecret };
    const { ended, output } = run('start', { ...settings(), ...how, PORT: String(port) });
    expect(await ended).toBe(1);
    expect(output()).toContain(`port ${port} is in use`);
    await new Promise((done) => squatter.close(done));
  });

  test.each(['socket', 'http'])('an address of another machine (%s mode) is named', async (mode) => {
    const how = mode === 'socket' ? {} : { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: slack.signingSecret };
    const { ended, output } = run('start', { ...settings(), ...how, HOST: '192.0.2.7' });
    expect(await ended).toBe(1);
    expect(output()).toContain('could not start: HOST is no address of this machine');
  });

  test('a store that cannot be opened is named', async () => {
    const { ended, output } = run('start', { ...settings(), DATA_DIR: '/dev/null/data' });
    expect(await ended).toBe(1);
    expect(output()).toContain('the store cannot be opened');
  });
});

describe('signals', () => {
  test('SIGTERM: exit code 0 within seconds, every line is JSON', async () => {
    const bot = run('start', settings());
    await bot.says('Dialdeck is running');
    const began = Date.now();
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(45_000);
    const lines = bot.output().trim().split('\n');
    expect(lines.map((line) => typeof JSON.parse(line).message)).toEqual(lines.map(() => 'string'));
    expect(bot.output()).toContain('Dialdeck has stopped');
  });

  test('SIGTERM while Slack has not answered yet ends the start', async () => {
    slack.faults.next('apps.connections.open', { kind: 'status', status: 503 }, Number.POSITIVE_INFINITY);
    const bot = run('start', settings());
    await bot.says('connecting to Slack');
    await eventually(() => slack.traffic.exchanges('apps.connections.open').length > 0);
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  test('what a person has begun is finished first', async () => {
    const bot = run('start', settings());
    await bot.says('Dialdeck is running');
    const alice = slack.as('alice').in(channel);
    dialer.faults.add({ kind: 'delay', route: 'stop', ms: 1_500 });
    await alice.command('/dial pause Spring');
    await eventually(() => dialer.requests.some(({ route }) => route === 'stop'));
    bot.child.kill('SIGTERM');
    await alice.expectEphemeral(/Spring.*is paused/);
    expect(await bot.ended).toBe(0);
    expect(dialer.effects('stop')).toBe(1);
  });
});

describe('a start that needs patience', () => {
  test('a 503 and a 429 that pass are waited for', async () => {
    slack.faults.next('auth.test', { kind: 'status', status: 503 });
    slack.faults.next('auth.test', { kind: 'rate_limited', retryAfter: 1 });
    slack.faults.next('apps.connections.open', { kind: 'status', status: 503 }, 2);
    const bot = run('start', settings());
    await bot.says('Dialdeck is running');
    expect(bot.output()).toContain('trying again');
    expect(bot.output()).not.toContain('rejected');
  });

  test('a token that is refused for the moment by an account that comes back: the sockets return', async () => {
    const bot = run('start', settings());
    await bot.says('Dialdeck is running');
    slack.faults.next('apps.connections.open', { kind: 'error', error: 'account_inactive' }, 2);
    slack.sockets.disconnect('abrupt');
    await bot.says(/opening a socket to Slack again failed/);
    for (let i = 0; i < 400 && slack.sockets.connections() < 2; i++) await new Promise((next) => setTimeout(next, 50));
    expect(slack.sockets.connections()).toBe(2);
    await slack.as('alice').in(channel).command('/dial help');
    await slack.as('alice').in(channel).expectEphemeral('/dial list');
  });
});

describe('an end whatever hangs', () => {
  test('SIGTERM while Slack and the platform hang: gone within ten seconds', async () => {
    const bot = run('start', { ...settings(), POLL_CRON: '* * * * * *' });
    await bot.says('Dialdeck is running');
    const alice = slack.as('alice').in(channel);
    await alice.command('/dial watch Spring');
    await alice.expectCard(channel, 'Spring');
    slack.faults.next('*', { kind: 'delay', ms: 60_000 }, Number.POSITIVE_INFINITY);
    dialer.faults.add({ kind: 'delay', route: 'list', ms: 60_000 });
    dialer.faults.add({ kind: 'delay', route: 'stop', ms: 60_000 });
    await alice.command('/dial pause Spring');
    await new Promise((next) => setTimeout(next, 1_200));
    const began = Date.now();
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(45_000);
    // A lease that stayed behind would hold up the next process for minutes.
    expect(bot.output()).not.toContain('a lease could not be released');
  });

  test('a closed log pipe: a stop in order, exit code 1', async () => {
    const bot = run('start', { ...settings(), POLL_CRON: '* * * * * *' });
    await bot.says('Dialdeck is running');
    bot.child.stdout?.destroy();
    expect(await bot.ended).toBe(1);
    expect(bot.output()).not.toMatch(/EPIPE|\n\s+at /);
    // It has closed its sockets, which a process that broke down would have left to Slack.
    for (let i = 0; i < 100 && slack.sockets.connections() > 0; i++) await new Promise((next) => setTimeout(next, 50));
    expect(slack.sockets.connections()).toBe(0);
  });
});

describe('the doctor', () => {
  test('all is well: exit code 0', async () => {
    const { ended, output } = run('doctor', settings());
    expect([await ended, output()]).toEqual([0, expect.stringContaining('Ready')]);
    expect(output()).not.toMatch(/✗/);
  });

  test('a problem: exit code 1, and how to fix it', async () => {
    const { ended, output } = run('doctor', { ...settings(), DIALER_TOKEN: 'not-the-right-one' });
    expect(await ended).toBe(1);
    expect(output()).toMatch(/✗ Calling platform: [^\n]+\n\s+Check DIALER_TOKEN/);
    expect(output()).not.toContain('not-the-right-one');
  });

  test('words of the platform and modes of files: nothing steers the terminal, and what is open is named', async () => {
    await writeFile(join(dataDir, '.env'), 'LOCALE=en\n', { mode: 0o644 });
    const message = '\u001b[2J\u009b1mdenied\u202e\n✓ Store: fine';
    dialer.faults.add({ route: '*', kind: 'envelope', code: 5000, message });
    const doctor = run('doctor', settings());
    expect(await doctor.ended).toBe(1);
    expect(forbiddenIn(doctor.output())).toEqual([]);
    expect(doctor.output()).toContain('[2J1mdenied ✓ Store: fine');
    expect(doctor.output()).toMatch(/^! File \.env: .*mode 644/m);
    expect(doctor.output()).toContain('Run chmod 600 .env');
  });
});

describe('addresses', () => {
  test('with credentials are refused without being repeated', async () => {
    const environment = { ...settings(), DIALER_URL: 'https://bot:pa55word@platform.invalid' };
    for (const entry of ['start', 'doctor'] as const) {
      const refused = run(entry, environment);
      expect(await refused.ended).toBe(1);
      expect(refused.output()).toMatch(/DIALER_URL:? must not hold a user name or password/);
      expect(refused.output()).not.toMatch(/pa55word|platform\.invalid/);
    }
  });

  test('of another machine in plain http are warned of at the start', async () => {
    const main = run('start', { ...settings(), DIALER_URL: 'http://platform.invalid' });
    await main.says(/"level":"warn","message":"Setting DIALER_URL is http:\/\/ to another machine/);
  });
});
