import { maySee, threadParent, visibleTo } from './access.ts';
import { applySubmissionAck } from './acks.ts';
import { findElement } from './block-tree.ts';
import { checkValues, mergeValues, valueKey } from './form.ts';
import { asArray, asJson, asString, isJson } from './json.ts';
import {
  closedPayload,
  commandPayload,
  messageActionsPayload,
  shortcutPayload,
  submissionPayload,
  suggestionPayload,
  viewActionsPayload,
} from './payloads.ts';
import type { Container, Deeds, Json } from './protocol.ts';
import { applyReply } from './replies.ts';
import { messageJson, viewJson } from './shapes.ts';
import type { StoredChannel, StoredMessage, StoredView } from './state.ts';
import { dropView, keepValues } from './views.ts';
import { SlackError } from './web-api/method.ts';
import type { World } from './world.ts';

/** The answer to a deed: `{ ok: true, … }` or `{ ok: false, error }`. */
export type DeedAnswer = Json & { ok: boolean };

const done: DeedAnswer = { ok: true };

/** A deed that cannot be carried out because the page is behind, or the caller is wrong. */
export class DeedError extends Error {}

function channelFor(world: World, channelId: string, user: string): StoredChannel {
  const channel = world.workspace.channels.get(channelId);
  if (!channel || !maySee(channel, user)) throw new DeedError('channel_not_found');
  return channel;
}

function messageIn(world: World, channelId: string, ts: string, user: string): StoredMessage {
  channelFor(world, channelId, user);
  const message = world.workspace.message(channelId, ts);
  if (!message || !visibleTo(message, user)) throw new DeedError('message_not_found');
  return message;
}

function viewOf(world: World, container: Container, user: string): StoredView {
  const stored =
    container.type === 'view'
      ? world.workspace.stack(user).find((view) => view.id === container.viewId)
      : world.workspace.homes.get(user);
  if (!stored) throw new DeedError('view_not_found');
  return stored;
}

/** Runs a slash command. Not acknowledged in time, or unknown: a private note, as Slack's. */
export async function runCommand(world: World, deed: Deeds['command']): Promise<DeedAnswer> {
  const { workspace } = world;
  const channel = channelFor(world, deed.channel, deed.as);
  const known = workspace.seed.app.commands.find((command) => command.command === deed.command);
  if (!known) {
    workspace.note(
      deed.as,
      channel,
      `${deed.command} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.\n\nIf you are trying to send a message and not run a command, try preceding the “/” with an empty space.`,
    );
    return done;
  }
  const text = known.escape === true ? linkMentions(world, deed.text) : deed.text;
  const payload = commandPayload(world, deed.as, channel, deed.command, text);
  const title = `slash_commands ${deed.command} ${deed.text}`.trim();
  const ack = await world.courier.send({
    kind: 'slash_commands',
    name: 'slash_commands',
    title,
    payload,
    acceptsResponse: true,
  });
  if (ack.kind === 'failed') {
    workspace.note(deed.as, channel, `${deed.command} failed with the error "${ack.reason}"`);
    return { ok: false, error: ack.reason };
  }
  const reply = typeof ack.body === 'string' ? { text: ack.body } : ack.body;
  if (!isJson(reply) || Object.keys(reply).length === 0) return done;
  try {
    const permit = { user: deed.as, channel: channel.id, ts: null, ephemeral: true, threadTs: null };
    applyReply(world, permit, reply);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    world.traffic.begin({ direction: 'from-app', title: 'ack', name: 'ack', sent: reply })(error.code, {
      messages: error.messages,
    });
    workspace.note(deed.as, channel, `${deed.command} failed with the error "dispatch_failed"`);
    return { ok: false, error: 'dispatch_failed' };
  }
  return done;
}

/** `@name` and `#channel` as Slack writes them into messages. */
function linkMentions({ workspace }: World, text: string): string {
  const users = [...workspace.users.values()];
  return text
    .replace(/(^|\s)@([\p{L}\p{N}._-]+)/gu, (whole, before: string, name: string) => {
      const user = users.find((candidate) => candidate.name === name);
      return user ? `${before}<@${user.id}|${user.name}>` : whole;
    })
    .replace(/(^|\s)#([\p{L}\p{N}._-]+)/gu, (whole, before: string, name: string) => {
      const channel = workspace.channel(name);
      return channel && channel.kind === 'public' ? `${before}<#${channel.id}|${channel.name}>` : whole;
    });
}

