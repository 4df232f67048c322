import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Snapshot } from '../../../../sandbox/slack/protocol.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import { maskPhones } from '../../../../sandbox/slack/traffic.ts';
import { eventually } from '../../../support/eventually.ts';
import { webClient } from '../../../support/sandbox/bolt.ts';

let sandbox: SlackSandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

/** Reads a person's stream of snapshots. */
async function follow(url: string, as: string) {
  const stop = new AbortController();
  const response = await fetch(`${url}/control/events?as=${as}`, { signal: stop.signal });
  const snapshots: Snapshot[] = [];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const pump = async () => {
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) return;
      rest += chunk.value;
      const events = rest.split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) snapshots.push(JSON.parse(event.replace(/^data: /, '')) as Snapshot);
    }
  };
  const done = pump().catch(() => undefined);
  const wait = async (probe: (snapshot: Snapshot) => boolean) => {
    return eventually(() => {
      const last = snapshots.at(-1);
      return last && probe(last) ? last : undefined;
    });
  };
  const end = () => {
    stop.abort();
    return done;
  };
  return { response, snapshots, wait, stop: end };
}

const post = async (path: string, body: unknown) => {
  const response = await fetch(`${sandbox?.url}/control/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as { ok: boolean; error?: string } };
};

describe('the stream of snapshots', () => {
  test('shows a person their workspace at once and after every change; nobody else’s', async () => {
    sandbox = await createSlackSandbox();
    const alice = await follow(sandbox.url, 'U0ALICE001');
    const first = await alice.wait(() => true);
    expect(first.me).toMatchObject({ id: 'U0ALICE001', title: 'Operator', locale: 'en-US' });
    expect(first.people.filter((person) => !person.isBot)).toHaveLength(3);
    const web = webClient(sandbox);
    for (let i = 0; i < 50; i += 1)
      await web.chat.postEphemeral({ channel: 'C0GENERAL1', user: 'U0LIMEI001', text: `${i}` });
    await web.chat.postMessage({ channel: 'C0GENERAL1', text: 'for all' });
    const seen = await alice.wait(({ channels }) => channels[0]?.messages.at(-1)?.text === 'for all');
    expect(seen.channels[0]?.messages).toHaveLength(1);
    // 51 messages and their traffic are many changes: they come together.
    expect(alice.snapshots.length).toBeLessThan(51);
    const posted = seen.traffic.findLast(({ title }) => title === 'chat.postMessage');
    expect(posted).toMatchObject({ direction: 'from-app', outcome: 'ok' });
    await alice.stop();
  });

  test('starts as the first person when nobody is named, and refuses strangers and the bot', async () => {
    sandbox = await createSlackSandbox();
    const anybody = await follow(sandbox.url, '');
    expect((await anybody.wait(() => true)).me.id).toBe('U0ALICE001');
    await anybody.stop();
    for (const who of ['U0NOBODY', sandbox.botUserId]) {
      expect((await fetch(`${sandbox.url}/control/events?as=${who}`)).status).toBe(404);
    }
  });
});

describe('verbs', () => {
  test('wrong ones are refused and change nothing', async () => {
    sandbox = await createSlackSandbox();
    expect(await post('message', null)).toMatchObject({ status: 200, body: { ok: false } });
    expect((await post('message', { as: 'U0ALICE001', channel: 5, text: 'x' })).body.error).toContain('channel');
    expect((await post('message', { as: 'U0NOBODY', channel: 'C0GENERAL1', text: 'x' })).body.error).toBe(
      'user_not_found',
    );
    expect((await post('message', { as: sandbox.botUserId, channel: 'C0GENERAL1', text: 'x' })).body.error).toBe(
      'user_not_found',
    );
    expect((await post('dance', {})).status).toBe(404);
    expect((await post('constructor', {})).status).toBe(404);
    const noSuchView = { as: 'U0ALICE001', viewId: 'V1', values: {} };
    expect((await post('submit', noSuchView)).body).toEqual({ ok: false, error: 'view_not_found' });
    expect((await fetch(`${sandbox.url}/control/message`)).status).toBe(405);
    expect((await fetch(`${sandbox.url}/nowhere`)).status).toBe(404);
  });

  test('controls are shown, used and remembered', async () => {
    sandbox = await createSlackSandbox();
    const used: string[][] = [];
    const label = { en: 'Speed', zh: '速度' };
    const options = [
      { value: '1', label },
      { value: '60', label },
    ];
    sandbox.setPageControls([{ id: 'speed', label, kind: 'choice', options, value: '1' }], (...args) =>
      used.push(args),
    );
    await post('page_control', { id: 'speed', value: '60' });
    expect(used).toEqual([['speed', '60']]);
    expect(sandbox.snapshot('bob').pageControls).toMatchObject([{ id: 'speed', value: '60' }]);
  });

  test('upload, reset and the page', async () => {
    sandbox = await createSlackSandbox({ pageHtml: async () => '<!doctype html><p>page</p>' });
    const upload = await fetch(`${sandbox.url}/control/upload?as=U0ALICE001&name=a%20b.csv`, {
      method: 'POST',
      body: 'x,y',
    });
    const { file } = (await upload.json()) as { file: { id: string; size: number; url: string } };
    expect(file.size).toBe(3);
    await post('message', { as: 'U0ALICE001', channel: 'C0GENERAL1', text: 'see', fileIds: [file.id] });
    await post('message', { as: 'U0BOB00001', channel: 'C0GENERAL1', text: 'stolen', fileIds: [file.id] });
    const messages = sandbox.snapshot('limei').channels[0]?.messages;
    expect(messages?.map((message) => message.files.length)).toEqual([1, 0]);
    expect(await (await fetch(`${sandbox.url}/`)).text()).toContain('page');
    sandbox.faults.next('*', { kind: 'status', status: 500 });
    expect((await post('reset', {})).body.ok).toBe(true);
    expect(sandbox.snapshot('limei').channels[0]?.messages).toEqual([]);
    expect(await webClient(sandbox).auth.test()).toMatchObject({ ok: true });
  });

  test('faults and lost connections over HTTP', async () => {
    sandbox = await createSlackSandbox();
    const limited = { method: 'auth.test', fault: { kind: 'rate_limited', retryAfter: 3 } };
    expect((await post('admin/fault', limited)).body.ok).toBe(true);
    await expect(webClient(sandbox).auth.test()).rejects.toMatchObject({ retryAfter: 3 });
    expect((await post('admin/fault', { method: 'x', fault: { kind: 'odd' } })).body.ok).toBe(false);
    expect((await post('admin/disconnect', { reason: 'warning' })).body.ok).toBe(true);
    const { body } = await post('admin/traffic', {});
    expect(body).toMatchObject({ traffic: [{ title: 'auth.test', outcome: '429, retry after 3 s' }] });
  });

  test('every verb that the README names exists', async () => {
    sandbox = await createSlackSandbox();
    const readme = await readFile(new URL('../../../../sandbox/slack/README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `POST \/control\/(admin\/)?<verb>` \| (.+) \|$/gm)];
    const verbs = rows.flatMap(([, admin = '', text = '']) =>
      [...text.matchAll(/`(\w+)`/g)].map(([, verb]) => `${admin}${verb}`),
    );
    expect(verbs.length).toBeGreaterThan(20);
    for (const verb of verbs) expect([verb, (await post(verb, {})).status]).toEqual([verb, 200]);
    expect((await post('nothing', {})).status).toBe(404);
  });

  test('a server on 127.0.0.1 only', async () => {
    sandbox = await createSlackSandbox();
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('phone numbers in the log', () => {
  test.each([
    ['call 13800138000 now', 'call 138****8000 now'],
    ['+86 138 0013 8000', '+86 138****8000'],
    ['138-0013-8000,13912345678', '138****8000,139****5678'],
    ['0571-87654321', '0571-****4321'],
    ['+14155550123', '+141****0123'],
    ['ts 1763900000.000100', 'ts 1763900000.000100'],
    ['at 1763900000000', 'at 1763900000000'],
    ['5,093 / 8,214', '5,093 / 8,214'],
  ])('%s', (text, masked) => {
    expect(maskPhones(text)).toBe(masked);
  });
});
