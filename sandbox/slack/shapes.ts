import { groupName, isGroup } from './access.ts';
import { asObjects, asString } from './json.ts';
import type { Json } from './protocol.ts';
import type { Workspace } from './state.ts';
import type { StoredChannel, StoredFile, StoredMessage, StoredView, User } from './stored.ts';
import type { World } from './world.ts';

/** The workspace's data in the shapes of Slack's API and payloads. */

export function userJson(workspace: Workspace, user: User, includeLocale: boolean): Json {
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.isDeactivated,
    color: user.color.replace('#', ''),
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetSeconds(user.tz, workspace.now()),
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.realName,
      display_name_normalized: user.realName,
      title: user.title,
      team: workspace.teamId,
      ...(user.email === '' ? {} : { email: user.email }),
    },
    is_admin: user.isAdmin,
    is_owner: user.isOwner,
    is_primary_owner: user.isOwner,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    is_stranger: user.teamId !== workspace.teamId,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 1_700_000_000,
    ...(includeLocale ? { locale: user.locale } : {}),
  };
}

function offsetSeconds(tz: string, at: number): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /([+-])(\d\d):(\d\d)/.exec(name ?? '');
  if (!match) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

export function channelJson(workspace: Workspace, channel: StoredChannel): Json {
  if (isGroup(channel)) {
    const name = groupName(workspace, channel);
    return {
      id: channel.id,
      name,
      name_normalized: name,
      created: channel.created,
      is_channel: false,
      is_group: true,
      is_im: false,
      is_mpim: true,
      is_private: true,
      is_archived: false,
      is_member: channel.members.has(workspace.botUserId),
      num_members: channel.members.size,
    };
  }
  if (channel.kind === 'dm') {
    const other = [...channel.members].find((id) => id !== workspace.botUserId) ?? workspace.botUserId;
    return {
      id: channel.id,
      created: channel.created,
      is_im: true,
      is_channel: false,
      is_group: false,
      is_private: true,
      is_archived: false,
      user: other,
      is_user_deleted: false,
    };
  }
  const isPrivate = channel.kind === 'private';
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !isPrivate,
    is_group: isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: isPrivate,
    is_general: channel.name === 'general',
    is_archived: channel.isArchived,
    is_member: channel.members.has(workspace.botUserId),
    created: channel.created,
    creator: [...channel.members][0] ?? '',
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
}

/** A message as `conversations.history`, events and payloads show it. `withMetadata`: asked for by the caller. */
export function messageJson(world: World, message: StoredMessage, withMetadata = false): Json {
  const { workspace } = world;
  const replies = workspace.replies(message).filter((reply) => reply.ephemeralFor === null);
  const files = message.fileIds.flatMap((id) => {
    const file = workspace.files.get(id);
    return file ? [fileJson(world, file)] : [];
  });
  return {
    type: 'message',
    ...(message.subtype === null ? {} : { subtype: message.subtype }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: workspace.teamId,
    ...(message.byApp ? { bot_id: workspace.botId, app_id: workspace.appId, bot_profile: botJson(workspace) } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(files.length > 0 ? { files, upload: false } : {}),
    ...(message.editedTs === null ? {} : { edited: { user: message.user, ts: message.editedTs } }),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    ...(replies.length > 0
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          reply_users_count: new Set(replies.map((reply) => reply.user)).size,
          latest_reply: replies.at(-1)?.ts ?? '',
        }
      : {}),
    ...(message.reactions.length > 0
      ? { reactions: message.reactions.map((reaction) => ({ ...reaction, count: reaction.users.length })) }
      : {}),
    ...(message.pinned ? { pinned_to: [message.channel] } : {}),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...(message.ephemeralFor === null ? {} : { is_ephemeral: true }),
  };
}

export function botJson(workspace: Workspace): Json {
  return {
    id: workspace.botId,
    app_id: workspace.appId,
    user_id: workspace.botUserId,
    name: workspace.seed.app.name,
    deleted: false,
    updated: 1_700_000_000,
    team_id: workspace.teamId,
    icons: {},
  };
}

export function fileJson(world: World, file: StoredFile): Json {
  const base = `${world.url()}/files-pri/${file.id}`;
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return {
    id: file.id,
    created: Math.floor(file.created / 1000),
    timestamp: Math.floor(file.created / 1000),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension === '' ? 'binary' : extension,
    pretty_type: extension.toUpperCase(),
    user: file.user,
    user_team: world.workspace.teamId,
    editable: false,
    size: file.bytes.byteLength,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: [...file.channels].some((id) => world.workspace.channels.get(id)?.kind === 'public'),
    public_url_shared: false,
    url_private: `${base}/${encodeURIComponent(file.name)}`,
    url_private_download: `${base}/download/${encodeURIComponent(file.name)}`,
    permalink: `${world.url()}/files/${file.id}`,
    channels: [...file.channels].filter((id) => world.workspace.channels.get(id)?.kind === 'public'),
    groups: [...file.channels].filter((id) => world.workspace.channels.get(id)?.kind === 'private'),
    ims: [...file.channels].filter((id) => world.workspace.channels.get(id)?.kind === 'dm'),
    has_rich_preview: false,
    file_access: 'visible',
  };
}

/** A view as `views.open` returns it and payloads carry it. */
export function viewJson(world: World, stored: StoredView): Json {
  const { workspace } = world;
  const { view } = stored;
  const modal =
    stored.type === 'modal'
      ? {
          title: view.title,
          close: view.close ?? null,
          submit: view.submit ?? null,
          notify_on_close: view.notify_on_close ?? false,
          clear_on_close: view.clear_on_close ?? false,
          submit_disabled: view.submit_disabled ?? false,
        }
      : {};
  return {
    id: stored.id,
    team_id: workspace.teamId,
    type: stored.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values: withFiles(world, stored) },
    hash: stored.hash,
    ...modal,
    root_view_id: stored.rootId,
    previous_view_id: stored.previousId,
    app_id: workspace.appId,
    app_installed_team_id: workspace.teamId,
    bot_id: workspace.botId,
  };
}

/** The state of a view with its uploaded files in full, as submissions carry them. */
function withFiles(world: World, stored: StoredView): Json {
  const filled: Json = {};
  for (const [blockId, actions] of Object.entries(stored.values)) {
    const entries = Object.entries(actions).map(([actionId, state]): [string, Json] => {
      if (state.type !== 'file_input') return [actionId, state];
      const files = asObjects(state.files).flatMap((given) => {
        const file = world.workspace.files.get(asString(given.id));
        return file?.user === stored.user ? [fileJson(world, file)] : [];
      });
      return [actionId, { ...state, files }];
    });
    filled[blockId] = Object.fromEntries(entries);
  }
  return filled;
}