/** Text as people type it, in the form Slack stores: entities escaped, mentions linked. */
function storedText(world: World, typed: string): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const kept = escaped.replace(/&lt;([@#!][\w|.-]+)&gt;/g, '<$1>');
  return linkMentions(world, kept).replace(/<@(\w+)\|[^>]*>/g, '<@$1>');
}

export async function postAsPerson(world: World, deed: Deeds['message']): Promise<DeedAnswer> {
  const { workspace } = world;
  const channel = channelFor(world, deed.channel, deed.as);
  const slash = /^(\/\S+)\s*([\s\S]*)$/.exec(deed.text.trim());
  if (slash && slash[1] !== undefined && !slash[1].slice(1).includes('/')) {
    if (deed.threadTs !== undefined) {
      workspace.note(deed.as, channel, `${slash[1]} is not supported in threads. Sorry!`);
      return { ok: false, error: 'not_supported_in_threads' };
    }
    return runCommand(world, { as: deed.as, channel: deed.channel, command: slash[1], text: slash[2] ?? '' });
  }
  if (!channel.members.has(deed.as)) throw new DeedError('not_in_channel');
  if (channel.isArchived) throw new DeedError('is_archived');
  const fileIds = (deed.fileIds ?? []).filter((id) => workspace.files.get(id)?.user === deed.as);
  if (deed.text.trim() === '' && fileIds.length === 0) throw new DeedError('no_text');
  const parent = deed.threadTs === undefined ? null : threadParent(workspace, channel, deed.threadTs);
  const text = storedText(world, deed.text);
  const message = workspace.post(channel, {
    user: deed.as,
    text,
    threadTs: parent?.ts ?? null,
    fileIds,
    subtype: fileIds.length > 0 ? 'file_share' : null,
  });
  for (const id of fileIds) workspace.files.get(id)?.channels.add(channel.id);
  announceMessage(world, channel, message);
  return { ok: true, ts: message.ts };
}

const channelTypes = { public: 'channel', private: 'group', dm: 'im' } as const;

/** The app hears of messages in channels it is a member of, and of mentions of it. */
function announceMessage(world: World, channel: StoredChannel, message: StoredMessage): void {
  const { workspace } = world;
  if (!channel.members.has(workspace.botUserId)) return;
  const event = { ...messageJson(world, message), channel: channel.id, event_ts: message.ts };
  world.emitEvent({ ...event, type: 'message', channel_type: channelTypes[channel.kind] });
  if (message.text.includes(`<@${workspace.botUserId}>`) && channel.kind !== 'dm') {
    const { subtype: _subtype, ...mention } = event as Json;
    world.emitEvent({ ...mention, type: 'app_mention' });
  }
  for (const id of message.fileIds) {
    world.emitEvent({ type: 'file_shared', file_id: id, user_id: message.user, file: { id }, channel_id: channel.id });
  }
}

/** Operates an element of a message, a modal or Home. */
export async function runAction(world: World, deed: Deeds['action']): Promise<DeedAnswer> {
  const { container, blockId, actionId } = deed;
  let payload: Json;
  if (container.type === 'message') {
    const channel = channelFor(world, container.channel, deed.as);
    const message = messageIn(world, container.channel, container.ts, deed.as);
    const found = findElement(message.blocks, blockId, actionId);
    if (!found) throw new DeedError('no_such_element');
    const own =
      valueKey(found.element.type) === null ? {} : { [blockId]: { [actionId]: stateOf(found.element, deed.value) } };
    const values = mergeValues(message.blocks, { ...deed.values, ...own });
    const action = actionEntry(world, blockId, found.element, deed.value);
    payload = messageActionsPayload(world, deed.as, channel, message, action, values);
  } else {
    const stored = viewOf(world, container, deed.as);
    const found = findElement(stored.view.blocks, blockId, actionId);
    if (!found) throw new DeedError('no_such_element');
    keepValues(stored, deed.values ?? {});
    if (valueKey(found.element.type) !== null) {
      keepValues(stored, { [blockId]: { [actionId]: stateOf(found.element, deed.value) } });
    }
    const known = stored.values[blockId]?.[actionId];
    const action = actionEntry(world, blockId, found.element, known ?? deed.value);
    payload = viewActionsPayload(world, deed.as, stored, action);
  }
  const ack = await world.courier.send({
    kind: 'interactive',
    name: 'block_actions',
    title: `block_actions ${actionId}`,
    payload,
    acceptsResponse: true,
  });
  if (ack.kind === 'acked') return done;
  world.workspace.toast(deed.as, 'warning', 'This app responded with an error or did not respond in time. Try again?');
  return { ok: false, error: ack.reason };
}

function stateOf(element: Json, value: Json): Json {
  return { ...value, type: element.type };
}

/** One entry of `actions`: what the element is, and what was chosen. */
function actionEntry({ workspace }: World, blockId: string, element: Json, value: Json): Json {
  const entry: Json = {
    type: element.type,
    block_id: blockId,
    action_id: element.action_id,
    action_ts: workspace.ids.ts(),
  };
  if (element.type === 'button' || element.type === 'workflow_button') {
    return {
      ...entry,
      text: element.text,
      ...(element.value === undefined ? {} : { value: element.value }),
      ...(element.style === undefined ? {} : { style: element.style }),
    };
  }
  if (element.type === 'overflow') {
    const chosen = asJson(value.selected_option).value;
    const option = asArray(element.options).find((candidate) => asJson(candidate).value === chosen);
    if (!option) throw new DeedError('no_such_option');
    return { ...entry, selected_option: option };
  }
  const { type: _type, ...chosen } = value;
  return { ...entry, ...chosen, ...(element.placeholder === undefined ? {} : { placeholder: element.placeholder }) };
}

/** Asks the app for options. */
export async function suggest(world: World, deed: Deeds['suggest']): Promise<DeedAnswer> {
  const { container, blockId, actionId, query } = deed;
  const place =
    container.type === 'message'
      ? {
          channel: channelFor(world, container.channel, deed.as),
          message: messageIn(world, container.channel, container.ts, deed.as),
        }
      : { view: viewOf(world, container, deed.as) };
  const blocks = 'view' in place ? place.view.view.blocks : place.message.blocks;
  if (!findElement(blocks, blockId, actionId)) throw new DeedError('no_such_element');
  const ack = await world.courier.send({
    kind: 'interactive',
    name: 'block_suggestion',
    title: `block_suggestion ${actionId} “${query}”`,
    payload: suggestionPayload(world, deed.as, place, { blockId, actionId, query }),
    acceptsResponse: true,
  });
  if (ack.kind === 'failed') return { ok: false, error: ack.reason };
  const body = asJson(ack.body);
  if (Array.isArray(body.option_groups)) return { ok: true, option_groups: body.option_groups };
  if (Array.isArray(body.options)) return { ok: true, options: body.options };
  return { ok: false, error: 'invalid_options' };
}

/** Sends a modal. What the page's own check refuses never reaches the app. */
export async function submitView(world: World, deed: Deeds['submit']): Promise<DeedAnswer> {
  const { workspace } = world;
  const stored = viewOf(world, { type: 'view', viewId: deed.viewId }, deed.as);
  if (stored !== workspace.stack(deed.as).at(-1)) throw new DeedError('view_not_on_top');
  if (stored.status === 'submitting') throw new DeedError('already_submitting');
  keepValues(stored, deed.values);
  stored.errors = checkValues(stored.view.blocks, stored.values);
  if (Object.keys(stored.errors).length > 0) {
    stored.status = 'idle';
    workspace.changed();
    return { ok: false, error: 'invalid_values', errors: stored.errors };
  }
  stored.status = 'submitting';
  workspace.changed();
  const ack = await world.courier.send({
    kind: 'interactive',
    name: 'view_submission',
    title: `view_submission ${asString(stored.view.callback_id)}`,
    payload: submissionPayload(world, deed.as, stored),
    acceptsResponse: true,
  });
  if (ack.kind === 'failed') {
    stored.status = 'failed';
    workspace.changed();
    return { ok: false, error: ack.reason };
  }
  stored.status = 'idle';
  const mistake = applySubmissionAck(world, stored, ack.body);
  if (mistake !== null) {
    world.traffic.begin({ direction: 'from-app', title: 'ack', name: 'ack', sent: { body: ack.body } })(mistake);
    if (Object.keys(stored.errors).length === 0) stored.status = 'failed';
  }
  workspace.changed();
  return stored.status === 'failed' ? { ok: false, error: 'malformed_ack' } : done;
}

/** Closes a view, or the whole stack; the app hears of those that asked for it. */
export async function closeView(world: World, deed: Deeds['close']): Promise<DeedAnswer> {
  const { workspace } = world;
  const stored = viewOf(world, { type: 'view', viewId: deed.viewId }, deed.as);
  const stack = workspace.stack(deed.as);
  const whole = deed.all === true || stored.view.clear_on_close === true;
  const closing = whole ? [...stack] : stack.slice(stack.indexOf(stored));
  if (whole) workspace.modals.set(deed.as, []);
  else dropView(workspace, stored);
  workspace.changed();
  for (const view of closing.reverse()) {
    if (view.view.notify_on_close !== true) continue;
    void world.courier.send({
      kind: 'interactive',
      name: 'view_closed',
      title: `view_closed ${asString(view.view.callback_id)}`,
      payload: closedPayload(world, deed.as, view, whole),
      acceptsResponse: false,
    });
  }
  return done;
}

export async function runShortcut(world: World, deed: Deeds['shortcut']): Promise<DeedAnswer> {
  const known = world.workspace.seed.app.shortcuts.find((shortcut) => shortcut.callbackId === deed.callbackId);
  if (!known) throw new DeedError('no_such_shortcut');
  const on =
    known.type === 'global'
      ? null
      : {
          channel: channelFor(world, deed.channel ?? '', deed.as),
          message: messageIn(world, deed.channel ?? '', deed.ts ?? '', deed.as),
        };
  const payload = shortcutPayload(world, deed.as, deed.callbackId, on);
  const ack = await world.courier.send({
    kind: 'interactive',
    name: asString(payload.type),
    title: `${asString(payload.type)} ${deed.callbackId}`,
    payload,
    acceptsResponse: false,
  });
  if (ack.kind === 'acked') return done;
  world.workspace.toast(deed.as, 'warning', `We had some trouble connecting. “${known.name}” did not run.`);
  return { ok: false, error: ack.reason };
}

/** A person opens the app's Home. */
export function openHome(world: World, user: string): DeedAnswer {
  const { workspace } = world;
  if (!workspace.seed.app.hasHome) throw new DeedError('not_enabled');
  const home = workspace.homes.get(user);
  world.emitEvent({
    type: 'app_home_opened',
    user,
    channel: workspace.openDm([workspace.botUserId, user]).id,
    tab: 'home',
    ...(home ? { view: viewJson(world, home) } : {}),
  });
  return done;
}

export function react(world: World, deed: Deeds['react']): DeedAnswer {
  const message = messageIn(world, deed.channel, deed.ts, deed.as);
  const name = deed.name.replaceAll(':', '');
  const changed = setReaction(message, deed.as, name, deed.remove === true);
  if (!changed) return done;
  world.workspace.changed();
  if (world.workspace.channels.get(deed.channel)?.members.has(world.workspace.botUserId)) {
    world.emitEvent({
      type: deed.remove === true ? 'reaction_removed' : 'reaction_added',
      user: deed.as,
      reaction: name,
      item_user: message.user,
      item: { type: 'message', channel: message.channel, ts: message.ts },
    });
  }
  return done;
}

/** Adds or takes back one reaction; false when there is nothing to change. */
export function setReaction(message: StoredMessage, user: string, name: string, remove: boolean): boolean {
  const found = message.reactions.find((reaction) => reaction.name === name);
  if (remove) {
    if (!found?.users.includes(user)) return false;
    found.users = found.users.filter((id) => id !== user);
    message.reactions = message.reactions.filter((reaction) => reaction.users.length > 0);
    return true;
  }
  if (found?.users.includes(user)) return false;
  if (found) found.users.push(user);
  else message.reactions.push({ name, users: [user] });
  return true;
}

export function joinOrLeave(world: World, channelId: string, user: string, join: boolean): DeedAnswer {
  const channel = channelFor(world, channelId, user);
  if (channel.kind === 'dm') throw new DeedError('method_not_supported_for_channel_type');
  if (join === channel.members.has(user)) return done;
  if (join) channel.members.add(user);
  else channel.members.delete(user);
  world.workspace.changed();
  if (channel.members.has(world.workspace.botUserId)) {
    world.emitEvent({
      type: join ? 'member_joined_channel' : 'member_left_channel',
      user,
      channel: channel.id,
      channel_type: channel.kind === 'private' ? 'G' : 'C',
      team: world.workspace.teamId,
    });
  }
  return done;
}
