import { isGroup, maySee, visibleTo } from './access.ts';
import { tsToMs } from './ids.ts';
import type { Channel, FileInfo, Message, Person, Snapshot } from './protocol.ts';
import type { StoredChannel, StoredFile, StoredMessage, User } from './stored.ts';
import type { World } from './world.ts';

/** What one person sees of the workspace, and nothing else. */
export function snapshotFor(
  world: World,
  userId: string,
  page: Pick<Snapshot, 'pageControls' | 'shownTime'>,
): Snapshot {
  const { workspace, traffic, clock } = world;
  const { seed } = workspace;
  const people = [...workspace.users.values()].map(person);
  const me = people.find((candidate) => candidate.id === userId);
  if (!me) throw new Error(`Nobody in the workspace has the id ${userId}.`);
  const home = workspace.homes.get(userId);
  return {
    revision: workspace.revision,
    now: clock.now(),
    workspace: { id: workspace.teamId, name: seed.workspace.name },
    me,
    people,
    app: {
      id: workspace.appId,
      name: seed.app.name,
      botUserId: workspace.botUserId,
      connected: world.dispatcher.connected(),
      commands: seed.app.commands.map(({ command, description, usageHint, subcommands }) => ({
        command,
        description,
        usageHint,
        subcommands,
      })),
      shortcuts: seed.app.shortcuts,
      hasHome: seed.app.hasHome,
    },
    channels: [...workspace.channels.values()]
      .filter((channel) => maySee(channel, userId))
      .map((channel) => channelFor(world, channel, userId)),
    views: workspace.stack(userId).map(({ id, hash, view, errors, status }) => ({ id, hash, view, errors, status })),
    home: home ? { id: home.id, hash: home.hash, view: home.view } : null,
    toasts: workspace.toasts.get(userId) ?? [],
    traffic: traffic.lines(100),
    ...page,
  };
}

function person(user: User): Person {
  const { id, name, realName, tz, locale, isBot, isAdmin, title, color } = user;
  return { id, name, realName, tz, locale, isBot, isAdmin, title, color };
}

function channelFor(world: World, channel: StoredChannel, userId: string): Channel {
  const isMember = channel.members.has(userId);
  const readUpTo = Number(channel.readUpTo.get(userId) ?? '0');
  const top = channel.messages.filter(
    (message) => visibleTo(message, userId) && (message.threadTs === null || message.broadcast),
  );
  const unread = top.filter(
    (message) => Number(message.ts) > readUpTo && message.user !== userId && message.ephemeralFor === null,
  );
  const others = [...channel.members].filter((id) => id !== userId);
  const direct = isGroup(channel)
    ? others.map((id) => world.workspace.users.get(id)?.realName ?? id).join(', ')
    : (others[0] ?? userId);
  return {
    id: channel.id,
    name: channel.kind === 'dm' ? direct : channel.name,
    kind: channel.kind,
    topic: channel.topic,
    isMember,
    isArchived: channel.isArchived,
    memberIds: [...channel.members],
    unread: isMember ? unread.length : 0,
    mentions: isMember
      ? unread.filter((message) => channel.kind === 'dm' || message.text.includes(`<@${userId}>`)).length
      : 0,
    messages: top.map((message) => messageFor(world, message, userId)),
  };
}

function messageFor(world: World, message: StoredMessage, userId: string): Message {
  const replies = message.threadTs === null ? world.workspace.replies(message) : [];
  return {
    ts: message.ts,
    channel: message.channel,
    user: message.user,
    text: message.text,
    blocks: message.blocks,
    editedAt: message.editedTs === null ? null : tsToMs(message.editedTs),
    ephemeral: message.ephemeralFor !== null,
    threadTs: message.threadTs,
    replies: replies.filter((reply) => visibleTo(reply, userId)).map((reply) => messageFor(world, reply, userId)),
    broadcast: message.broadcast,
    reactions: message.reactions.map(({ name, users }) => ({ name, users: [...users] })),
    files: message.fileIds.flatMap((id) => {
      const file = world.workspace.files.get(id);
      return file && !file.deleted ? [fileInfo(file)] : [];
    }),
    fromSlackbot: message.fromSlackbot,
  };
}

export function fileInfo(file: StoredFile): FileInfo {
  return {
    id: file.id,
    name: file.name,
    mimetype: file.mimetype,
    size: file.bytes.byteLength,
    url: `/files/${file.id}/${file.secret}/${encodeURIComponent(file.name)}`,
  };
}
