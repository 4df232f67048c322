import type { ChannelRef, PersonRef } from '../model/address.ts';
import { type ChannelSettings, defaultChannelSettings, type NoticeGroup } from '../model/channel-settings.ts';
import { defaultPersonSettings, type PersonSettings } from '../model/person-settings.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Task } from '../model/task.ts';
import type { Watch } from '../model/watch.ts';
import { fold } from '../text/fold.ts';
import type { AudienceStore } from './ports.ts';

/** Everybody who wants to hear anything. */
export interface Audience {
  /** Of any tasks, oldest first. */
  watches: readonly Watch[];
  subscriptions: readonly Subscription[];
  settingsOf(channel: ChannelRef): ChannelSettings;
  personSettingsOf(person: PersonRef): PersonSettings;
  /** Whether a mention in a channel notifies a person: they must be in it. True where nobody has asked. */
  reaches(channel: ChannelRef, person: PersonRef): boolean;
}

/** Something that happened to a task. */
export interface TaskEvent {
  taskId: string;
  task: Pick<Task, 'name' | 'line'>;
  group: NoticeGroup;
  /** Who runs the task; null: the owner of its oldest watch does. */
  runBy: PersonRef | null;
  /** Who did it through Dialdeck; null when nobody did. */
  by: PersonRef | null;
}

/** Where a message about it goes. */
export interface Destination {
  /** A channel, or a person, who then gets it by direct message. */
  channel: ChannelRef;
  /** Under the card of the task, if there is one. */
  thread: boolean;
  /** Whom it mentions, so that they are notified. */
  mentions: PersonRef[];
  /** It goes to a person because they run the task, whatever they watch. */
  direct: boolean;
}

/** Whether a subscription is about a task. */
export function covers(
  { scope }: Pick<Subscription, 'scope'>,
  { task, runBy }: Pick<TaskEvent, 'task' | 'runBy'>,
): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'mine':
      return scope.person === runBy;
    case 'line':
      return scope.lineId === task.line.id;
    case 'name':
      return fold(task.name).includes(fold(scope.text));
  }
}

/** A channel, or the direct messages of one person, where nobody else would see a mention. */
interface Follower {
  channel: ChannelRef;
  personal: boolean;
}

/** The channels and people that watch a task or have subscribed to it, as far as they can be posted to; each once. */
function followersOf(
  event: Pick<TaskEvent, 'taskId' | 'task' | 'runBy'>,
  { watches, subscriptions }: Pick<Audience, 'watches' | 'subscriptions'>,
): Follower[] {
  const watching = watches.filter(({ taskId, brokenBy }) => taskId === event.taskId && brokenBy === null);
  const subscribed = subscriptions.filter((each) => each.brokenBy === null && covers(each, event));
  const followers = new Map<ChannelRef, Follower>();
  for (const { channel, owner } of [...watching, ...subscribed]) {
    if (!followers.has(channel)) followers.set(channel, { channel, personal: channel === owner });
  }
  return [...followers.values()];
}

/**
 * Where an event is announced, at this moment (epoch ms).
 *
 * What nobody did through Dialdeck goes to every channel that follows the task and wants that kind. An alert also
 * reaches the person who runs the task: by a mention, or by direct message if they chose that or no channel gets it.
 * What a colleague did goes to that person alone, once: the cards show it to everyone else. What they did themselves is
 * not announced.
 */
export function destinationsOf(event: TaskEvent, audience: Audience, now: number): Destination[] {
  const runner = runnerOf(event, audience);
  const accepting = followersOf(event, audience).filter(({ channel }) => accepts(event.group, channel, audience, now));
  const shared = accepting.filter(({ personal }) => !personal);
  const own = accepting.find(({ channel }) => channel === runner);
  const to = (channel: ChannelRef, mentions: PersonRef[] = []): Destination => ({
    channel,
    thread: isThreaded(event.group, audience.settingsOf(channel)),
    mentions: channel === runner ? [] : mentions,
    direct: false,
  });

  if (event.by !== null) {
    if (runner === null || runner === event.by) return [];
    const first = shared.find(({ channel }) => audience.reaches(channel, runner));
    if (own !== undefined) return [{ ...to(own.channel), direct: true }];
    const mention = audience.personSettingsOf(runner).alertsBy === 'mention' && first !== undefined;
    return mention ? [to(first.channel, [runner])] : directTo(runner, event, { audience, now });
  }
  if (event.group !== 'alerts' || runner === null) return accepting.map(({ channel }) => to(channel));
  const byMention = audience.personSettingsOf(runner).alertsBy === 'mention';
  const isMentioned = ({ channel, personal }: Follower): boolean =>
    byMention && !personal && audience.reaches(channel, runner);
  const posted = accepting.map((follower) => to(follower.channel, isMentioned(follower) ? [runner] : []));
  const reached = own !== undefined || accepting.some(isMentioned);
  return reached ? posted : [...posted, ...directTo(runner, event, { audience, now })];
}

