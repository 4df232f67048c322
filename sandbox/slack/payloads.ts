import { groupName, isGroup } from './access.ts';
import { sentBack } from './escaping.ts';
import { statefulElements } from './form.ts';
import { asString } from './json.ts';
import type { Json } from './protocol.ts';
import { messageJson, viewJson } from './shapes.ts';
import type { Workspace } from './state.ts';
import type { StoredChannel, StoredMessage, StoredView } from './stored.ts';
import type { World } from './world.ts';

/** The payloads Slack sends for what people do, each with its trigger id and response URL. */

function responseUrl(world: World, id: string): string {
  return `${world.url()}/response/${id}`;
}

/** Parts every interaction carries. */
function common({ workspace, credentials }: World, userId: string): Json {
  const user = workspace.users.get(userId);
  return {
    team: { id: workspace.teamId, domain: workspace.seed.workspace.domain },
    user: { id: userId, username: user?.name ?? '', name: user?.name ?? '', team_id: user?.teamId ?? workspace.teamId },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: workspace.appId,
    token: credentials.verificationToken,
  };
}

function channelRef(workspace: Workspace, channel: StoredChannel): Json {
  const direct = isGroup(channel) ? groupName(workspace, channel) : 'directmessage';
  return { id: channel.id, name: channel.kind === 'dm' ? direct : channel.name };
}

export function commandPayload(
  world: World,
  user: string,
  channel: StoredChannel,
  { command, text }: { command: string; text: string },
): Json {
  const { workspace, credentials, triggers, responseUrls } = world;
  const response = responseUrls.issue({ user, channel: channel.id, ts: null, ephemeral: true, threadTs: null });
  return {
    token: credentials.verificationToken,
    team_id: workspace.users.get(user)?.teamId ?? workspace.teamId,
    team_domain: workspace.seed.workspace.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'private' ? 'privategroup' : channelRef(workspace, channel).name,
    user_id: user,
    user_name: workspace.users.get(user)?.name ?? '',
    command,
    text,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl(world, response),
    trigger_id: triggers.issue(user, channel.id),
  };
}

/** A message and the channel it is in. */
interface MessagePlace {
  channel: StoredChannel;
  message: StoredMessage;
}

/** `block_actions` from a message. `values`: the state of all its controls. */
export function messageActionsPayload(
  world: World,
  user: string,
  { channel, message }: MessagePlace,
  { action, values }: { action: Json; values: Json },
): Json {
  const ephemeral = message.ephemeralFor !== null;
  const response = world.responseUrls.issue({
    user,
    channel: channel.id,
    ts: message.ts,
    ephemeral,
    threadTs: message.threadTs,
  });
  return {
    type: 'block_actions',
    ...common(world, user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: world.triggers.issue(user, channel.id),
    channel: channelRef(world.workspace, channel),
    // Slack sends the content of ephemeral messages to nobody, not even back to the app.
    ...(ephemeral ? {} : { message: sentBack(messageJson(world, message)) }),
    state: { values: sentBack(values) },
    response_url: responseUrl(world, response),
    actions: [sentBack(action)],
  };
}

/** `block_actions` from a modal or from Home. */
export function viewActionsPayload(world: World, user: string, stored: StoredView, action: Json): Json {
  return {
    type: 'block_actions',
    ...common(world, user),
    container: { type: 'view', view_id: stored.id },
    trigger_id: world.triggers.issue(user, stored.channel),
    view: sentBack(viewJson(world, stored)),
    actions: [sentBack(action)],
  };
}

export function submissionPayload(world: World, user: string, stored: StoredView): Json {
  return {
    type: 'view_submission',
    ...common(world, user),
    trigger_id: world.triggers.issue(user, stored.channel),
    view: sentBack(viewJson(world, stored)),
    response_urls: chosenResponseUrls(world, user, stored),
  };
}

/** One response URL for each conversation chosen in a select with `response_url_enabled`. */
function chosenResponseUrls(world: World, user: string, stored: StoredView): Json[] {
  return statefulElements(stored.view.blocks).flatMap(({ element, blockId, actionId }) => {
    if (element.response_url_enabled !== true) return [];
    const state = stored.values[blockId]?.[actionId];
    const channel = asString(state?.selected_conversation) || asString(state?.selected_channel);
    if (!world.workspace.channels.has(channel)) return [];
    const id = world.responseUrls.issue({ user, channel, ts: null, ephemeral: false, threadTs: null });
    return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: responseUrl(world, id) }];
  });
}

export function closedPayload(world: World, user: string, stored: StoredView, isCleared: boolean): Json {
  return {
    type: 'view_closed',
    ...common(world, user),
    view: sentBack(viewJson(world, stored)),
    is_cleared: isCleared,
  };
}

export function suggestionPayload(
  world: World,
  user: string,
  place: { view: StoredView } | MessagePlace,
  ids: { blockId: string; actionId: string; query: string },
): Json {
  return {
    type: 'block_suggestion',
    ...common(world, user),
    action_id: ids.actionId,
    block_id: ids.blockId,
    value: ids.query,
    ...('view' in place
      ? { container: { type: 'view', view_id: place.view.id }, view: sentBack(viewJson(world, place.view)) }
      : {
          container: {
            type: 'message',
            message_ts: place.message.ts,
            channel_id: place.channel.id,
            is_ephemeral: place.message.ephemeralFor !== null,
          },
          channel: channelRef(world.workspace, place.channel),
          message: sentBack(messageJson(world, place.message)),
        }),
  };
}

export function shortcutPayload(world: World, user: string, callbackId: string, on: MessagePlace | null): Json {
  const base = {
    ...common(world, user),
    callback_id: callbackId,
    trigger_id: world.triggers.issue(user, on?.channel.id ?? null),
    action_ts: world.workspace.ids.ts(),
  };
  if (on === null) return { type: 'shortcut', ...base };
  const { channel, message } = on;
  const response = world.responseUrls.issue({
    user,
    channel: channel.id,
    ts: message.ts,
    ephemeral: false,
    threadTs: message.threadTs,
  });
  return {
    type: 'message_action',
    ...base,
    message_ts: message.ts,
    channel: channelRef(world.workspace, channel),
    message: sentBack(messageJson(world, message)),
    response_url: responseUrl(world, response),
  };
}

/** An event of the Events API in its outer envelope. */
export function eventPayload({ workspace, credentials, clock }: World, event: Json): Json {
  return {
    token: credentials.verificationToken,
    team_id: workspace.teamId,
    api_app_id: workspace.appId,
    event: { event_ts: workspace.ids.ts(), ...event },
    type: 'event_callback',
    event_id: workspace.ids.id('Ev'),
    event_time: Math.floor(clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.teamId,
        user_id: workspace.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: workspace.ids.token(),
  };
}
