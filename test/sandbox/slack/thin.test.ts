import { afterEach, describe, expect, test } from '@jest/globals';
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { createSlackSandbox, type SlackSandbox } from '../../../sandbox/slack/server.ts';

let sandbox: SlackSandbox;
let app: App | undefined;
afterEach(async () => {
  await app?.stop();
  await sandbox.close();
});

async function boltApp(): Promise<App> {
  const clientOptions = { slackApiUrl: sandbox.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: sandbox.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { port: 0, clientOptions: { ...clientOptions } },
  });
  return new App({
    token: sandbox.botToken,
    receiver,
    clientOptions,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
  });
}

describe('a Bolt app in Socket Mode', () => {
  test('answers a command privately and opens a modal', async () => {
    sandbox = await createSlackSandbox();
    app = await boltApp();
    app.command('/dial', async ({ ack, client, body }) => {
      await ack('hello');
      await client.views.open({
        trigger_id: body.trigger_id,
        view: { type: 'modal', title: { type: 'plain_text', text: 'New' }, blocks: [{ type: 'divider' }] },
      });
    });
    await app.init();
    await app.start();
    const alice = sandbox.as('alice');
    expect(await alice.command('/dial new')).toEqual({ ok: true });
    const web = new WebClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl });
    await web.chat.postMessage({ channel: '#general', text: 'public' });
    const general = alice.snapshot().channels.find((channel) => channel.name === 'general');
    expect(general?.messages.map((message) => message.text)).toEqual(['hello', 'public']);
    const bobs = sandbox.snapshot('bob').channels.find((channel) => channel.name === 'general');
    expect(bobs?.messages.map((message) => message.text)).toEqual(['public']);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(alice.snapshot().views).toHaveLength(1);
    expect(sandbox.snapshot('bob').views).toHaveLength(0);
  });
});