/** Every channel and person who watches or has subscribed to anything and wants that kind, each once. */
export function allDestinations(group: NoticeGroup, audience: Audience, now: number): Destination[] {
  const followers = [...audience.watches, ...audience.subscriptions].filter(({ brokenBy }) => brokenBy === null);
  const channels = [...new Set(followers.map(({ channel }) => channel))];
  return channels
    .filter((channel) => accepts(group, channel, audience, now))
    .map((channel) => ({
      channel,
      thread: isThreaded(group, audience.settingsOf(channel)),
      mentions: [],
      direct: false,
    }));
}

/**
 * Where the message of an earlier event may have gone that is to be replaced now: settings decide about new messages
 * only. `wanted`: whether a new one may be posted instead.
 */
export function correctionsOf(
  event: TaskEvent,
  audience: Audience,
  now: number,
): { channel: ChannelRef; wanted: boolean }[] {
  return followersOf(event, audience).map(({ channel }) => ({
    channel,
    wanted: accepts(event.group, channel, audience, now),
  }));
}

/** Who is to act on a task: who runs it, else the owner of its oldest watch. */
function runnerOf(
  { taskId, runBy }: Pick<TaskEvent, 'taskId' | 'runBy'>,
  { watches }: Pick<Audience, 'watches'>,
): PersonRef | null {
  return runBy ?? watches.find((watch) => watch.taskId === taskId && watch.brokenBy === null)?.owner ?? null;
}

/** Whether a channel, or a person by direct message, wants that kind at this moment. */
export function accepts(group: NoticeGroup, channel: ChannelRef, audience: Audience, now: number): boolean {
  const settings = audience.settingsOf(channel);
  return !isMuted(settings, now) && settings.kinds.includes(group);
}

/** A mute ends by the time of day that people were shown. */
export function isMuted({ mutedUntil }: Pick<ChannelSettings, 'mutedUntil'>, now: number): boolean {
  return mutedUntil !== null && mutedUntil > now;
}

/** Threads are for what need not be seen at once: an end and an alert are posted in the channel. */
export function isThreaded(group: NoticeGroup, { threads }: Pick<ChannelSettings, 'threads'>): boolean {
  return threads && (group === 'changes' || group === 'milestones');
}

/**
 * The direct message to who runs a task. They may mute it and turn alerts off; what a colleague does to their task is
 * no matter of kinds.
 */
function directTo(
  person: PersonRef,
  { group, by }: TaskEvent,
  { audience, now }: { audience: Audience; now: number },
): Destination[] {
  const wanted = by === null ? accepts(group, person, audience, now) : !isMuted(audience.settingsOf(person), now);
  return wanted ? [{ channel: person, thread: false, mentions: [], direct: true }] : [];
}

/** Everybody who wants to hear anything, as stored now. */
export async function readAudience(store: AudienceStore): Promise<Audience> {
  const [watches, subscriptions, channels, people] = await Promise.all([
    store.watches(),
    store.subscriptions(),
    store.channelSettings(),
    store.personSettings(),
  ]);
  const ofChannel = new Map(channels.map((settings) => [settings.channel, settings]));
  const ofPerson = new Map(people.map((settings) => [settings.person, settings]));
  return {
    watches,
    subscriptions,
    settingsOf: (channel) => ofChannel.get(channel) ?? defaultChannelSettings(channel),
    personSettingsOf: (person) => ofPerson.get(person) ?? defaultPersonSettings(person),
    reaches: () => true,
  };
}
