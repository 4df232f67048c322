import { threadParent } from './access.ts';
import { runCommand } from './commands.ts';
import { storedText } from './mentions.ts';
import { announceMessage } from './message-events.ts';
import { ActionError, type ActionResult, channelFor, done, messageIn, wordsFor } from './person-actions.ts';
import type { PersonActions } from './protocol.ts';
import { viewJson } from './shapes.ts';
import type { StoredMessage } from './stored.ts';
import type { World } from './world.ts';

/** What people do among themselves; the app only receives events about it. */

export async function postAsPerson(world: World, input: PersonActions['message']): Promise<ActionResult> {
  const { workspace } = world;
  const channel = channelFor(world, input.channel, input.as);
  // A space before the slash makes it an ordinary message.
  const slash = /^(\/\S+)\s*([\s\S]*)$/.exec(input.text.trimEnd());
  if (slash?.[1] !== undefined) {
    if (input.threadTs !== undefined) {
      workspace.note(input.as, channel, wordsFor(world, input.as).commandInThread(slash[1]));
      return { ok: false, error: 'not_supported_in_threads' };
    }
    return runCommand(world, { as: input.as, channel: input.channel, command: slash[1], text: slash[2] ?? '' });
  }
  if (!channel.members.has(input.as)) throw new ActionError('not_in_channel');
  if (channel.isArchived) throw new ActionError('is_archived');
  const fileIds = (input.fileIds ?? []).filter((id) => workspace.files.get(id)?.user === input.as);
  if (input.text.trim() === '' && fileIds.length === 0) throw new ActionError('no_text');
  const parent = input.threadTs === undefined ? null : threadParent(workspace, channel, input.threadTs);
  const text = storedText(world, input.text);
  const message = workspace.post(channel, {
    user: input.as,
    text,
    threadTs: parent?.ts ?? null,
    fileIds,
    subtype: fileIds.length > 0 ? 'file_share' : null,
  });
  for (const id of fileIds) workspace.files.get(id)?.channels.add(channel.id);
  announceMessage(world, channel, message);
  return { ok: true, ts: message.ts };
}

/** A person opens the app's Home. */
export function openHome(world: World, user: string): ActionResult {
  const { workspace } = world;
  if (!workspace.seed.app.hasHome) throw new ActionError('not_enabled');
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

export function react(world: World, input: PersonActions['react']): ActionResult {
  const message = messageIn(world, input.channel, input.ts, input.as);
  const name = input.name.replaceAll(':', '');
  const changed = setReaction(message, input.as, name, input.remove === true);
  if (!changed) return done;
  world.workspace.changed();
  if (world.workspace.channels.get(input.channel)?.members.has(world.workspace.botUserId)) {
    world.emitEvent({
      type: input.remove === true ? 'reaction_removed' : 'reaction_added',
      user: input.as,
      reaction: name,
      item_user: message.user,
      item: { type: 'message', channel: message.channel, ts: message.ts },
    });
  }
  return done;
}

/** Adds or removes one reaction; false when there is nothing to change. */
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

export function joinOrLeave(world: World, channelId: string, user: string, join: boolean): ActionResult {
  const channel = channelFor(world, channelId, user);
  if (channel.kind === 'dm') throw new ActionError('method_not_supported_for_channel_type');
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
