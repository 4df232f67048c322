import { App, type BlockAction, LogLevel, type SlackAction } from '@slack/bolt';
import type { ModalView } from '@slack/web-api';
import { defaultSeed, type SeedApp } from '../../sandbox/slack/seed.ts';
import type { SlackSandbox } from '../../sandbox/slack/server.ts';
import { everyInput, homeView, pushedView, showcase, waitingView } from './probe-views.ts';

/** What the probe received from the workspace. */
interface Heard {
  kind: 'command' | 'action' | 'submission' | 'closed' | 'shortcut' | 'home' | 'options';
  id: string;
  /** The whole payload, for assertions. */
  body: Record<string, unknown>;
}

export interface Probe {
  heard: Heard[];
  /** The newest of a kind and id, waited for at most two seconds. */
  next(kind: Heard['kind'], id: string): Promise<Heard>;
  /** How the next submission is acknowledged; after that all is well again. */
  answerNext(answer: 'errors' | 'update' | 'push' | 'clear' | 'nothing' | 'malformed' | 'slow'): void;
  stop(): Promise<void>;
}

/**
 * A small app that uses what the product does not use yet: every input element, pushed views, Home, shortcuts of both
 * kinds, threads, confirm dialogs. A real Bolt app over Socket Mode.
 */
export async function startProbe(sandbox: SlackSandbox): Promise<Probe> {
  const heard: Heard[] = [];
  let answer: Parameters<Probe['answerNext']>[0] | null = null;
  const app = new App({
    token: sandbox.botToken,
    appToken: sandbox.appToken,
    socketMode: true,
    deferInitialization: true,
    convoStore: false,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: sandbox.apiUrl },
  });
  const note = (kind: Heard['kind'], id: string, body: object): void => {
    heard.push({ kind, id, body: body as Record<string, unknown> });
  };

  app.command('/probe', async ({ ack, body, client }) => {
    note('command', body.text, body);
    if (body.text === 'silent') return;
    if (body.text === 'note') {
      await ack('Noted: *only you* can read this.');
      return;
    }
    await ack();
    const { channel_id: channel, trigger_id } = body;
    if (body.text === 'modal') await client.views.open({ trigger_id, view: everyInput() });
    if (body.text === 'show') await client.chat.postMessage({ channel, ...showcase() });
    if (body.text === 'loading') {
      const opened = await client.views.open({ trigger_id, view: waitingView() });
      await client.views.update({ view_id: opened.view?.id ?? '', view: everyInput('Every input, updated') });
    }
    if (body.text === 'edit') {
      const posted = await client.chat.postMessage({ channel, text: 'Before the edit' });
      await client.chat.update({ channel, ts: posted.ts ?? '', text: 'After the edit' });
    }
  });

  app.options(/.*/, async ({ ack, options, body }) => {
    note('options', options.action_id, body);
    const all = Array.from({ length: 40 }, (_, n) => `Line ${n + 1} of Harbour`);
    const found = all.filter((name) => name.toLowerCase().includes(options.value.toLowerCase())).slice(0, 20);
    const option = (name: string) => ({ text: { type: 'plain_text' as const, text: name }, value: name });
    await ack({ options: found.map(option) });
  });

  app.action<SlackAction>(/.*/, async ({ ack, body, action, client }) => {
    const blockAction = body as BlockAction;
    note('action', 'action_id' in action ? String(action.action_id) : '', body);
    if ('action_id' in action && action.action_id === 'slow') return;
    await ack();
    if ('action_id' in action && action.action_id === 'push_view') {
      await client.views.push({ trigger_id: blockAction.trigger_id, view: pushedView() });
    }
    if ('action_id' in action && action.action_id === 'home_modal') {
      await client.views.open({ trigger_id: blockAction.trigger_id, view: pushedView() });
    }
    if ('action_id' in action && action.action_id === 'home_count') {
      const count = heard.filter((one) => one.id === 'home_count').length;
      await client.views.publish({ user_id: body.user.id, view: homeView(count) });
    }
  });

  app.view(/.*/, async ({ ack, body, view }) => {
    note('submission', view.callback_id, body);
    const now = answer;
    answer = null;
    switch (now) {
      case 'errors':
        return ack({ response_action: 'errors', errors: { name: 'This name is taken.' } });
      case 'update':
        return ack({ response_action: 'update', view: everyInput('Updated by the app') });
      case 'push':
        return ack({ response_action: 'push', view: pushedView() });
      case 'clear':
        return ack({ response_action: 'clear' });
      case 'malformed':
        return ack({ response_action: 'update', view: { type: 'modal' } as unknown as ModalView });
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, 700));
        return ack();
      case 'nothing':
        return undefined;
      default:
        return ack();
    }
  });
  app.view({ callback_id: /.*/, type: 'view_closed' }, async ({ ack, body, view }) => {
    note('closed', view.callback_id, body);
    await ack();
  });

  app.shortcut(/.*/, async ({ ack, shortcut, client, body }) => {
    note('shortcut', shortcut.callback_id, body);
    await ack();
    if (shortcut.callback_id === 'probe_global') {
      await client.views.open({ trigger_id: shortcut.trigger_id, view: pushedView() });
    }
  });
  app.event('app_home_opened', async ({ event, client }) => {
    note('home', event.user, event);
    if (!('view' in event)) await client.views.publish({ user_id: event.user, view: homeView(0) });
  });

  await app.init();
  await app.start();
  return {
    heard,
    async next(kind, id) {
      for (let tries = 0; tries < 100; tries++) {
        const found = heard.findLast((one) => one.kind === kind && one.id === id);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(
        `The probe heard no ${kind} ${id}, only ${heard.map((one) => `${one.kind} ${one.id}`).join(', ')}`,
      );
    },
    answerNext(next) {
      answer = next;
    },
    async stop() {
      await app.stop();
    },
  };
}

/** The probe's place in the workspace: `seed: { app: probeSeed }`. */
export const probeSeed: SeedApp = {
  ...defaultSeed.app,
  name: 'Probe',
  botName: 'probe',
  commands: [
    {
      command: '/probe',
      description: 'Try every part of the workspace',
      usageHint: 'modal | show | note',
      subcommands: [
        { word: 'modal', hint: 'a form with every input' },
        { word: 'show', hint: 'a message with every block' },
        { word: 'note', hint: 'an answer only you see' },
        { word: 'loading', hint: 'a form that is replaced while open' },
        { word: 'edit', hint: 'a message that is edited' },
        { word: 'silent', hint: 'no answer at all' },
      ],
    },
  ],
  shortcuts: [
    { callbackId: 'probe_global', name: 'Open a small form', type: 'global' },
    { callbackId: 'probe_message', name: 'Look at this message', type: 'message' },
  ],
  hasHome: true,
  events: null,
};
