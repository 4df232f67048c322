import { createIds, type Ids } from './ids.ts';
import type { Toast } from './protocol.ts';
import type { Seed } from './seed.ts';
import {
  blankMessage,
  type StoredChannel,
  type StoredFile,
  type StoredMessage,
  type StoredView,
  type User,
  type UserGroup,
} from './stored.ts';

/**
 * The data of one workspace, in memory; the rules are in the Web API methods and in people's actions. Changes are
 * announced, so that snapshots can be sent.
 */
export class Workspace {
  readonly teamId: string;
  readonly appId: string;
  readonly botUserId = 'U0BOT00001';
  readonly botId = 'B0BOT00001';
  readonly slackbotId = 'USLACKBOT';
  readonly ids: Ids;
  readonly seed: Seed;

  users = new Map<string, User>();
  channels = new Map<string, StoredChannel>();
  files = new Map<string, StoredFile>();
  userGroups: UserGroup[] = [];
  /** Per person: open modals, the last on top. */
  modals = new Map<string, StoredView[]>();
  homes = new Map<string, StoredView>();
  toasts = new Map<string, Toast[]>();
  revision = 0;

  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly #listeners = new Set<() => void>();

  constructor(seed: Seed, now: () => number) {
    this.seed = seed;
    this.teamId = seed.workspace.id ?? 'T0SANDBOX1';
    this.appId = seed.app.id ?? 'A0SANDBOX1';
    this.now = now;
    this.ids = createIds(now);
    this.reset();
  }

  /** Goes back to the seed. Ids keep counting, so that nothing old is mistaken for new. */
  reset(): void {
    const { seed } = this;
    this.users = new Map();
    this.channels = new Map();
    this.files = new Map();
    this.modals = new Map();
    this.homes = new Map();
    this.toasts = new Map();
    for (const person of seed.people) {
      this.users.set(person.id, {
        email: `${person.name}@${seed.workspace.domain}.example`,
        color: '#555555',
        isAdmin: false,
        isOwner: false,
        isGuest: false,
        isDeactivated: false,
        isBot: false,
        teamId: this.teamId,
        ...person,
      });
    }
    this.users.set(this.botUserId, {
      id: this.botUserId,
      name: seed.app.botName,
      realName: seed.app.name,
      email: '',
      tz: 'UTC',
      locale: 'en-US',
      title: 'App',
      color: '#4a154b',
      isBot: true,
      isAdmin: false,
      isOwner: false,
      isGuest: false,
      isDeactivated: false,
      teamId: this.teamId,
    });
    for (const channel of seed.channels) this.#seedChannel(channel);
    for (const person of seed.people) this.openDm([this.botUserId, person.id]);
    this.userGroups = seed.userGroups.map((group) => ({
      ...group,
      members: group.members.map((who) => this.resolve(who)),
    }));
    this.changed();
  }

  #seedChannel(channel: Seed['channels'][number]): void {
    const now = this.now();
    this.channels.set(channel.id, {
      id: channel.id,
      name: channel.name,
      kind: channel.kind,
      topic: channel.topic ?? '',
      created: Math.floor(now / 1000),
      isArchived: channel.isArchived ?? false,
      members: new Set(channel.members.map((who) => this.resolve(who))),
      messages: (channel.messages ?? []).map((message, index) => ({
        ...blankMessage(channel.id),
        ts: `${Math.floor(now / 1000) - message.minutesAgo * 60}.${String(index).padStart(6, '0')}`,
        user: this.resolve(message.from),
        byApp: message.from === 'bot',
        text: message.text,
      })),
      readUpTo: new Map(),
    });
  }

  /** The user id for an id, a name or the word `bot`. Throws when nobody has that name. */
  resolve(who: string): string {
    if (who === 'bot') return this.botUserId;
    if (this.users.has(who)) return who;
    for (const user of this.users.values()) if (user.name === who) return user.id;
    throw new Error(`Nobody in the workspace is called ${who}.`);
  }

  /** A channel by id, `#name` or name; undefined when there is none. */
  channel(idOrName: string): StoredChannel | undefined {
    const byId = this.channels.get(idOrName);
    if (byId) return byId;
    const name = idOrName.replace(/^#/, '');
    for (const channel of this.channels.values()) {
      if (channel.kind !== 'dm' && channel.name === name) return channel;
    }
    return undefined;
  }

  /** The direct messages of exactly these people, created when missing. */
  openDm(members: string[]): StoredChannel {
    const wanted = new Set(members);
    for (const channel of this.channels.values()) {
      if (channel.kind !== 'dm' || channel.members.size !== wanted.size) continue;
      if ([...channel.members].every((id) => wanted.has(id))) return channel;
    }
    const channel: StoredChannel = {
      id: this.ids.id('D'),
      name: '',
      kind: 'dm',
      topic: '',
      created: Math.floor(this.now() / 1000),
      isArchived: false,
      members: wanted,
      messages: [],
      readUpTo: new Map(),
    };
    this.channels.set(channel.id, channel);
    this.changed();
    return channel;
  }

  message(channel: string, ts: string): StoredMessage | undefined {
    return this.channels.get(channel)?.messages.find((message) => message.ts === ts);
  }

  /** Adds a message; what is left out is empty, `ts` is new. The author has read it. */
  post(
    channel: StoredChannel,
    message: Partial<Omit<StoredMessage, 'channel' | 'ts'>> & { user: string },
  ): StoredMessage {
    const stored: StoredMessage = { ...blankMessage(channel.id), ...message, ts: this.ids.ts() };
    channel.messages.push(stored);
    channel.readUpTo.set(stored.user, stored.ts);
    this.changed();
    return stored;
  }

  remove(message: StoredMessage): void {
    const channel = this.channels.get(message.channel);
    if (channel) channel.messages = channel.messages.filter((other) => other !== message);
    this.changed();
  }

  /** Replies to a parent, oldest first. */
  replies(parent: StoredMessage): StoredMessage[] {
    const all = this.channels.get(parent.channel)?.messages ?? [];
    return all.filter((message) => message.threadTs === parent.ts && message !== parent);
  }

  stack(user: string): StoredView[] {
    return this.modals.get(user) ?? [];
  }

  modal(viewId: string): StoredView | undefined {
    for (const stack of this.modals.values()) {
      const view = stack.find((candidate) => candidate.id === viewId);
      if (view) return view;
    }
    return undefined;
  }

  home(viewId: string): StoredView | undefined {
    for (const home of this.homes.values()) if (home.id === viewId) return home;
    return undefined;
  }

  toast(user: string, level: Toast['level'], text: string): void {
    const toasts = this.toasts.get(user) ?? [];
    toasts.push({ id: this.ids.token(), level, text, at: this.now() });
    this.toasts.set(user, toasts.slice(-20));
    this.changed();
  }

  /** Posts Slackbot's private note to one person. */
  note(user: string, channel: StoredChannel, text: string): void {
    this.post(channel, { user: this.slackbotId, text, ephemeralFor: user, fromSlackbot: true });
  }

  changed(): void {
    this.revision += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Calls back after every change; returns the function that stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
