import type { Workspace } from './state.ts';
import type { StoredChannel, StoredMessage } from './stored.ts';
import { SlackError } from './web-api/method.ts';

/** Who can see what: the rules that both the Web API and people's pages follow. */

/** Public channels are open to everybody; private channels and direct messages exist only for their members. */
export function maySee(channel: StoredChannel, user: string): boolean {
  return channel.kind === 'public' || channel.members.has(user);
}

/** A group direct message: three people or more. */
export function isGroup(channel: StoredChannel): boolean {
  return channel.kind === 'dm' && channel.members.size > 2;
}

/** The name Slack gives a group direct message. */
export function groupName(workspace: Workspace, channel: StoredChannel): string {
  const names = [...channel.members].map((id) => workspace.users.get(id)?.name ?? id);
  return `mpdm-${names.join('--')}-1`;
}

/** The channel with that id, if the app can see it. Throws `channel_not_found`, also when given a name. */
export function visibleChannel(workspace: Workspace, id: string): StoredChannel {
  const channel = workspace.channels.get(id);
  if (!channel || !maySee(channel, workspace.botUserId)) throw new SlackError('channel_not_found');
  return channel;
}

/**
 * The channel that a message from the app goes to; a person's id means their direct messages. Public channels need no
 * membership (`chat:write.public`). Throws `channel_not_found`, `is_archived`.
 */
export function postableChannel(workspace: Workspace, target: string): StoredChannel {
  if (target === '') throw new SlackError('channel_not_found');
  const user = workspace.users.get(target);
  if (user) {
    if (user.isBot) throw new SlackError('cannot_dm_bot');
    return workspace.openDm([workspace.botUserId, user.id]);
  }
  // Only posting accepts a channel's name as well as its id.
  const channel = visibleChannel(workspace, workspace.channel(target)?.id ?? target);
  if (channel.isArchived) throw new SlackError('is_archived');
  return channel;
}

/** The parent a reply goes under; a reply to a reply goes under its parent. Throws `thread_not_found`. */
export function threadParent(workspace: Workspace, channel: StoredChannel, threadTs: string): StoredMessage {
  const message = workspace.message(channel.id, threadTs);
  if (!message || message.ephemeralFor !== null) throw new SlackError('thread_not_found');
  if (message.threadTs === null) return message;
  return workspace.message(channel.id, message.threadTs) ?? message;
}

export function visibleTo(message: StoredMessage, user: string): boolean {
  return message.ephemeralFor === null || message.ephemeralFor === user;
}
