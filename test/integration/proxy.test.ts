import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { type BotProcess, startBot } from '../support/bot-process.ts';
import { type Built, build } from '../support/built.ts';
import { startProxy, startTls, type TestProxy, testCertificate } from '../support/proxy.ts';
import { channel, configFor } from '../support/world.ts';

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

// Each test starts a bot of its own, which takes its time on a busy machine.
jest.setTimeout(90_000);

const credentials = { username: 'bot', password: 'p@ss:word' };
const trusting = { NODE_EXTRA_CA_CERTS: resolve(testCertificate) };

let slack: SlackSandbox;
let dialer: DialerSandbox;
let proxy: TestProxy;
let dataDir: string;
let bot: BotProcess | null;
let closing: (() => Promise<void>)[];

/** Both stand-ins behind TLS. Their names exist only at the proxy, or, with `port`, on this machine as well. */
async function setUp({ withPorts }: { withPorts: boolean }): Promise<void> {
  dialer = await createDialerSandbox();
  const dialerTls = await startTls(dialer.url);
  // The port of its TLS is known only after the stand-in runs, and the stand-in must know its address: two steps.
  let slackPort = 0;
  const address = (): string => (withPorts ? `https://slack.test:${slackPort}` : 'https://slack.test');
  slack = await createSlackSandbox({ publicUrl: address });
  const slackTls = await startTls(slack.url);
  slackPort = slackTls.port;
  proxy = await startProxy(
    {
      [`slack.test:${withPorts ? slackTls.port : 443}`]: slackTls.port,
      [`dialer.test:${withPorts ? dialerTls.port : 443}`]: dialerTls.port,
      'dialer.test:80': Number(new URL(dialer.url).port),
    },
    credentials,
  );
  dialerUrl = withPorts ? `https://dialer.test:${dialerTls.port}` : 'https://dialer.test';
  apiUrl = `${address()}/api/`;
  closing.push(proxy.close, slackTls.close, dialerTls.close);
}
let dialerUrl: string;
let apiUrl: string;

beforeEach(async () => {
  closing = [];
  bot = null;
  dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-proxy-'));
});
afterEach(async () => {
  await bot?.kill();
  for (const close of closing) await close();
  await slack.close();
  await dialer.close();
  await rm(dataDir, { recursive: true, force: true });
});

const config = () => {
  const { slack: ofSlack, dialer: ofDialer, ...rest } = configFor(slack, dialer, dataDir);
  return { ...rest, slack: { ...ofSlack, apiUrl }, dialer: { ...ofDialer, url: dialerUrl } };
};

/** Everything that goes out: Web API, sockets, `response_url`, a file, posts of the outbox, the platform. */
async function journey(): Promise<void> {
  const alice = slack.as('alice').in(channel);
  await alice.command('/dial watch Spring');
  await alice.expectCard(channel, 'Spring');
  await alice.command('/dial pause Spring');
  await alice.expectEphemeral(/Spring.*is paused/);
  await alice.command('/dial import Spring');
  const form = await alice.expectModal(/Import/);
  await form.fill({ file: [{ name: 'list.csv', content: 'phone\n13800138000\n' }] }).submit();
  const preview = await alice.expectModal('task_import_send');
  await preview.submit();
  await alice.expectModal('Import result');
}

async function doctor(environment: Record<string, string>): Promise<string> {
  const { slack: ofSlack, dialer: ofDialer } = config();
  const child = spawn(process.execPath, [built.bot, 'doctor'], {
    cwd: dataDir,
    env: {
      PATH: process.env.PATH ?? '',
      SLACK_BOT_TOKEN: ofSlack.botToken,
      SLACK_APP_TOKEN: ofSlack.appToken ?? '',
      SLACK_API_URL: ofSlack.apiUrl,
      DIALER_URL: ofDialer.url,
      DIALER_TOKEN: ofDialer.token,
      DATA_DIR: dataDir,
      PORT: '0',
      ...environment,
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
  await new Promise((done) => child.once('close', done));
  return said;
}

const places = (): string[] => [...new Set(proxy.tunnels.map((authority) => authority.replace(/:\d+$/, '')))].sort();

describe('a proxy that is the only way out', () => {
  beforeEach(() => setUp({ withPorts: false }));

  test('the whole journey goes through it, and so does the doctor', async () => {
    const environment = { ...trusting, HTTPS_PROXY: proxy.url };
    bot = await startBot(built.bot, config(), environment);
    await journey();
    expect(places()).toEqual(['dialer.test', 'slack.test']);
    // Two sockets, and the pools of the others.
    expect(proxy.tunnels.filter((authority) => authority === 'slack.test:443').length).toBeGreaterThanOrEqual(3);
    expect(slack.sockets.connections()).toBe(2);
    expect(proxy.forwarded).toEqual([]);
    expect(bot.output()).not.toContain('ss:word');
    expect(bot.output()).not.toContain('p%40ss');

    proxy.tunnels.length = 0;
    const said = await doctor(environment);
    expect(said).toContain(`Proxy: Slack through ${new URL(proxy.url).origin}, the calling platform through`);
    expect(said).not.toMatch(/p%40ss|p@ss|✗/);
    expect(places()).toEqual(['dialer.test', 'slack.test']);
  });

  test('a platform over plain http is asked through HTTP_PROXY', async () => {
    dialerUrl = 'http://dialer.test';
    bot = await startBot(built.bot, config(), { ...trusting, https_proxy: proxy.url, http_proxy: proxy.url });
    const alice = slack.as('alice').in(channel);
    await alice.command('/dial list');
    await alice.expectEphemeral(/Spring/);
    expect(places()).toEqual(['slack.test']);
    expect(proxy.forwarded.every((address) => address.startsWith('http://dialer.test/v1/task'))).toBe(true);
    expect(proxy.forwarded.length).toBeGreaterThan(0);
  });

  test('a proxy that refuses us is said at the start and by the doctor, without its password', async () => {
    const wrong = proxy.url.replace('p%40ss', 'wrong');
    const said = await doctor({ ...trusting, HTTPS_PROXY: wrong });
    expect(said).toMatch(
      /✗ Slack bot token: Slack cannot be reached: the proxy refuses the user name or password\n\s+Check the user name and password in HTTPS_PROXY/,
    );
    expect(said).toMatch(/✗ Calling platform: it cannot be reached: the proxy refuses the user name or password/);
    expect(said).not.toContain('wrong');
  });
});

describe('around the proxy', () => {
  beforeEach(() => setUp({ withPorts: true }));
  const resolving = { ...trusting, NODE_OPTIONS: `--require ${resolve('test/fixtures/tls/resolve-test-hosts.cjs')}` };

  test('with NO_PROXY everything goes direct', async () => {
    const environment = { ...resolving, HTTPS_PROXY: proxy.url, NO_PROXY: 'slack.test, dialer.test' };
    bot = await startBot(built.bot, config(), environment);
    await journey();
    expect(await doctor(environment)).toContain('Proxy: Slack directly, the calling platform directly');
    expect(proxy.tunnels).toEqual([]);
  });

  test('with DIALER_PROXY=direct only Slack goes through it', async () => {
    bot = await startBot(built.bot, config(), {
      ...resolving,
      HTTPS_PROXY: proxy.url,
      DIALER_PROXY: 'direct',
    });
    await journey();
    expect(places()).toEqual(['slack.test']);
  });
});
