import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { systemClock } from '../../../../src/clock.ts';
import type { FileTrouble } from '../../../../src/core/errors.ts';
import { createDownload } from '../../../../src/slack/api/download.ts';
import { createTransport, isSlackAddress } from '../../../../src/slack/api/transport.ts';
import { bytesOf } from '../../../support/core/list-files.ts';

const botToken = 'xoxb-download-test';

const maxFileBytes = 10 * 1024 * 1024;
const noProxies = { http: null, https: null, none: '' };
/** The waits between attempts, ms, which take no time here. */
let waits: number[];
const clock = {
  ...systemClock,
  async sleep(ms: number) {
    waits.push(ms);
  },
};
const downloadFrom = (apiUrl: string) =>
  createDownload({ botToken, apiUrl, maxMb: 10 }, createTransport({ apiUrl, proxies: noProxies }).open(10_000), clock);

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
/** What `files.info` refuses, attempt by attempt; then it answers with the file. */
let refusals: string[];

beforeEach(async () => {
  waits = [];
  refusals = [];
  serveFile = (_, response) => response.writeHead(200, { 'content-type': 'text/csv' }).end('phone\n1\n');
  slack = await host((request, response) => {
    if (request.url !== '/api/files.info') return serveFile(request, response);
    const error = refusals.shift();
    if (error === 'ratelimited') return response.writeHead(429, { 'retry-after': '7' }).end();
    if (error === '500') return response.writeHead(500).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(error === undefined ? { ok: true, file } : { ok: false, error }));
  });
  elsewhere = await host((_, response) => response.end('stolen'));
  file = { id: 'F1', user: 'U1', size: 8, url_private_download: `${slack.url}/f/list.csv` };
});
afterEach(async () => {
  await slack.close();
  await elsewhere.close();
});

const webClient = () =>
  new WebClient(botToken, {
    slackApiUrl: `${slack.url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

const download = (apiUrl = `${slack.url}/api/`): Promise<Uint8Array> =>
  bytesOf(downloadFrom(apiUrl)({ id: 'F1', person: 'U1', shown: false }, webClient()));

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

test('one that Slack showed to the person, in a message, is read no matter who uploaded it', async () => {
  file = { ...file, user: 'U2' };
  const shown = downloadFrom(`${slack.url}/api/`)({ id: 'F1', person: 'U1', shown: true }, webClient());
  expect(Buffer.from(await bytesOf(shown)).toString()).toBe('phone\n1\n');
});

describe('each trouble by its name, without a download', () => {
  test.each<[FileTrouble, Record<string, unknown>]>([
    ['tombstoned', { mode: 'tombstone' }],
    ['hidden_by_plan', { mode: 'hidden_by_limit' }],
    ['hidden_by_plan', { file_access: 'hidden_by_limit' }],
    ['access_denied', { file_access: 'access_denied' }],
    ['not_found', { file_access: 'file_not_found' }],
    ['external', { mode: 'external', is_external: true, external_type: 'gdrive' }],
    ['external', { is_external: true }],
    ['email', { mode: 'email', filetype: 'email' }],
    ['canvas', { mode: 'quip', filetype: 'quip', mimetype: 'application/vnd.slack-docs' }],
    ['canvas', { mode: 'canvas' }],
    ['canvas', { mode: 'space', filetype: 'space' }],
    ['list', { mode: 'list', filetype: 'list', mimetype: 'application/vnd.slack-list' }],
  ])('%s: %j', async (fileTrouble, state) => {
    file = { ...file, ...state };
    await expect(download()).rejects.toMatchObject({ code: 'file_download_failed', details: { fileTrouble } });
    expect([fetched(), waits]).toEqual([[], []]);
  });

  test.each<[FileTrouble, string]>([
    ['not_found', 'file_not_found'],
    ['deleted', 'file_deleted'],
    ['access_denied', 'access_denied'],
    ['scope_missing', 'missing_scope'],
  ])('%s: %s', async (fileTrouble, error) => {
    refusals = [error];
    await expect(download()).rejects.toMatchObject({ code: 'file_download_failed', details: { fileTrouble } });
    expect(waits).toEqual([]);
  });
});

describe('what passes is tried again', () => {
  test('a busy Slack, after the time it names', async () => {
    refusals = ['ratelimited', 'internal_error', '500'];
    expect(await download()).toHaveLength(8);
    expect(waits).toEqual([7_000, 2_000, 4_000]);
  });

  test.each([429, 503, 404])('an answer of %i', async (status) => {
    let left = 2;
    const usual = serveFile;
    serveFile = (request, response) => {
      left -= 1;
      if (left >= 0) response.writeHead(status).end();
      else usual(request, response);
    };
    expect(await download()).toHaveLength(8);
    expect(waits).toEqual([1_000, 2_000]);
  });

  test('a file that has no address yet', async () => {
    file = { id: 'F1', user: 'U1', size: 0 };
    await expect(download()).rejects.toMatchObject({ details: { fileTrouble: 'not_ready' } });
    expect(waits).toEqual([1_000, 2_000, 4_000]);
  });

  test('a Slack that stays busy is given up', async () => {
    refusals = Array(9).fill('service_unavailable');
    await expect(download()).rejects.toMatchObject({ details: { fileTrouble: 'busy' } });
    expect(refusals).toHaveLength(5);
  });
});

test('a file that is a web page is one', async () => {
  file = { ...file, mimetype: 'text/html' };
  serveFile = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
  expect(Buffer.from(await download()).toString()).toBe('<html>');
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

  test.each([
    ['https://slack-gov.com/api/', 'https://files.slack-gov.com/f', true],
    ['https://slack-gov.com/api/', 'https://files.slack.com/f', false],
    ['https://slack.com/api/', 'https://files.slack-gov.com/f', false],
    ['https://www.slack-gov.com/api/', 'https://evilslack-gov.com/f', false],
  ])('with the API at %s, %s is Slack: %s', (apiUrl, url, isSlack) => {
    expect(isSlackAddress(new URL(url), apiUrl)).toBe(isSlack);
  });

  test('a redirect is not followed', async () => {
    serveFile = (_, response) => response.writeHead(302, { location: `${elsewhere.url}/f` }).end();
    await expect(download()).rejects.toMatchObject({ code: 'file_download_failed' });
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('answers that are no file', () => {
  test.each([
    ['a sign-in page', 200, 'text/html; charset=utf-8', 'scope_missing'],
    ['a sign-in page, loud', 200, 'Text/HTML', 'scope_missing'],
    ['forbidden', 403, 'text/plain', 'access_denied'],
    ['not found', 404, 'text/csv', 'not_ready'],
    ['gone', 410, 'text/csv', 'deleted'],
    ['a server error', 503, 'text/csv', 'busy'],
  ])('%s', async (_, status, type, fileTrouble) => {
    serveFile = (__, response) => response.writeHead(status, { 'content-type': type }).end('<html>');
    await expect(download()).rejects.toMatchObject({ code: 'file_download_failed', details: { status, fileTrouble } });
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
    const lost = downloadFrom(`${slack.url}/api/`)({ id: 'F1', person: 'U1', shown: false }, client);
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
