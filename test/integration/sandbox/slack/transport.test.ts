import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import { slackTiming } from '../../../../sandbox/slack/timing.ts';
import { createGate, eventually } from '../../../support/eventually.ts';
import { type Bench, modes, startBench, webClient } from '../../../support/sandbox/bolt.ts';
import { createManualClock } from '../../../support/sandbox/manual-clock.ts';

let bench: Bench | undefined;
let sandbox: SlackSandbox | undefined;
afterEach(async () => {
  await bench?.stop();
  await sandbox?.close();
  bench = undefined;
  sandbox = undefined;
});

interface Frame {
  type: string;
  envelope_id: string;
  num_connections?: number;
  reason?: string;
  retry_attempt?: number;
  payload: { text?: string; event?: { type: string } };
}

/** A bare socket that keeps its frames. */
async function openSocket(of: SlackSandbox, answer = true) {
  const { url } = await webClient(of, of.appToken).apps.connections.open();
  const socket = new WebSocket(url ?? '');
  const frames: Frame[] = [];
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    frames.push(frame);
    if (answer && frame.envelope_id) socket.send(JSON.stringify({ envelope_id: frame.envelope_id }));
  });
  await eventually(() => frames.some((frame) => frame.type === 'hello'));
  return { socket, frames, url: url ?? '' };
}

describe('Socket Mode', () => {
  test('hands each payload to one of several sockets, all of them in turn', async () => {
    sandbox = await createSlackSandbox();
    const first = await openSocket(sandbox);
    const second = await openSocket(sandbox);
    expect(second.frames[0]).toMatchObject({ type: 'hello', num_connections: 2 });
    for (let i = 0; i < 6; i += 1) await sandbox.as('alice').command(`/dial ${i}`);
    const commands = [first, second].map(({ frames }) => frames.filter((frame) => frame.type === 'slash_commands'));
    expect(commands.map((list) => list.length)).toEqual([3, 3]);
  });

  test('a connection address works once', async () => {
    sandbox = await createSlackSandbox();
    const { url } = await openSocket(sandbox);
    const again = new WebSocket(url);
    const refused = await new Promise((resolve) => again.once('error', (error) => resolve(error.message)));
    expect(refused).toContain('403');
  });

  test('a real app comes back after a refresh, while its second connection carries on', async () => {
    bench = await startBench((app) => app.command('/dial', async ({ ack }) => ack()), { clientPingTimeout: 1_500 });
    const { sandbox: slack } = bench;
    const other = await openSocket(slack);
    slack.sockets.disconnect('refresh_requested', 0);
    // A connection that has to leave gets no more payloads: the other one gets them all.
    for (let i = 0; i < 3; i += 1) expect(await slack.as('alice').command('/dial')).toEqual({ ok: true });
    expect(other.frames.filter((frame) => frame.type === 'slash_commands')).toHaveLength(3);
    await eventually(() => slack.sockets.connections() === 1);
    await eventually(() => slack.sockets.connections() >= 2);
    expect(slack.sockets.connections()).toBe(2);
    other.socket.close();
    await eventually(() => slack.sockets.connections() === 1);
    expect(await slack.as('alice').command('/dial')).toEqual({ ok: true });
  });

  test('by itself a connection is warned, then asked to refresh, after its lifetime', async () => {
    const clock = createManualClock();
    sandbox = await createSlackSandbox({ clock });
    const { frames } = await openSocket(sandbox);
    expect(await sandbox.as('alice').command('/dial')).toEqual({ ok: true });
    await clock.advance(slackTiming.connectionMs);
    await eventually(() => frames.some((frame) => frame.reason === 'refresh_requested'));
    expect(frames.map((frame) => frame.reason ?? frame.type)).toEqual([
      'hello',
      'slash_commands',
      'warning',
      'refresh_requested',
    ]);
    expect(await sandbox.as('alice').command('/dial')).toEqual({ ok: false, error: 'dispatch_failed' });
  });

  test('a warning is announced and the socket stays', async () => {
    sandbox = await createSlackSandbox();
    const { frames } = await openSocket(sandbox);
    sandbox.sockets.disconnect('warning');
    await eventually(() => frames.some((frame) => frame.reason === 'warning'));
    expect(await sandbox.as('alice').command('/dial')).toEqual({ ok: true });
  });

  test('without any socket a command says dispatch_failed, privately', async () => {
    sandbox = await createSlackSandbox();
    expect(await sandbox.as('alice').command('/dial')).toEqual({ ok: false, error: 'dispatch_failed' });
    const note = await sandbox.as('alice').expectEphemeral('dispatch_failed');
    expect(note.message()).toMatchObject({ fromSlackbot: true, ephemeral: true });
  });

  test('an event nobody acknowledges is sent again, with its number', async () => {
    const clock = createManualClock();
    sandbox = await createSlackSandbox({ clock });
    const { frames } = await openSocket(sandbox, false);
    await sandbox.as('alice').say('hello');
    const events = () => frames.filter((frame) => frame.type === 'events_api');
    await clock.advance(10 * 60_000);
    await eventually(() => events().length === 4);
    expect(events().map((frame) => frame.retry_attempt)).toEqual([undefined, 1, 2, 3]);
  });

  test('malformed frames are noted and harm nothing', async () => {
    sandbox = await createSlackSandbox();
    const { socket } = await openSocket(sandbox);
    for (const frame of ['', 'null', '[]', '{', '{"envelope_id":5}', '{"envelope_id":"nobody"}']) socket.send(frame);
    socket.send(Buffer.from([0, 255, 1]));
    expect(await sandbox.as('alice').command('/dial')).toEqual({ ok: true });
    expect(sandbox.traffic.exchanges('frame').length).toBe(7);
  });
});

