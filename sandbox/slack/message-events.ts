import { isGroup } from './access.ts';
import type { Json } from './protocol.ts';
import { messageJson } from './shapes.ts';
import type { StoredChannel, StoredMessage } from './stored.ts';
import type { World } from './world.ts';

/** What the app hears of messages, in conversations it is a member of: its own among them, as in Slack. */

function hears(world: World, channel: StoredChannel): boolean {
  return channel.members.has(world.workspace.botUserId);
}

function kindOf(channel: StoredChannel): string {
  if (isGroup(channel)) return 'mpim';
  return { public: 'channel', private: 'group', dm: 'im' }[channel.kind];
}

/** A new message, mentions of the app in it, and its files. */
export function announceMessage(world: World, channel: StoredChannel, message: StoredMessage): void {
  const { workspace } = world;
  if (!hears(world, channel) || message.ephemeralFor !== null) return;
  const event = { ...messageJson(world, message), channel: channel.id, event_ts: message.ts };
  world.emitEvent({ ...event, type: 'message', channel_type: kindOf(channel) });
  const direct = channel.kind === 'dm' && !isGroup(channel);
  if (message.text.includes(`<@${workspace.botUserId}>`) && !direct && !message.byApp) {
    const { subtype: _subtype, ...mention } = event as Json;
    world.emitEvent({ ...mention, type: 'app_mention' });
  }
  for (const id of message.fileIds) {
    world.emitEvent({ type: 'file_shared', file_id: id, user_id: message.user, file: { id }, channel_id: channel.id });
  }
}

/** An edit; `before` is the message as `messageJson` showed it. */
export function announceChange(world: World, channel: StoredChannel, message: StoredMessage, before: Json): void {
  if (!hears(world, channel) || message.ephemeralFor !== null) return;
  announceAltered(world, channel, 'message_changed', {
    message: messageJson(world, message),
    previous_message: before,
  });
}

/** A deletion; `before` is the message as `messageJson` showed it. */
export function announceDeletion(world: World, channel: StoredChannel, before: Json): void {
  if (!hears(world, channel)) return;
  announceAltered(world, channel, 'message_deleted', { deleted_ts: before.ts, previous_message: before });
}

function announceAltered(world: World, channel: StoredChannel, subtype: string, parts: Json): void {
  const ts = world.workspace.ids.ts();
  const place = { channel: channel.id, channel_type: kindOf(channel) };
  world.emitEvent({ type: 'message', subtype, hidden: true, ...place, ts, event_ts: ts, ...parts });
}
