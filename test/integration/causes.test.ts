import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkUp } from '../../src/checkup/checkup.ts';
import type { Finding } from '../../src/checkup/finding.ts';
import { systemClock } from '../../src/clock.ts';
import { startProxy, startTls } from '../support/proxy.ts';
import { recordingLog } from '../support/real-store.ts';

/** What the doctor says of connections that really fail, each in its own way: to Slack and to the platform alike. */

let folder: string;
let closing: (() => Promise<void>)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialdeck-causes-'));
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
  await rm(folder, { recursive: true, force: true });
});

const secrets = { SLACK_BOT_TOKEN: 'xoxb-1-secret', SLACK_APP_TOKEN: 'xapp-1-secret', DIALER_TOKEN: 'platform-secret' };

async function look(address: string, environment: Record<string, string> = {}): Promise<Finding[]> {
  const given = { ...secrets, DIALER_URL: address, SLACK_API_URL: `${address}/api/`, DATA_DIR: folder, PORT: '0' };
  const findings = await checkUp(
    { ...given, ...environment },
    { log: recordingLog(), clock: systemClock, program: { call: 'dialdeck' } },
  );
  const faults = findings.filter(({ level }) => level === 'fault');
  expect(faults.map(({ what }) => what)).toEqual(['Slack bot token', 'Slack app token', 'Calling platform']);
  expect(JSON.stringify(findings)).not.toMatch(/administrator|-secret|pass-w0rd/i);
  return faults;
}

/** A server that answers everything with a page. */
async function webPage(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>Sign in to the network</title>${'<p>.</p>'.repeat(2_000)}`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function behindTls(): Promise<number> {
  const tls = await startTls(await webPage());
  closing.unshift(tls.close);
  return tls.port;
}

async function proxy(): Promise<string> {
  const started = await startProxy({}, { username: 'bot', password: 'pass-w0rd' });
  closing.push(started.close);
  return started.url;
}

const cases: [what: string, set: () => Promise<[string, Record<string, string>?]>, seen: RegExp, fix: RegExp][] = [
  ['nobody listens', async () => ['http://127.0.0.1:9'], /nothing is listening at that address/, /firewall/],
  ['no such host', async () => ['https://no-such-host.invalid'], /the host is not known/, /name server/],
  [
    'a certificate of an unknown CA',
    async () => [`https://127.0.0.1:${await behindTls()}`],
    /certificate is from a CA that this machine does not trust/,
    /NODE_EXTRA_CA_CERTS/,
  ],
  [
    'no TLS at a port',
    async () => [(await webPage()).replace('http:', 'https:')],
    /does not speak TLS/,
    /https:\/\/ needs a port that speaks TLS/,
  ],
  [
    'a proxy that does not run',
    async () => ['https://anywhere.invalid', { HTTPS_PROXY: 'http://127.0.0.1:9' }],
    /the proxy cannot be reached/,
    /NO_PROXY/,
  ],
  [
    'a proxy that refuses the password',
    async () => ['https://anywhere.invalid', { HTTPS_PROXY: (await proxy()).replace('pass-w0rd', 'other-one') }],
    /the proxy refuses the user name or password/,
    /password in HTTPS_PROXY/,
  ],
];

describe.each(cases)('%s', (_name, set, seen, fix) => {
  test('has its own sentence, for both tokens and the platform', async () => {
    for (const fault of await look(...(await set())))
      expect(fault).toEqual(
        expect.objectContaining({ seen: expect.stringMatching(seen), fix: expect.stringMatching(fix) }),
      );
  });
});

test('a web page in place of an answer is named, and not repeated', async () => {
  const [bot, , platform] = await look(await webPage());
  expect(bot?.seen).toMatch(/^Slack cannot be reached \(.*not JSON but \d+ characters/);
  expect(platform?.seen).toMatch(/no task API/);
  expect(JSON.stringify([bot, platform])).not.toMatch(/Sign in to the network/);
});
