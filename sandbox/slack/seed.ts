import { asArray, asJson, asObjects, asString } from './json.ts';
import type { Json } from './protocol.ts';

interface SeedPerson {
  id: string;
  name: string;
  realName: string;
  email?: string;
  tz: string;
  locale: string;
  title: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  /** Single- or multi-channel guest. */
  isGuest?: boolean;
  /** Deactivated: `users.info` says `deleted`. */
  isDeactivated?: boolean;
  /** Another app's bot user. */
  isBot?: boolean;
  /** The workspace of a person met through Slack Connect; this one when left out. */
  teamId?: string;
  color?: string;
}

export interface SeedChannel {
  id: string;
  name: string;
  kind: 'public' | 'private';
  topic?: string;
  /** Names or ids of people; `bot` is the app's own user. */
  members: string[];
  isArchived?: boolean;
  /** Messages posted before the stand-in started, oldest first. */
  messages?: { from: string; text: string; minutesAgo: number }[];
}

interface SeedCommand {
  command: string;
  description: string;
  usageHint: string;
  subcommands: { word: string; hint: string }[];
  /** Slack's `should_escape`: mentions arrive as `<@U…|name>` and `<#C…|name>`, links as such, `&<>` as entities. */
  escape?: boolean;
}

export interface SeedApp {
  id?: string;
  name: string;
  botName: string;
  commands: SeedCommand[];
  shortcuts: { callbackId: string; name: string; type: 'global' | 'message' }[];
  hasHome: boolean;
  /** Subscribed bot events; null means every event this stand-in can send. */
  events: string[] | null;
  /** Granted bot scopes; null means all of them. */
  scopes: string[] | null;
}

export interface Seed {
  workspace: { name: string; domain: string; id?: string };
  people: SeedPerson[];
  channels: SeedChannel[];
  userGroups: { id: string; handle: string; name: string; members: string[] }[];
  app: SeedApp;
}

/** Three people (an operator, an approver, a viewer), four channels and an app with one command. */
export const defaultSeed: Seed = {
  workspace: { name: 'Harbour Calls', domain: 'harbour-calls' },
  people: [
    {
      id: 'U0ALICE001',
      name: 'alice',
      realName: 'Alice Chen',
      tz: 'Asia/Shanghai',
      locale: 'en-US',
      title: 'Operator',
      color: '#2f6f4f',
    },
    {
      id: 'U0LIMEI001',
      name: 'limei',
      realName: '李梅',
      tz: 'Asia/Shanghai',
      locale: 'zh-CN',
      title: 'Approver',
      isAdmin: true,
      isOwner: true,
      color: '#8a3b5d',
    },
    {
      id: 'U0BOB00001',
      name: 'bob',
      realName: 'Bob Miller',
      tz: 'Europe/London',
      locale: 'en-GB',
      title: 'Viewer',
      color: '#3a5c9a',
    },
  ],
  channels: [
    {
      id: 'C0GENERAL1',
      name: 'general',
      kind: 'public',
      topic: 'Everybody',
      members: ['alice', 'limei', 'bob', 'bot'],
    },
    {
      id: 'C0CALLS001',
      name: 'outbound-calls',
      kind: 'public',
      topic: 'Campaigns of the day',
      members: ['alice', 'limei', 'bob', 'bot'],
    },
    { id: 'C0LOUNGE01', name: '茶水间', kind: 'public', topic: '闲聊', members: ['limei', 'bob'] },
    { id: 'C0LEADS001', name: 'leads', kind: 'private', topic: 'Approvals', members: ['alice', 'limei'] },
  ],
  userGroups: [{ id: 'S0APPROVE1', handle: 'approvers', name: 'Approvers', members: ['limei'] }],
  app: {
    name: 'Dialdeck',
    botName: 'dialdeck',
    commands: [
      { command: '/dial', description: 'Run call campaigns', usageHint: 'new | list | help', subcommands: [] },
    ],
    shortcuts: [],
    hasHome: true,
    events: null,
    scopes: null,
  },
};

/** What an app's manifest says about commands, shortcuts, Home and events, as a seed's `app`. */
export function appFromManifest(manifest: Json): SeedApp {
  const features = asJson(manifest.features);
  const settings = asJson(manifest.settings);
  const strings = (list: unknown) => asArray(list).filter((word): word is string => typeof word === 'string');
  return {
    name: asString(asJson(manifest.display_information).name) || 'App',
    botName: asString(asJson(features.bot_user).display_name) || 'app',
    commands: asObjects(features.slash_commands).map((command) => ({
      command: asString(command.command),
      description: asString(command.description),
      usageHint: asString(command.usage_hint),
      subcommands: [],
      escape: command.should_escape === true,
    })),
    shortcuts: asObjects(features.shortcuts).map((shortcut) => ({
      callbackId: asString(shortcut.callback_id),
      name: asString(shortcut.name),
      type: shortcut.type === 'message' ? ('message' as const) : ('global' as const),
    })),
    hasHome: asJson(features.app_home).home_tab_enabled === true,
    events: strings(asJson(settings.event_subscriptions).bot_events),
    scopes: strings(asJson(asJson(manifest.oauth_config).scopes).bot),
  };
}