describe('signed HTTP', () => {
  async function listen(answer: (request: IncomingMessage, body: string) => { status: number; body?: string }) {
    const heard: { headers: IncomingMessage['headers']; body: string }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        heard.push({ headers: request.headers, body });
        const said = answer(request, body);
        response.writeHead(said.status).end(said.body ?? '');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    return { heard, url, close: () => new Promise((resolve) => server.close(resolve)) };
  }

  test('signs each payload, with the exact content types', async () => {
    const app = await listen(() => ({ status: 200 }));
    sandbox = await createSlackSandbox();
    sandbox.deliverTo(app.url);
    await sandbox.as('alice').command('/dial new');
    await sandbox.as('alice').say('hello');
    await eventually(() => app.heard.length === 2);
    const [command, event] = app.heard;
    expect(command?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(event?.headers['content-type']).toBe('application/json');
    expect(new URLSearchParams(command?.body).get('text')).toBe('new');
    for (const { headers, body } of app.heard) {
      const base = `v0:${headers['x-slack-request-timestamp']}:${body}`;
      const digest = createHmac('sha256', sandbox.signingSecret).update(base).digest('hex');
      expect(headers['x-slack-signature']).toBe(`v0=${digest}`);
    }
    await app.close();
  });

  test('sends an event again with its number and reason, until the app declines retries', async () => {
    let answers = 0;
    const app = await listen(() => {
      answers += 1;
      return { status: 500 };
    });
    const clock = createManualClock();
    sandbox = await createSlackSandbox({ clock });
    sandbox.deliverTo(app.url);
    await sandbox.as('alice').say('hello');
    for (const [retry, pause] of slackTiming.retryMs.entries()) {
      await eventually(() => sandbox?.traffic.exchanges('message').at(retry)?.outcome === 'dispatch_failed');
      await clock.advance(pause);
    }
    await eventually(() => answers === 4);
    expect(app.heard.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(app.heard[1]?.headers['x-slack-retry-reason']).toBe('http_error');
    await app.close();
  });

  test('nobody there: dispatch_failed', async () => {
    sandbox = await createSlackSandbox();
    sandbox.deliverTo('http://127.0.0.1:9/slack/events');
    expect(await sandbox.as('alice').command('/dial')).toEqual({ ok: false, error: 'dispatch_failed' });
  });
});

describe.each(modes)('in %s mode', (mode) => {
  test('a payload sent twice on demand runs the listener twice', async () => {
    let runs = 0;
    bench = await startBench(
      (app) =>
        app.command('/dial', async ({ ack }) => {
          runs += 1;
          await ack();
        }),
      { mode },
    );
    bench.sandbox.faults.sendTwice('slash_commands');
    await bench.sandbox.as('alice').command('/dial');
    await eventually(() => runs === 2);
    await bench.sandbox.as('alice').command('/dial');
    expect(runs).toBe(3);
  });

  test('a command acknowledged too late is a timeout for the person', async () => {
    const late = createGate();
    let heard = false;
    let acked = false;
    bench = await startBench(
      (app) =>
        app.command('/dial', async ({ ack }) => {
          heard = true;
          await late.opened;
          await ack('too late');
          acked = true;
        }),
      { mode },
    );
    const { sandbox: slack, clock } = bench;
    const alice = slack.as('alice');
    const answer = alice.command('/dial');
    await eventually(() => heard);
    await clock.advance(3_000);
    expect(await answer).toEqual({ ok: false, error: 'operation_timeout' });
    await alice.expectEphemeral('operation_timeout');
    late.open();
    await eventually(() => acked);
    if (mode === 'socket') await eventually(() => slack.traffic.exchanges('frame').length === 1);
    expect(JSON.stringify(alice.snapshot().channels)).not.toContain('too late');
  });
});
