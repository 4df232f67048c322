import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from '@jest/globals';
import { createTransport, isResponseAddress, isSlackAddress } from '../../../../src/slack/api/transport.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function host(serve: (request: IncomingMessage, response: ServerResponse) => void) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    serve(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}

const proxies = { http: null, https: null, none: '' };
const fetchFrom = (url: string, limitMs: number) => createTransport({ apiUrl: `${url}/api/`, proxies }).fetch(limitMs);

test.each([
  ['never answers', () => {}],
  [
    'never ends its body',
    (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200).write('{');
    },
  ],
  [
    'drips',
    (_: IncomingMessage, response: ServerResponse) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
  ],
])('an answer that %s ends with the limit', async (_, serve) => {
  const { url } = await host(serve);
  const began = performance.now();
  const read = async () => (await fetchFrom(url, 200)(`${url}/response/1`)).text();
  await expect(read()).rejects.toThrow(/timeout|aborted/);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test.each([
  ['without a proxy', proxies, undefined],
  ['without a proxy, with a signal of the caller', proxies, new AbortController().signal],
  ['through undici', { ...proxies, https: 'http://127.0.0.1:9' }, undefined],
])('the limit outlives the garbage collector: %s', async (_, environment, signal) => {
  const { url } = await host(() => {});
  const transport = createTransport({ apiUrl: `${url}/api/`, proxies: environment });
  const answer = transport
    .fetch(1_000)(`${url}/response/1`, signal ? { signal } : undefined)
    .then(
      () => 'answered',
      (error: Error) => error.name,
    );
  await sleep(50);
  collectGarbage();
  await sleep(50);
  collectGarbage();
  const late = sleep(5_000, 'never', { ref: false });
  expect(await Promise.race([answer, late])).toBe('TimeoutError');
});

test('no redirect is followed', async () => {
  const elsewhere = await host((_, response) => response.end('stolen'));
  const { url } = await host((_, response) => response.writeHead(307, { location: elsewhere.url }).end());
  await expect(fetchFrom(url, 2_000)(`${url}/response/1`, { method: 'POST', body: '{}' })).rejects.toThrow();
  expect(elsewhere.requests()).toBe(0);
});

test('another host is not asked', async () => {
  const elsewhere = await host((_, response) => response.end('stolen'));
  await expect(fetchFrom('http://127.0.0.1:9', 2_000)(`${elsewhere.url}/x`)).rejects.toThrow('not an address of Slack');
  expect(elsewhere.requests()).toBe(0);
});

test('which addresses are Slack’s', () => {
  const api = 'https://slack.com/api/';
  const ours = (address: string): boolean => isSlackAddress(new URL(address), api);
  expect(['https://slack.com/x', 'https://files.slack.com/x', 'https://hooks.slack.com/x'].map(ours)).not.toContain(
    false,
  );
  expect(['http://slack.com/x', 'https://slack.com.evil.example', 'https://evilslack.com'].map(ours)).not.toContain(
    true,
  );
  const response = (address: string): boolean => isResponseAddress(new URL(address), api);
  expect(response('https://hooks.slack.com/commands/1')).toBe(true);
  expect(response('https://slack.com/commands/1')).toBe(true);
  expect(['https://files.slack.com/1', 'http://hooks.slack.com/1', 'https://evil.example'].map(response)).not.toContain(
    true,
  );
});
