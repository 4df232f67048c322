import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { askHere, listenTrouble, reachable } from '../../src/listening.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** Resolves with the port, or rejects with what the system says. */
function serve(at: { host?: string; port: number }, answer: RequestListener = () => undefined): Promise<number> {
  const server = createServer(answer);
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen({ host: '127.0.0.1', ...at }, () => {
      servers.push(server);
      done((server.address() as AddressInfo).port);
    });
  });
}

/** Ports that `fetch` refuses to ask (fetch.spec.whatwg.org, Port blocking). */
const blocked = [6000, 5060, 6667, 10_080];

test('any port can be asked, also one that fetch refuses', async () => {
  for (const port of blocked) {
    const served = await serve({ port }, (_request, response) => response.end('here')).catch(() => null);
    if (served === null) continue;
    expect(await askHere({ host: undefined, port }, '/healthz', 20_000)).toEqual({ status: 200, text: 'here' });
    return;
  }
});

test('redirects are not followed, endless bodies and silence end, nothing is null', async () => {
  const away = await serve({ port: 0 }, (_request, response) => response.writeHead(302, { location: '/' }).end());
  expect(await askHere({ host: '0.0.0.0', port: away }, '/', 20_000)).toEqual({ status: 302, text: '' });
  const endless = await serve({ port: 0 }, (_request, response) => {
    const write = (): void => void (response.destroyed || response.write('x'.repeat(1_000), write));
    write();
  });
  expect((await askHere({ host: '127.0.0.1', port: endless }, '/', 20_000))?.text.length).toBe(4_096);
  const silent = await serve({ port: 0 });
  expect(await askHere({ host: '127.0.0.1', port: silent }, '/', 100)).toBeNull();
  const closed = await serve({ port: 0 });
  await new Promise((done) => servers.pop()?.close(done));
  expect(await askHere({ host: '127.0.0.1', port: closed }, '/', 20_000)).toBeNull();
});

test('a bot that listens everywhere is asked here', () => {
  expect(['0.0.0.0', '::', '::1', 'bot.example', undefined].map((host) => reachable({ host, port: 1 }).host)).toEqual([
    '127.0.0.1',
    '::1',
    '::1',
    'bot.example',
    '127.0.0.1',
  ]);
});

test('why nothing can be served there, in words', async () => {
  const port = await serve({ port: 0 });
  const why = async (at: { host?: string; port: number }) =>
    listenTrouble(await serve(at).catch((thrown: unknown) => thrown), at)?.seen;
  expect(await why({ port })).toBe(`port ${port} is in use`);
  expect(await why({ host: '192.0.2.7', port: 0 })).toBe('HOST is no address of this machine');
  expect(await why({ host: 'no-such-host.invalid', port: 0 })).toBe('HOST is a name that is not known');
  const refused = Object.assign(new Error('denied'), { code: 'EACCES', syscall: 'listen' });
  expect(listenTrouble(refused, { port: 443 })).toEqual({
    seen: 'port 443 may not be used by this user',
    fix: 'Set PORT to a port above 1023.',
  });
  // Of someone else's name, or of a file.
  for (const other of [new Error('listen'), Object.assign(new Error('x'), { code: 'ENOTFOUND', syscall: 'connect' })])
    expect(listenTrouble(other, { port })).toBeNull();
});
