import type { May } from '../access/permission.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { ChannelSettings } from '../model/channel-settings.ts';
import type { PersonSettings } from '../model/person-settings.ts';
import { type Subscription, type SubscriptionScope, scopeKey } from '../model/subscription.ts';
import type { Watch } from '../model/watch.ts';
import { spread } from '../time/spread.ts';
import type { Board } from '../watch/board.ts';
import type { Watches } from '../watch/ports.ts';
import { covers } from './audience.ts';
import { type FoundLine, findLine, type NamedLine } from './find-line.ts';
import type { NoticeSettings, Subscriptions } from './ports.ts';
import type { Wish } from './read-wish.ts';

/** What a channel, or a person by direct message, hears of, and how. */
interface Following {
  watches: Watch[];
  subscriptions: Subscription[];
  settings: ChannelSettings;
  /** Tasks that exist now and are followed, one way or the other. */
  tasks: number;
}

/** Someone asks for something in, or about, a channel. */
interface Request {
  channel: ChannelRef;
  person: PersonRef;
}

/** What people can set; what is absent stays as it is. */
export interface SettingsChange {
  channel?: Partial<Omit<ChannelSettings, 'channel'>>;
  /** Of the person who asks. */
  own?: Partial<Omit<PersonSettings, 'person'>>;
}

/** A wish for more than one task. */
export type WideWish = Extract<Wish, { kind: 'all' | 'mine' | 'line' | 'name' }>;

type Removal =
  | { kind: 'removed'; subscription: Subscription }
  /** The channel has none like that. */
  | { kind: 'none' }
  /** It follows several lines whose names contain the text: a choice, never a guess. */
  | { kind: 'many'; lines: NamedLine[] };

export interface SubscriptionUseCases {
  /** `already`: the channel had that subscription. */
  add(request: Request & { scope: SubscriptionScope }): Promise<{ already: boolean }>;
  /** Ends the subscription that a wish means. */
  remove(request: Request & { wish: WideWish }): Promise<Removal>;
  of(channel: ChannelRef): Promise<Following>;
  /** The line that a text means: its id, its name or a part of it. */
  lineNamed(text: string): Promise<FoundLine>;
  settings(request: Request): Promise<{ channel: ChannelSettings; own: PersonSettings }>;
  change(request: Request & { change: SettingsChange }): Promise<{ channel: ChannelSettings; own: PersonSettings }>;
  /** Mutes a channel for so long (ms), or ends its mute (null). Returns until when (epoch ms). */
  mute(request: Request & { forMs: number | null }): Promise<number | null>;
}

export interface SubscriptionDeps {
  store: Subscriptions & NoticeSettings & Pick<Watches, 'watches'>;
  board: Pick<Board, 'all'>;
  /** The lines that the platform offers, as far as it can be asked. */
  lines(): Promise<readonly NamedLine[]>;
  clock: { now(): number };
  may: May;
  /** What channels are shown may be different now. */
  changed(): void;
}

export function createSubscriptionUseCases(deps: SubscriptionDeps): SubscriptionUseCases {
  const { store, board, clock, may, changed } = deps;

  const settings = async ({ channel, person }: Request) => {
    const [ofChannel, own] = await Promise.all([store.channelSettingsOf(channel), store.personSettingsOf(person)]);
    return { channel: ofChannel, own };
  };

  /** How many of the tasks that exist a channel follows. */
  const followed = async (watches: readonly Watch[], subscriptions: readonly Subscription[]): Promise<number> => {
    const watched = new Set(watches.map(({ taskId }) => taskId));
    let count = 0;
    for await (const piece of spread(board.all())) {
      for (const { task, runBy, state } of piece) {
        if (state === 'gone') continue;
        if (watched.has(task.id) || subscriptions.some((each) => covers(each, { task, runBy }))) count += 1;
      }
    }
    return count;
  };

  return {
    async add({ channel, person, scope }) {
      await may(person, 'watch', null);
      const { already } = await store.addSubscription({ channel, scope, owner: person, createdAt: clock.now() });
      changed();
      return { already };
    },

    async remove({ channel, person, wish }) {
      await may(person, 'unwatch', null);
      const subscriptions = await store.subscriptionsOf(channel);
      const found = wish.kind === 'line' ? lineFollowed(wish.text, subscriptions) : null;
      if (found?.kind === 'many') return found;
      const isMeant = meantBy(wish, person, found);
      const meant = subscriptions.find(({ scope }) => isMeant(scope));
      const subscription = meant === undefined ? null : await store.removeSubscription(meant.id);
      changed();
      return subscription === null ? { kind: 'none' } : { kind: 'removed', subscription };
    },

    async of(channel) {
      const [all, subscriptions, ofChannel] = await Promise.all([
        store.watches(),
        store.subscriptionsOf(channel),
        store.channelSettingsOf(channel),
      ]);
      const watches = all.filter((watch) => watch.channel === channel);
      const tasks = await followed(watches, subscriptions);
      return { watches, subscriptions, settings: ofChannel, tasks };
    },

    async lineNamed(text) {
      const used = board.all().map(({ task: { line } }) => ({ id: line.id, name: line.name ?? line.id }));
      return findLine(text, [...(await deps.lines()), ...used]);
    },

    settings,

    async change({ channel, person, change }) {
      await may(person, 'notice_settings', null);
      if (change.channel !== undefined) await store.changeChannelSettings(channel, change.channel);
      if (change.own !== undefined) await store.changePersonSettings(person, change.own);
      changed();
      return settings({ channel, person });
    },

    async mute({ channel, person, forMs }) {
      await may(person, 'notice_settings', null);
      const mutedUntil = forMs === null ? null : clock.now() + forMs;
      await store.changeChannelSettings(channel, { mutedUntil });
      changed();
      return mutedUntil;
    },
  };
}

/** The line that a text means, of those that a channel follows. */
function lineFollowed(text: string, subscriptions: readonly Subscription[]): FoundLine {
  const lines = subscriptions.flatMap(({ scope }) =>
    scope.kind === 'line' ? [{ id: scope.lineId, name: scope.name }] : [],
  );
  return findLine(text, lines);
}

/** Whether a scope is the one that a person means; of their own tasks, theirs. `found`: of a line, which one. */
function meantBy(wish: WideWish, person: PersonRef, found: FoundLine | null): (scope: SubscriptionScope) => boolean {
  switch (wish.kind) {
    case 'all':
      return ({ kind }) => kind === 'all';
    case 'mine':
      return (scope) => scope.kind === 'mine' && scope.person === person;
    case 'name':
      return (scope) => scopeKey(scope) === scopeKey(wish);
    case 'line':
      return (scope) => scope.kind === 'line' && found?.kind === 'one' && scope.lineId === found.line.id;
  }
}
