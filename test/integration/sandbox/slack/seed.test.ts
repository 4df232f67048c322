import { afterEach, describe, expect, test } from '@jest/globals';
import { appFromManifest, defaultSeed } from '../../../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import { createManualClock } from '../../../support/sandbox/manual-clock.ts';

let sandbox: SlackSandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

describe('an app as its manifest says', () => {
  const manifest = {
    display_information: { name: 'Probe' },
    features: {
      bot_user: { display_name: 'probe' },
      slash_commands: [{ command: '/probe', description: 'Try', usage_hint: 'now', should_escape: true }],
      shortcuts: [{ name: 'New', type: 'global', callback_id: 'new', description: 'New one' }],
    },
    oauth_config: { scopes: { bot: ['commands'] } },
    settings: { event_subscriptions: { bot_events: ['app_mention'] } },
  };

  test('has its commands, shortcuts, events and scopes, and no Home it does not ask for', () => {
    expect(appFromManifest(manifest)).toEqual({
      name: 'Probe',
      botName: 'probe',
      commands: [{ command: '/probe', description: 'Try', usageHint: 'now', subcommands: [], escape: true }],
      shortcuts: [{ callbackId: 'new', name: 'New', type: 'global' }],
      hasHome: false,
      events: ['app_mention'],
      scopes: ['commands'],
    });
    expect(appFromManifest({})).toMatchObject({ commands: [], events: [], scopes: [] });
  });

  test('hears only the events it subscribed to, and has no Home when the manifest has none', async () => {
    sandbox = await createSlackSandbox({ seed: { app: appFromManifest(manifest) } });
    const alice = sandbox.as('alice');
    await alice.say('nothing for the app');
    await alice.say('@probe hello');
    expect(sandbox.traffic.exchanges().map((exchange) => exchange.name)).toEqual(['app_mention']);
    expect(await alice.openHome()).toEqual({ ok: false, error: 'not_enabled' });
  });
});

describe('a workspace seeded with a past', () => {
  test('shows what was said before, in order, and says it again after a reset', async () => {
    const [general, ...rest] = defaultSeed.channels;
    if (!general) throw new Error('no channel');
    const messages = [
      { from: 'limei', text: '早', minutesAgo: 30 },
      { from: 'bot', text: 'up', minutesAgo: 5 },
    ];
    const now = 1_763_900_000_000;
    const clock = createManualClock(now);
    sandbox = await createSlackSandbox({ clock, seed: { channels: [{ ...general, messages }, ...rest] } });
    const seen = () =>
      sandbox
        ?.snapshot('alice')
        .channels[0]?.messages.map(({ user, text, ts }) => [user, text, now / 1000 - Number(ts)]);
    const expected = [
      ['U0LIMEI001', '早', 1_800],
      [sandbox.botUserId, 'up', expect.closeTo(300)],
    ];
    expect(seen()).toEqual(expected);
    await sandbox.as('alice').say('later');
    sandbox.reset();
    expect(seen()).toEqual(expected);
  });
});
