import { z } from 'zod';
import { visibleChannel } from '../access.ts';
import { setReaction } from '../conversation.ts';
import type { Json } from '../protocol.ts';
import { messageJson } from '../shapes.ts';
import type { StoredMessage } from '../stored.ts';
import type { World } from '../world.ts';
import { type MethodTable, method, SlackError, text } from './method.ts';

/** A public message in a channel the app sees. Throws `channel_not_found`, `message_not_found`. */
function target(world: World, channelId: string, ts: string): StoredMessage {
  const channel = visibleChannel(world.workspace, channelId);
  const message = world.workspace.message(channel.id, ts);
  if (!message || message.ephemeralFor !== null) throw new SlackError('message_not_found');
  return message;
}

const reactionArgs = z.object({ channel: text, timestamp: text, name: text });
const pinArgs = z.object({ channel: text, timestamp: text });

function changeReaction(remove: boolean) {
  return method(reactionArgs, (args, world): Json => {
    const message = target(world, args.channel, args.timestamp);
    const name = args.name.replaceAll(':', '');
    if (!/^[\p{L}\p{N}_+'-]+(::skin-tone-[2-6])?$/u.test(name)) throw new SlackError('invalid_name');
    if (!setReaction(message, world.workspace.botUserId, name, remove)) {
      throw new SlackError(remove ? 'no_reaction' : 'already_reacted');
    }
    world.workspace.changed();
    return {};
  });
}

function changePin(pinned: boolean) {
  return method(pinArgs, (args, world): Json => {
    const message = target(world, args.channel, args.timestamp);
    if (message.pinned === pinned) throw new SlackError(pinned ? 'already_pinned' : 'no_pin');
    message.pinned = pinned;
    world.workspace.changed();
    return {};
  });
}

export const reactionPinMethods: MethodTable = {
  'reactions.add': changeReaction(false),
  'reactions.remove': changeReaction(true),
  'reactions.get': method(pinArgs, (args, world): Json => {
    const message = target(world, args.channel, args.timestamp);
    return { type: 'message', channel: message.channel, message: messageJson(world, message) };
  }),
  'pins.add': changePin(true),
  'pins.remove': changePin(false),
  'pins.list': method(z.object({ channel: text }), (args, world): Json => {
    const channel = visibleChannel(world.workspace, args.channel);
    const items = channel.messages
      .filter((message) => message.pinned)
      .map((message) => ({ type: 'message', channel: channel.id, message: messageJson(world, message) }));
    return { items };
  }),
};
