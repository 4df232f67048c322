import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { testCertificate, testKey } from '../support/proxy.ts';

/** The site for nginx in the manual: it passes on Slack's path, and nothing else of the bot is seen through it. */

const manual = readFileSync('docs/admin/http.md', 'utf8');
const site = /```nginx\n([\s\S]*?)```/.exec(manual)?.[1] ?? '';

test('names one way in, by its exact path, and refuses everything else', () => {
  const bare = site.replaceAll(/#.*$/gm, '');
  expect(bare.match(/location [^{]+/g)?.map((line) => line.trim())).toEqual(['location = /slack/events', 'location /']);
  expect(bare).toMatch(/location \/ \{ return 404; \}/);
  // With a path of its own, nothing of how the request wrote it goes on.
  expect(bare.match(/proxy_pass [^;]+/g)).toEqual(['proxy_pass http://127.0.0.1:3000/slack/events']);
  expect(bare.match(/listen [^;]+/g)).toEqual(['listen 443 ssl']);
  expect(bare).not.toMatch(/healthz|readyz|metrics|rewrite|alias|root/);
});

const candidates = [process.env.NGINX_PATH ?? '', '/usr/sbin/nginx', '/usr/local/sbin/nginx'];
const nginx = candidates.find((path) => path !== '' && existsSync(path));
const withNginx = nginx === undefined ? describe.skip : describe;

withNginx('run by nginx', () => {
  let folder: string;
  let child: ChildProcess;
  let port: number;
  /** What reached the bot. */
  let reached: string[];
  let close: () => Promise<void>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialdeck-nginx-'));
    reached = [];
    const bot = createServer((incoming, response) => {
      reached.push(`${incoming.method} ${incoming.url}`);
      incoming.resume().on('end', () => response.end('{}'));
    });
    await new Promise<void>((done) => bot.listen(0, '127.0.0.1', done));
    close = () => new Promise((done) => bot.close(() => done()));
    port = await freePort();
    const server = site
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replace('/etc/ssl/dialdeck.pem', resolve(testCertificate))
      .replace('/etc/ssl/dialdeck.key', resolve(testKey))
      .replace('127.0.0.1:3000', `127.0.0.1:${(bot.address() as AddressInfo).port}`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    const whole = `daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${temporary.join(' ')} ${server} }`;
    await writeFile(join(folder, 'nginx.conf'), whole);
    const given = ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')];
    const tested = spawnSync(nginx ?? '', [...given, '-t'], { encoding: 'utf8' });
    expect([tested.status, tested.stderr]).toEqual([0, expect.stringContaining('test is successful')]);
    child = spawn(nginx ?? '', given, { stdio: 'ignore' });
    await eventually(async () => (await ask('GET', '/').catch(() => 0)) === 404);
  });
  afterEach(async () => {
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
    await close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Asks for a path as it is written; resolves with the status. */
  const ask = (method: string, path: string, body = ''): Promise<number> =>
    new Promise((done, failed) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          rejectUnauthorized: false,
          headers: { 'content-length': body.length },
        },
        (response) => {
          response.resume().on('end', () => done(response.statusCode ?? 0));
        },
      );
      asked.on('error', failed);
      asked.end(body);
    });

  test('Slack gets through, and no other path, however it is written', async () => {
    expect(await ask('POST', '/slack/events', 'payload=%7B%7D')).toBe(200);
    expect(reached).toEqual(['POST /slack/events']);
    const others = [
      '/',
      '/healthz',
      '/readyz',
      '/metrics',
      '/slack',
      '/slack/events/',
      '/slack/events/x',
      '/Slack/Events',
      '/slack/events/../../readyz',
      '/slack/events%2f..%2f..%2freadyz',
      '/readyz?/slack/events',
      '//readyz',
      '/%72eadyz',
    ];
    for (const path of others)
      for (const method of ['GET', 'POST', 'HEAD'])
        expect([method, path, await ask(method, path)]).toEqual([method, path, 404]);
    expect(reached).toHaveLength(1);
    // What means Slack's path in another spelling arrives as that path.
    for (const path of ['/slack/%65vents', '//slack//events', '/readyz/../slack/events']) await ask('POST', path);
    expect(new Set(reached)).toEqual(new Set(['POST /slack/events']));
  });

  test('other methods, and bodies beyond what the bot takes, stay outside', async () => {
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect([method, await ask(method, '/slack/events')]).toEqual([method, 403]);
    expect(await ask('POST', '/slack/events', 'x'.repeat(1024 * 1024 + 1)).catch(() => 413)).toBe(413);
    expect(reached).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
