import { afterEach, describe, expect, test } from '@jest/globals';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import { eventually } from '../../../support/eventually.ts';
import { slackError, webClient } from '../../../support/sandbox/bolt.ts';
import { createManualClock } from '../../../support/sandbox/manual-clock.ts';

let sandbox: SlackSandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

describe('access to the Web API', () => {
  test('tokens are strict', async () => {
    sandbox = await createSlackSandbox();
    const call = (token: string | undefined, method: string) =>
      slackError(webClient(sandbox as SlackSandbox, token).apiCall(method));
    expect((await call('xoxb-wrong', 'auth.test')).error).toBe('invalid_auth');
    expect((await call(sandbox.appToken, 'auth.test')).error).toBe('not_allowed_token_type');
    expect((await call(sandbox.botToken, 'apps.connections.open')).error).toBe('not_allowed_token_type');
    expect((await call('xapp-wrong', 'apps.connections.open')).error).toBe('invalid_auth');
    const bare = await fetch(`${sandbox.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' });
    expect((await call(sandbox.botToken, 'made.up')).error).toBe('unknown_method');
    expect((await call(sandbox.botToken, 'constructor')).error).toBe('unknown_method');
    expect(await webClient(sandbox).auth.test()).toMatchObject({ ok: true, user_id: sandbox.botUserId });
    expect((await slackError(webClient(sandbox, 'none').api.test({ error: 'my_error' }))).error).toBe('my_error');
  });

  test('credentials that are replaced are refused from then on, as is a token that was revoked', async () => {
    sandbox = await createSlackSandbox();
    const { botToken, appToken, signingSecret } = sandbox;
    const errorOf = async (token: string, method: string) =>
      (await slackError(webClient(sandbox as SlackSandbox, token).apiCall(method))).error;
    expect(await webClient(sandbox, botToken).auth.revoke({ test: true })).toMatchObject({ ok: true, revoked: false });
    expect(await webClient(sandbox, botToken).auth.revoke()).toMatchObject({ ok: true, revoked: true });
    expect(await errorOf(botToken, 'auth.test')).toBe('token_revoked');

    expect(sandbox.replace('botToken')).toBe(sandbox.botToken);
    expect(sandbox.botToken).not.toBe(botToken);
    expect(await webClient(sandbox, sandbox.botToken).auth.test()).toMatchObject({ ok: true });
    expect(await errorOf(botToken, 'auth.test')).toBe('token_revoked');

    sandbox.replace('appToken');
    expect(await errorOf(appToken, 'apps.connections.open')).toBe('token_revoked');
    expect(await webClient(sandbox, sandbox.appToken).apps.connections.open({})).toMatchObject({ ok: true });
    expect(sandbox.replace('signingSecret')).not.toBe(signingSecret);
  });

  test('takes forms, JSON and multipart', async () => {
    sandbox = await createSlackSandbox();
    const headers = { authorization: `Bearer ${sandbox.botToken}` };
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'in blocks' } }];
    const address = `${sandbox.apiUrl}chat.postMessage`;
    const channel = 'general';
    const multipart = new FormData();
    multipart.set('channel', channel);
    multipart.set('text', 'multipart');
    const bodies: RequestInit[] = [
      { body: new URLSearchParams({ channel, text: 'form', blocks: JSON.stringify(blocks) }), headers },
      {
        body: JSON.stringify({ channel, text: 'json', blocks }),
        headers: { ...headers, 'content-type': 'application/json' },
      },
      { body: multipart, headers },
      { body: new URLSearchParams({ channel, text: 'token in body', token: sandbox.botToken }) },
    ];
    for (const init of bodies) {
      const answer = await (await fetch(address, { method: 'POST', ...init })).json();
      expect(answer).toMatchObject({ ok: true });
    }
    for (const text of ['form', 'json', 'multipart', 'token in body'])
      await sandbox.as('bob').expectMessage(channel, text);
  });

  test('planned faults: error, status, rate limit, delay, lost answer', async () => {
    const clock = createManualClock();
    sandbox = await createSlackSandbox({ clock });
    const web = webClient(sandbox);
    const post = (text: string) => web.chat.postMessage({ channel: 'general', text });
    sandbox.faults.next('chat.postMessage', { kind: 'error', error: 'internal_error' });
    expect((await slackError(post('one'))).error).toBe('internal_error');
    sandbox.faults.next('chat.postMessage', { kind: 'status', status: 503 });
    await expect(post('two')).rejects.toMatchObject({ code: 'slack_webapi_http_error', statusCode: 503 });
    sandbox.faults.next('*', { kind: 'rate_limited', retryAfter: 7 });
    await expect(post('three')).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 });
    sandbox.faults.next('chat.postMessage', { kind: 'delay', ms: 120 });
    let answered = false;
    const four = post('four').then(() => {
      answered = true;
    });
    const { traffic } = sandbox;
    await eventually(() => traffic.exchanges('chat.postMessage').some(({ sent }) => sent.text === 'four'));
    await clock.advance(110);
    expect(answered).toBe(false);
    expect(traffic.exchanges('chat.postMessage').at(-1)?.outcome).toBe('…');
    await clock.advance(10);
    await four;
    sandbox.faults.next('chat.postMessage', { kind: 'error', error: 'ratelimited', retryAfter: 9 });
    await expect(post('refused')).rejects.toMatchObject({
      data: { error: 'ratelimited', response_metadata: { retryAfter: 9 } },
    });
    sandbox.faults.next('chat.postMessage', { kind: 'bare' });
    expect((await post('bare')).ts).toBeUndefined();
    sandbox.faults.next('chat.postMessage', { kind: 'drop' });
    await expect(post('five')).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    const texts = sandbox
      .snapshot('bob')
      .channels.flatMap((channel) => channel.messages.map((message) => message.text));
    expect(texts).toEqual(['four', 'bare', 'five']);
  });

  test('a share of all calls fails: cut before or after the effect, or never answered', async () => {
    sandbox = await createSlackSandbox();
    const draws = [0.05, 0.1, 0.05, 0.5, 0.05, 0.9, 0.3];
    sandbox.faults.mix({
      share: 0.1,
      faults: [{ kind: 'drop', effect: false }, { kind: 'drop' }, { kind: 'hang' }],
      random: () => draws.shift() ?? 1,
    });
    const web = webClient(sandbox, sandbox.botToken, 300);
    const post = (text: string) => web.chat.postMessage({ channel: 'general', text });
    for (const text of ['cut before', 'cut after', 'never answered']) {
      await expect(post(text)).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    }
    await post('answered');
    expect(draws).toEqual([]);
    const texts = sandbox
      .snapshot('bob')
      .channels.flatMap((channel) => channel.messages.map((message) => message.text));
    expect(texts).toEqual(['cut after', 'never answered', 'answered']);
    sandbox.faults.clear();
    await post('no faults');
  });

  test('posting is limited per channel when asked for, by the clock', async () => {
    const clock = createManualClock();
    sandbox = await createSlackSandbox({ clock });
    sandbox.faults.limitPosting({ burst: 2, everyMs: 1_000 });
    const web = webClient(sandbox);
    const post = (channel: string) => web.chat.postMessage({ channel, text: 'x' });
    await post('C0GENERAL1');
    await post('C0GENERAL1');
    await expect(post('C0GENERAL1')).rejects.toMatchObject({ retryAfter: 1 });
    await post('C0CALLS001');
    await clock.advance(1_000);
    await post('C0GENERAL1');
    await expect(post('C0GENERAL1')).rejects.toMatchObject({ retryAfter: 1 });
  });

  test('calls of a method are limited for the whole workspace when asked for, by the clock', async () => {
    const clock = createManualClock();
    sandbox = await createSlackSandbox({ clock });
    const web = webClient(sandbox);
    const channels = ['C0GENERAL1', 'C0CALLS001'];
    const posted = await Promise.all(channels.map((channel) => web.chat.postMessage({ channel, text: 'x' })));
    const edit = (n: number) => {
      const { channel = '', ts = '' } = posted[n % 2] ?? {};
      return web.chat.update({ channel, ts, text: String(n) });
    };
    sandbox.faults.limitCalls('chat.update', { burst: 3, everyMs: 1_200, retryAfter: 10 });
    for (const n of [0, 1, 2]) await edit(n);
    await expect(edit(3)).rejects.toMatchObject({ retryAfter: 10 });
    await clock.advance(1_200);
    await edit(4);
    await expect(edit(5)).rejects.toMatchObject({ retryAfter: 10 });
    await web.chat.postMessage({ channel: 'C0GENERAL1', text: 'not limited' });
    sandbox.faults.limitCalls('chat.update', { burst: 1, everyMs: 2_500 });
    await edit(6);
    await expect(edit(7)).rejects.toMatchObject({ retryAfter: 3 });
    sandbox.faults.limitCalls('chat.update', null);
    for (const n of [8, 9, 10, 11]) await edit(n);
  });

  test('a scope that the manifest lacks', async () => {
    sandbox = await createSlackSandbox();
    const { app } = sandbox.workspace.seed;
    await sandbox.close();
    sandbox = await createSlackSandbox({ seed: { app: { ...app, scopes: ['chat:write'] } } });
    const web = webClient(sandbox);
    expect((await slackError(web.users.info({ user: 'U0ALICE001' }))).error).toBe('missing_scope');
    // Without chat:write.public the app must be a member.
    expect((await slackError(web.chat.postMessage({ channel: 'C0LOUNGE01', text: 'x' }))).error).toBe('not_in_channel');
    await web.chat.postMessage({ channel: 'C0GENERAL1', text: 'x' });
  });
});
