import { textOf } from './block-tree.ts';
import { elementNamed, type Given, type GivenFile, stateFor, uploadGiven } from './client/fill.ts';
import { createModal, type Modal } from './client/modal.ts';
import { createPosted, type Posted } from './client/posted.ts';
import { type Pressed, type PressOptions, pressOn } from './client/surface.ts';
import {
  type ClientParts,
  describeMatcher,
  type Matcher,
  matches,
  messageText,
  until,
  type WaitOptions,
} from './client/wait.ts';
import { initialValues } from './form.ts';
import { asString, plainText } from './json.ts';
import type { ActionResult } from './person-actions.ts';
import type { Json, Message, Snapshot } from './protocol.ts';

/** A person in the workspace, for tests: acts through the same control API as the page, and waits with a deadline. */
export interface PersonClient {
  readonly id: string;
  readonly name: string;
  /** The same person looking at another channel; they start in `general`. */
  in(channel: string): PersonClient;
  /** The same person in their direct messages with someone. */
  with(who: string): PersonClient;
  /** What the person sees right now. */
  snapshot(): Snapshot;
  /** Types a slash command, e.g. `/dial new`, and waits until the app has acknowledged it. */
  command(line: string): Promise<ActionResult>;
  /** Posts a message, with files if given. Fails when the workspace refuses it. */
  say(text: string, options?: { threadTs?: string; files?: GivenFile[] }): Promise<Posted>;
  shortcut(callbackId: string): Promise<ActionResult>;
  join(): Promise<ActionResult>;
  leave(): Promise<ActionResult>;
  openHome(): Promise<ActionResult>;
  /** Presses something on Home, after filling its inputs if any are given. */
  pressHome(actionId: string, options?: PressOptions, given?: { [name: string]: Given }): Promise<Pressed>;
  /** The newest public message from someone else, in the channel or one of its threads. */
  expectMessage(channel: string, matcher: Matcher<Message>, options?: WaitOptions): Promise<Posted>;
  /** The same, from the app and made of blocks. */
  expectCard(channel: string, matcher?: Matcher<Message>, options?: WaitOptions): Promise<Posted>;
  /** A message that only this person sees, in the channel they are looking at. */
  expectEphemeral(matcher?: Matcher<Message>, options?: WaitOptions): Promise<Posted>;
  /** The newest message in the direct messages with the app. */
  expectDm(matcher: Matcher<Message>, options?: WaitOptions): Promise<Posted>;
  /** The modal on top, once its title or `callback_id` is this. */
  expectModal(titleOrCallbackId?: string | RegExp, options?: WaitOptions): Promise<Modal>;
  expectHome(matcher: Matcher<Json>, options?: WaitOptions): Promise<Json>;
  expectToast(matcher: Matcher<string>, options?: WaitOptions): Promise<string>;
}

export function createClient(parts: ClientParts, at = 'general'): PersonClient {
  const { workspace, control, user } = parts;
  const idOf = (channel: string): string => {
    const found = workspace.channel(channel);
    if (!found) throw new Error(`There is no channel ${channel}.`);
    return found.id;
  };
  const botDm = () => workspace.openDm([workspace.botUserId, user]).id;

  function awaitMessage(
    awaited: string,
    channel: () => string,
    matcher: Matcher<Message>,
    also: (message: Message) => boolean,
    options?: WaitOptions,
  ): Promise<Posted> {
    return until(
      parts,
      `${awaited} with ${describeMatcher(matcher)}`,
      (snapshot) => {
        const id = channel();
        const all = snapshot.channels.find((candidate) => candidate.id === id)?.messages ?? [];
        const found = all
          .flatMap((message) => [message, ...message.replies])
          .filter((message) => message.user !== user && also(message))
          .sort((a, b) => Number(b.ts) - Number(a.ts))
          .find((message) => matches(matcher, message, messageText(message)));
        return found ? createPosted(parts, id, found.ts) : undefined;
      },
      options,
    );
  }

  return {
    id: user,
    name: workspace.users.get(user)?.name ?? user,
    in: (channel) => createClient(parts, channel),
    with: (who) => createClient(parts, workspace.openDm([user, workspace.resolve(who)]).id),
    snapshot: () => control.snapshot(user),
    command: (line) => control.do('message', { as: user, channel: idOf(at), text: line }),
    async say(text, options = {}) {
      const fileIds = (options.files ?? []).map((file) => uploadGiven(parts, file).id);
      const channel = idOf(at);
      const answer = await control.do('message', {
        as: user,
        channel,
        text,
        fileIds,
        ...(options.threadTs === undefined ? {} : { threadTs: options.threadTs }),
      });
      if (!answer.ok) throw new Error(`The message was refused: ${String(answer.error)}.`);
      return createPosted(parts, channel, asString(answer.ts));
    },
    shortcut: (callbackId) => control.do('shortcut', { as: user, callbackId }),
    join: () => control.do('join', { as: user, channel: idOf(at) }),
    leave: () => control.do('leave', { as: user, channel: idOf(at) }),
    openHome: () => control.do('home', { as: user }),
    async pressHome(actionId, options = {}, given = {}) {
      const blocks = control.snapshot(user).home?.view.blocks;
      const container = { type: 'home' as const };
      const values = initialValues(blocks);
      for (const [name, what] of Object.entries(given)) {
        const found = elementNamed(blocks, name);
        if (!found) throw new Error(`Home has no input ${name}.`);
        const blockId = asString(found.block.block_id);
        const state = await stateFor(parts, { container, blockId, element: found.element }, what);
        values[blockId] = { ...values[blockId], [asString(found.element.action_id)]: state };
      }
      return pressOn(parts, { container, blocks, values }, actionId, options);
    },
    expectMessage: (channel, matcher, options) =>
      awaitMessage(
        `a message in ${channel}`,
        () => idOf(channel),
        matcher,
        (message) => !message.ephemeral,
        options,
      ),
    expectCard: (channel, matcher = '', options) =>
      awaitMessage(
        `a card in ${channel}`,
        () => idOf(channel),
        matcher,
        (message) => !message.ephemeral && message.user === workspace.botUserId && message.blocks.length > 0,
        options,
      ),
    expectEphemeral: (matcher = '', options) =>
      awaitMessage(
        `a private message in ${at}`,
        () => idOf(at),
        matcher,
        (message) => message.ephemeral,
        options,
      ),
    expectDm: (matcher, options) => awaitMessage('a direct message', botDm, matcher, () => true, options),
    async expectModal(wanted, options) {
      const id = await until(
        parts,
        `a modal ${wanted === undefined ? '' : String(wanted)}`,
        (snapshot) => {
          const top = snapshot.views.at(-1);
          if (!top) return undefined;
          if (wanted === undefined || top.view.callback_id === wanted) return top.id;
          return matches(wanted, top, plainText(top.view.title)) ? top.id : undefined;
        },
        options,
      );
      return createModal(parts, id);
    },
    expectHome: (matcher, options) =>
      until(
        parts,
        `Home to show ${describeMatcher(matcher)}`,
        ({ home }) => (home && matches(matcher, home.view, textOf(home.view.blocks)) ? home.view : undefined),
        options,
      ),
    expectToast: (matcher, options) =>
      until(
        parts,
        `a toast with ${describeMatcher(matcher)}`,
        ({ toasts }) => toasts.find((toast) => matches(matcher, toast.text, toast.text))?.text,
        options,
      ),
  };
}
