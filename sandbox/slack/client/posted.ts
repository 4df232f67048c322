import { allBlocks, elementsOf } from '../block-tree.ts';
import { initialValues } from '../form.ts';
import { asString, plainText } from '../json.ts';
import type { ActionResult } from '../person-actions.ts';
import type { Message, Snapshot } from '../protocol.ts';
import { type Pressed, type PressOptions, pressOn } from './surface.ts';
import {
  type ClientParts,
  describeMatcher,
  type Matcher,
  matches,
  messageText,
  until,
  type WaitOptions,
} from './wait.ts';

/** One message, as a person sees and uses it. It follows the message through edits. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
  /** The current message; fails when it is gone. */
  message(): Message;
  /** Its text and the texts of its blocks. */
  text(): string;
  /** `action_id` and visible text of everything that can be pressed. */
  buttons(): { actionId: string; text: string; value: string }[];
  press(actionId: string, options?: PressOptions): Promise<Pressed>;
  reply(text: string): Promise<ActionResult>;
  react(name: string, options?: { remove?: boolean }): Promise<ActionResult>;
  shortcut(callbackId: string): Promise<ActionResult>;
  /** Waits until the message shows this, through edits. */
  expectText(matcher: Matcher<Message>, options?: WaitOptions): Promise<Posted>;
  expectReply(matcher: Matcher<Message>, options?: WaitOptions): Promise<Posted>;
  expectGone(options?: WaitOptions): Promise<void>;
}

function findMessage(snapshot: Snapshot, channel: string, ts: string): Message | undefined {
  const messages = snapshot.channels.find((candidate) => candidate.id === channel)?.messages ?? [];
  return messages.flatMap((message) => [message, ...message.replies]).find((message) => message.ts === ts);
}

export function createPosted(parts: ClientParts, channel: string, ts: string): Posted {
  const find = (snapshot = parts.control.snapshot(parts.user)) => findMessage(snapshot, channel, ts);
  const present = (): Message => {
    const found = find();
    if (!found) throw new Error(`The message ${ts} is gone.`);
    return found;
  };
  const base = { as: parts.user, channel, ts };
  const posted: Posted = {
    channel,
    ts,
    message: present,
    text: () => messageText(present()),
    buttons: () =>
      allBlocks(present().blocks)
        .flatMap(elementsOf)
        .map((element) => ({
          actionId: asString(element.action_id),
          text: plainText(element.text),
          value: asString(element.value),
        })),
    press(actionId, options = {}) {
      const { blocks } = present();
      const container = { type: 'message' as const, channel, ts };
      return pressOn(parts, { container, blocks, values: initialValues(blocks) }, actionId, options);
    },
    reply: (text) => parts.control.do('message', { as: parts.user, channel, text, threadTs: present().threadTs ?? ts }),
    react: (name, options = {}) => parts.control.do('react', { ...base, name, remove: options.remove ?? false }),
    shortcut: (callbackId) => parts.control.do('shortcut', { ...base, callbackId }),
    async expectText(matcher, options) {
      await until(
        parts,
        `the message ${ts} to show ${describeMatcher(matcher)}`,
        (snapshot) => {
          const message = find(snapshot);
          return message && matches(matcher, message, messageText(message)) ? true : undefined;
        },
        options,
      );
      return posted;
    },
    expectReply: (matcher, options) =>
      until(
        parts,
        `a reply with ${describeMatcher(matcher)}`,
        (snapshot) => {
          const reply = find(snapshot)?.replies.find(
            (candidate) => candidate.user !== parts.user && matches(matcher, candidate, messageText(candidate)),
          );
          return reply ? createPosted(parts, channel, reply.ts) : undefined;
        },
        options,
      ),
    async expectGone(options) {
      await until(parts, `the message ${ts} to go`, (snapshot) => (find(snapshot) ? undefined : true), options);
    },
  };
  return posted;
}
