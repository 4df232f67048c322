import { maySee, visibleTo } from './access.ts';
import type { Container, Json } from './protocol.ts';
import type { StoredChannel, StoredMessage, StoredView } from './stored.ts';
import { languageOf, type WorkspaceWords, workspaceWords } from './words.ts';
import type { World } from './world.ts';

/** What a person's action returns: `{ ok: true, … }` or `{ ok: false, error }`. */
export type ActionResult = Json & { ok: boolean };

export const done: ActionResult = { ok: true };

/** An action that cannot be carried out because the page is out of date or the request is wrong. */
export class ActionError extends Error {}

export function channelFor(world: World, channelId: string, user: string): StoredChannel {
  const channel = world.workspace.channels.get(channelId);
  if (!channel || !maySee(channel, user)) throw new ActionError('channel_not_found');
  return channel;
}

export function messageIn(world: World, channelId: string, ts: string, user: string): StoredMessage {
  channelFor(world, channelId, user);
  const message = world.workspace.message(channelId, ts);
  if (!message || !visibleTo(message, user)) throw new ActionError('message_not_found');
  return message;
}

export function viewOf(world: World, container: Container, user: string): StoredView {
  const stored =
    container.type === 'view'
      ? world.workspace.stack(user).find((view) => view.id === container.viewId)
      : world.workspace.homes.get(user);
  if (!stored) throw new ActionError('view_not_found');
  return stored;
}

/** The words in which the workspace speaks to a person. */
export function wordsFor({ workspace }: World, user: string): WorkspaceWords {
  return workspaceWords(languageOf(workspace.users.get(user)?.locale ?? ''));
}
