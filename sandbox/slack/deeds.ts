import { maySee, visibleTo } from './access.ts';
import type { Container, Json } from './protocol.ts';
import type { StoredChannel, StoredMessage, StoredView } from './state.ts';
import { languageOf, type WorkspaceWords, workspaceWords } from './words.ts';
import type { World } from './world.ts';

/** The answer to a deed: `{ ok: true, … }` or `{ ok: false, error }`. */
export type DeedAnswer = Json & { ok: boolean };

export const done: DeedAnswer = { ok: true };

/** A deed that cannot be carried out because the page is behind, or the caller is wrong. */
export class DeedError extends Error {}

export function channelFor(world: World, channelId: string, user: string): StoredChannel {
  const channel = world.workspace.channels.get(channelId);
  if (!channel || !maySee(channel, user)) throw new DeedError('channel_not_found');
  return channel;
}

export function messageIn(world: World, channelId: string, ts: string, user: string): StoredMessage {
  channelFor(world, channelId, user);
  const message = world.workspace.message(channelId, ts);
  if (!message || !visibleTo(message, user)) throw new DeedError('message_not_found');
  return message;
}

export function viewOf(world: World, container: Container, user: string): StoredView {
  const stored =
    container.type === 'view'
      ? world.workspace.stack(user).find((view) => view.id === container.viewId)
      : world.workspace.homes.get(user);
  if (!stored) throw new DeedError('view_not_found');
  return stored;
}

/** The words in which the workspace speaks to a person. */
export function wordsFor({ workspace }: World, user: string): WorkspaceWords {
  return workspaceWords(languageOf(workspace.users.get(user)?.locale ?? ''));
}
