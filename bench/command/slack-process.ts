import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { manifestOf } from '../../src/slack/manifest.ts';
import { type Command, type Said, signingSecret } from './slack-words.ts';

/**
 * A Slack that answers everything at once, in a process of its own so that what it does costs the bot nothing. It sends
 * one command after the other and times each until the view or the message that answers it has arrived.
 */

const person = 'U0BENCH';
const team = 'T0BENCH';
const { bot: granted } = manifestOf({ command: '/dial', publicUrl: null }).oauth_config.scopes;

const answers: Readonly<Record<string, object>> = {
  'auth.test': {
    url: 'https://bench.slack.com/',
    team: 'Bench',
    user: 'dialdeck',
    team_id: team,
    user_id: 'U0BOT',
    bot_id: 'B0BOT',
  },
  'bots.info': { bot: { id: 'B0BOT', app_id: 'A0BENCH', user_id: 'U0BOT', name: 'Dialdeck', deleted: false } },
  'users.info': {
    user: { id: person, team_id: team, deleted: false, is_bot: false, locale: 'en-US', tz: 'Asia/Shanghai' },
  },
  'views.open': { view: { id: 'V0BENCH', hash: '1', type: 'modal' } },
};

/** Set while a command waits for its answer. */
let arrived: ((body: string) => void) | null = null;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await textOf(request);
  const path = request.url ?? '';
  const method = path.replace(/^\/api\//, '');
  if (method === 'views.open' || path.startsWith('/response/')) arrived?.(body);
  response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': granted.join(',') });
  response.end(JSON.stringify({ ok: true, ...answers[method] }));
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1');
const addressed = new Promise<string>((resolve) => {
  server.once('listening', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
});
const say = (said: Said): void => void process.send?.(said);

async function send({ port, text }: Command): Promise<void> {
  const form = new URLSearchParams({
    command: '/dial',
    text,
    user_id: person,
    user_name: 'bench',
    team_id: team,
    team_domain: 'bench',
    channel_id: 'C0BENCH',
    channel_name: 'bench',
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    trigger_id: randomUUID(),
    response_url: `${await addressed}/response/${randomUUID()}`,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${form}`).digest('hex');
  const began = performance.now();
  const answered = new Promise<string>((resolve) => {
    arrived = resolve;
  });
  const acknowledged = fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    body: form,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
  const body = await answered;
  const ms = performance.now() - began;
  await (await acknowledged).text();
  say({ ms, body });
}

process.on('message', (command: Command) => void send(command));
// The parent process is gone.
process.on('disconnect', () => process.exit(0));
say({ ready: await addressed });
