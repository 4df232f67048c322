import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { createDownload } from '../../../../src/slack/api/download.ts';
import { createTransport } from '../../../../src/slack/api/transport.ts';

const botToken = 'xoxb-download-test';

const maxFileBytes = 10 * 1024 * 1024;
const noProxies = { http: null, https: null, none: '' };
const downloadFrom = (apiUrl: string) =>
  createDownload({ botToken, apiUrl, maxMb: 10 }, createTransport({ apiUrl, proxies: noProxies }).open(10_000));

/** An HTTP server that says of its one file what a test wants, and of which all requests are kept. */
async function host(serve: (request: IncomingMessage, response: ServerResponse) => void) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
type Host = Awaited<ReturnType<typeof host>>;

let slack: Host;
let elsewhere: Host;
let file: Record<string, unknown>;
let serveFile: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  serveFile = (_, response) => response.writeHead(200, { 'content-type': 'text/csv' }).end('phone\n1\n');
  slack = await host((request, response) => {
    if (request.url !== '/api/files.info') return serveFile(request, response);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: true, file }));
  });
  elsewhere = await host((_, response) => response.end('stolen'));
  file = { id: 'F1', user: 'U1', size: 8, url_private_download: `${slack.url}/f/list.csv` };
});
afterEach(async () => {
  await slack.close();
  await elsewhere.close();
});

const download = (apiUrl = `${slack.url}/api/`): Promise<Uint8Array> => {
  const client = new WebClient(botToken, { slackApiUrl: `${slack.url}/api/`, retryConfig: { retries: 0 } });
  return downloadFrom(apiUrl)('F1', 'U1', client);
};

const fetched = (): IncomingMessage[] => slack.requests.filter((request) => request.url !== '/api/files.info');

test('the bytes, asked for with the bot token', async () => {
  expect(Buffer.from(await download()).toString()).toBe('phone\n1\n');
  expect(fetched().map((request) => request.headers.authorization)).toEqual([`Bearer ${botToken}`]);
});

test.each([['U2'], [undefined]])('a file that %s gave is read for nobody else', async (user) => {
  file = { ...file, user };
  await expect(download()).rejects.toMatchObject({ code: 'not_yours' });
  expect(fetched()).toEqual([]);
});

test('the other address serves when there is none for downloads', async () => {
  file = { id: 'F1', user: 'U1', size: 8, url_private: `${slack.url}/f/view` };
  await download();
  expect(fetched().map((request) => request.url)).toEqual(['/f/view']);
});

describe('the token goes to Slack only', () => {
  test.each([
    ['another host', () => `${elsewhere.url}/f`],
    ['a host that merely ends alike', () => 'https://evilslack.com/f'],
    ['a host that begins alike', () => 'https://slack.com.evil.example/f'],
    ['Slack without encryption', () => 'http://files.slack.com/f'],
    ['a user that looks like the host', () => `${elsewhere.url.replace('//', '//files.slack.com@')}/f`],
    ['no address', () => ''],
    ['nonsense', () => 'not an address'],
  ])('%s is refused', async (_, url) => {
    file = { id: 'F1', user: 'U1', size: 8, url_private_download: url() };
    await expect(download()).rejects.toMatchObject({
      code: 'file_download_failed',
      message: 'the file is not on a Slack host',
    });
    expect(elsewhere.requests).toEqual([]);
    expect(fetched()).toEqual([]);
  });

  test("Slack's own API host does not vouch for its unencrypted twin", async () => {
    file = { id: 'F1', user: 'U1', size: 8, url_private_download: 'http://slack.com/files-pri/T1-F1/list.csv' };
    await expect(download('https://slack.com/api/')).rejects.toThrow('not on a Slack host');
  });

  test('a redirect is not followed', async () => {
    serveFile = (_, response) => response.writeHead(302, { location: `${elsewhere.url}/f` }).end();
    await expect(download()).rejects.toMatchObject({ code: 'file_download_failed' });
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('answers that are no file', () => {
  test.each([
    ['a sign-in page', 200, 'text/html; charset=utf-8'],
    ['a sign-in page, loud', 200, 'Text/HTML'],
    ['forbidden', 403, 'text/plain'],
    ['not found', 404, 'text/csv'],
    ['a server error', 503, 'text/csv'],
  ])('%s', async (_, status, type) => {
    serveFile = (__, response) => response.writeHead(status, { 'content-type': type }).end('<html>');
    await expect(download()).rejects.toMatchObject({ code: 'file_download_failed', details: { status } });
  });

  test('a connection that breaks in the middle', async () => {
    serveFile = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv', 'content-length': 100 });
      response.write('phone\n');
      setTimeout(() => response.destroy(), 50);
    };
    await expect(download()).rejects.toMatchObject({ name: 'AppError', code: 'file_download_failed' });
  });

  test('no connection at all', async () => {
    serveFile = (_, response) => response.destroy();
    await expect(download()).rejects.toMatchObject({ name: 'AppError', code: 'file_download_failed' });
  });

  test('Slack does not know the file', async () => {
    const refusing = await host((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":false,"error":"file_not_found"}');
    });
    const client = new WebClient(botToken, { slackApiUrl: `${refusing.url}/api/`, retryConfig: { retries: 0 } });
    const lost = downloadFrom(`${slack.url}/api/`)('F1', 'U1', client);
    await expect(lost).rejects.toMatchObject({
      code: 'file_download_failed',
      message: expect.stringMatching(/file_not_found/),
    });
    await refusing.close();
  });
});

describe('size', () => {
  test('a file that says it is too large is not fetched', async () => {
    file.size = maxFileBytes + 1;
    await expect(download()).rejects.toMatchObject({ code: 'file_too_large' });
    expect(fetched()).toEqual([]);
  });

  test('the largest that is allowed arrives whole', async () => {
    file.size = maxFileBytes;
    serveFile = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/csv' }).end(Buffer.alloc(maxFileBytes));
    expect(await download()).toHaveLength(maxFileBytes);
  });

  test('one that lied is given up on the way, not read to its end', async () => {
    let cut = false;
    serveFile = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' });
      const chunk = Buffer.alloc(1024 * 1024);
      response.on('close', () => {
        cut = !response.writableEnded;
      });
      const more = (left: number): void => {
        if (left === 0) return void response.end();
        // A write to a connection that is gone ends with an error, in some versions of Node before 'close'.
        response.write(chunk, (error) => {
          if (!error) more(left - 1);
        });
      };
      more(200);
    };
    await expect(download()).rejects.toMatchObject({ code: 'file_too_large' });
    for (let i = 0; i < 100 && !cut; i++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(cut).toBe(true);
  });
});
