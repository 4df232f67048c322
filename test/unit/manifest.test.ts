import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { shortcutIds } from '../../src/slack/ids.ts';
import { manifestOf } from '../../src/slack/manifest.ts';
import { botScopes, optionalScopes } from '../../src/slack/scopes.ts';

const variants = {
  'slack.json': manifestOf({ command: '/dial', publicUrl: null }),
  'slack.http.json': manifestOf({ command: '/dial', publicUrl: 'https://dialdeck.example.com' }),
};

/** The keys of Slack's manifest schema, version 2, that we use or may use; any other is refused by Slack. */
const knownKeys: Record<string, string[]> = {
  '': ['_metadata', 'display_information', 'features', 'oauth_config', 'settings'],
  _metadata: ['major_version', 'minor_version'],
  display_information: ['name', 'description', 'long_description', 'background_color'],
  features: ['app_home', 'bot_user', 'slash_commands', 'shortcuts'],
  'features.app_home': ['home_tab_enabled', 'messages_tab_enabled', 'messages_tab_read_only_enabled'],
  'features.shortcuts': ['name', 'type', 'callback_id', 'description'],
  'features.bot_user': ['display_name', 'always_online'],
  'features.slash_commands.0': ['command', 'url', 'description', 'usage_hint', 'should_escape'],
  oauth_config: ['scopes'],
  'oauth_config.scopes': ['bot', 'bot_optional'],
  settings: [
    'event_subscriptions',
    'interactivity',
    'org_deploy_enabled',
    'socket_mode_enabled',
    'token_rotation_enabled',
  ],
  'settings.event_subscriptions': ['request_url', 'bot_events'],
  'settings.interactivity': ['is_enabled', 'request_url', 'message_menu_options_url'],
};

describe.each(Object.entries(variants))('manifests/%s', (file, manifest) => {
  test('is what `npm run manifest` writes', () => {
    expect(readFileSync(`manifests/${file}`, 'utf8')).toBe(`${JSON.stringify(manifest, null, 2)}\n`);
  });

  test('keeps within the limits of Slack', () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
    expect(manifest.display_information.background_color).toMatch(/^#[0-9a-f]{6}$/);
    expect(manifest.features.bot_user.display_name.length).toBeLessThanOrEqual(80);
    for (const { name, callback_id, description } of manifest.features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(callback_id.length).toBeLessThanOrEqual(255);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    const commands = manifest.features.slash_commands;
    expect(commands.length).toBeLessThanOrEqual(50);
    for (const { command, description, usage_hint } of commands) {
      expect(command).toMatch(/^\/\S{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(usage_hint.length).toBeLessThanOrEqual(1000);
    }
  });

  test('has known keys only', () => {
    const walk = (value: unknown, path: string): void => {
      if (Array.isArray(value)) {
        for (const [i, item] of value.entries())
          if (typeof item === 'object') walk(item, path === 'features.shortcuts' ? path : `${path}.${i}`);
      } else if (typeof value === 'object' && value !== null) {
        for (const [key, item] of Object.entries(value)) {
          expect([path, knownKeys[path]?.includes(key), key]).toEqual([path, true, key]);
          walk(item, path === '' ? key : `${path}.${key}`);
        }
      }
    };
    walk(manifest, '');
  });
});

test('Socket Mode names no address; HTTP names one everywhere', () => {
  expect(JSON.stringify(variants['slack.json'])).not.toMatch(/"https:|"url"|request_url/);
  expect(variants['slack.json'].settings.socket_mode_enabled).toBe(true);
  const { features, settings } = variants['slack.http.json'];
  const address = 'https://dialdeck.example.com/slack/events';
  expect(features.slash_commands.map((command) => command.url)).toEqual([address]);
  expect(settings).toMatchObject({
    socket_mode_enabled: false,
    interactivity: { is_enabled: true, request_url: address, message_menu_options_url: address },
  });
});

test('the command is the one that was set', () => {
  expect(manifestOf({ command: '/calls', publicUrl: null }).features.slash_commands[0]?.command).toBe('/calls');
});

/** The scope each method of the Web API needs (docs.slack.dev, reference of each method); '' for none. */
const scopeOf: Record<string, string> = {
  'auth.test': '',
  'views.open': '',
  'views.publish': '',
  'views.update': '',
  'apps.connections.open': '',
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'users.info': 'users:read',
  'files.info': 'files:read',
  'conversations.history': 'channels:history',
  'conversations.replies': 'channels:history',
  'conversations.info': 'channels:read',
  'conversations.open': 'im:write',
  'conversations.members': 'channels:read',
  'bots.info': 'users:read',
};

test('the scopes cover every method the source calls, and no more is asked for', () => {
  const called = new Set<string>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const source = readFileSync(join('src', file), 'utf8');
    const families = 'chat|views|users|files|conversations|auth|apps|reactions|pins|usergroups|team|bots';
    // Calls of a Web API client, over line ends: `client.users\n.info(`.
    for (const [, family, name] of source.matchAll(
      new RegExp(`\\.\\s*(${families})\\s*\\.\\s*(\\w+(?:\\.\\w+)?)\\(`, 'g'),
    )) {
      called.add(`${family}.${name}`);
    }
  }
  expect(called.size).toBeGreaterThan(5);
  expect([...called].filter((method) => scopeOf[method] === undefined)).toEqual([]);
  const needed = [...called].flatMap((method) => scopeOf[method] || []);
  expect(needed.filter((scope) => !botScopes.includes(scope))).toEqual([]);
  // Beside those: the command itself, public channels without an invitation, the same in every kind of channel, and what
  // the next releases need, because each change of the scopes has to be approved again in each workspace.
  const kinds = ['groups:read', 'groups:history', 'im:history', 'mpim:history'];
  const next = ['app_mentions:read', 'files:write'];
  const besides = ['commands', 'chat:write.public', ...kinds, ...next];
  expect([...botScopes].sort()).toEqual([...new Set([...needed, ...besides])].sort());
});

test('optional scopes are asked for as well, and each says what is lost without it', () => {
  const { bot, bot_optional: optional } = variants['slack.json'].oauth_config.scopes;
  expect(optional).toEqual(Object.keys(optionalScopes));
  expect(optional.filter((scope) => !bot.includes(scope))).toEqual([]);
  expect(Object.values(optionalScopes).every((loss) => loss.length > 20)).toBe(true);
});

test('people may write to the app, and each shortcut is one that a listener handles', () => {
  const { features, settings } = variants['slack.http.json'];
  expect(features.app_home).toEqual({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
  expect(settings.event_subscriptions.request_url).toBe('https://dialdeck.example.com/slack/events');
  expect(features.shortcuts.map(({ callback_id }) => callback_id)).toEqual(Object.values(shortcutIds));
});
