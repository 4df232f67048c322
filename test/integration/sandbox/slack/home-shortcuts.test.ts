import { afterEach, describe, expect, test } from '@jest/globals';
import type { BlockAction } from '@slack/bolt';
import type { HomeView } from '@slack/types';
import { defaultSeed } from '../../../../sandbox/slack/seed.ts';
import { eventually } from '../../../support/eventually.ts';
import { type Bench, modes, slackError, startBench } from '../../../support/sandbox/bolt.ts';
import { button, modal, section, textInput } from '../../../support/sandbox/views.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

const home = (text: string): HomeView => ({
  type: 'home',
  blocks: [section(text), textInput('note'), { type: 'actions', elements: [button('refresh'), button('open')] }],
});

describe.each(modes)('App Home in %s mode', (mode) => {
  test('opens, is published per person, and its buttons carry the view', async () => {
    const opened: unknown[] = [];
    const heard: BlockAction[] = [];
    bench = await startBench(
      (app) => {
        app.event('app_home_opened', async ({ event, client }) => {
          opened.push((event.view as { id?: string } | undefined)?.id);
          await client.views.publish({ user_id: event.user, view: home('first') });
        });
        app.action('refresh', async ({ ack, body, client }) => {
          heard.push(body as BlockAction);
          await ack();
          await client.views.publish({ user_id: body.user.id, view: home('second') });
        });
        app.action('open', async ({ ack, body, client }) => {
          await ack();
          const { trigger_id } = body as BlockAction;
          await client.views.open({ trigger_id, view: modal('From Home', [section('x')]) });
        });
      },
      { mode },
    );
    const alice = bench.sandbox.as('alice');
    await alice.openHome();
    await alice.expectHome('first');
    expect(bench.sandbox.snapshot('bob').home).toBeNull();
    await alice.pressHome('refresh', {}, { note: 'typed on Home' });
    await alice.expectHome('second');
    const view = heard[0]?.view;
    expect(heard[0]?.container).toEqual({ type: 'view', view_id: view?.id });
    expect(view).toMatchObject({ type: 'home', state: { values: { note: { note: { value: 'typed on Home' } } } } });
    await alice.openHome();
    await alice.pressHome('open');
    await alice.expectModal('From Home');
    await eventually(() => opened.length >= 2);
    expect(opened).toEqual([undefined, view?.id]);
  });
});

describe('views.publish', () => {
  test('checks the hash, the person and the view', async () => {
    bench = await startBench(() => undefined);
    const { web } = bench;
    const first = await web.views.publish({ user_id: 'U0ALICE001', view: home('a') });
    await web.views.publish({ user_id: 'U0ALICE001', view: home('b'), hash: first.view?.hash ?? '' });
    const stale = web.views.publish({ user_id: 'U0ALICE001', view: home('c'), hash: first.view?.hash ?? '' });
    expect((await slackError(stale)).error).toBe('hash_conflict');
    const nobody = web.views.publish({ user_id: 'U0NOBODY', view: home('a') });
    expect((await slackError(nobody)).error).toBe('invalid_arguments');
    const wrong = web.views.publish({ user_id: 'U0ALICE001', view: modal('M', [section('a')]) as never });
    expect((await slackError(wrong)).error).toBe('invalid_arguments');
  });
});

describe.each(modes)('shortcuts in %s mode', (mode) => {
  test('global and on a message', async () => {
    const heard: unknown[] = [];
    bench = await startBench(
      (app) => {
        app.shortcut('new_task', async ({ ack, shortcut, client }) => {
          await ack();
          heard.push(shortcut.type);
          await client.views.open({ trigger_id: shortcut.trigger_id, view: modal('New', [section('x')]) });
        });
        app.shortcut({ type: 'message_action', callback_id: 'watch_here' }, async ({ ack, shortcut, respond }) => {
          await ack();
          const files = shortcut.message.files as { name: string; url_private_download: string }[] | undefined;
          heard.push([shortcut.channel.id, shortcut.message.text, files?.map((file) => file.name)]);
          await respond('watching');
        });
      },
      {
        mode,
        seed: {
          app: {
            ...defaultSeed.app,
            shortcuts: [
              { callbackId: 'new_task', name: 'New task', type: 'global' },
              { callbackId: 'watch_here', name: 'Watch here', type: 'message' },
            ],
          },
        },
      },
    );
    const alice = bench.sandbox.as('alice');
    await alice.shortcut('new_task');
    await alice.expectModal('New');
    const message = await alice.say('look at this', { files: [{ name: 'numbers.csv', content: '1' }] });
    await message.shortcut('watch_here');
    await alice.expectEphemeral('watching');
    expect(heard).toEqual(['shortcut', ['C0GENERAL1', 'look at this', ['numbers.csv']]]);
    expect(await alice.shortcut('unheard_of')).toEqual({ ok: false, error: 'no_such_shortcut' });
  });
});
