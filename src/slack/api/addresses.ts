import type { WebClient } from '@slack/web-api';

/** A person's id stands for their direct messages with this app. */
export const isPerson = (address: string): boolean => /^[UW][A-Z0-9]+$/.test(address);

/** The direct messages of two: of this app and a person, where the app hears of them. */
export const isDirectConversation = (channel: string | undefined): boolean => channel?.startsWith('D') === true;

/** One message, as Slack names it. */
export interface Place {
  channel: string;
  ts: string;
}

/** Of a person's message, `ts` alone would not say where it is: their conversation has an id of its own. */
const separator = '/';

/** A message as it is remembered. `channel`: the conversation that Slack posted it to. */
export function refOf(address: string, { channel, ts }: Place): string {
  return isPerson(address) ? `${channel}${separator}${ts}` : ts;
}

/** Where a message is; null for one of a person that an earlier release remembered without its conversation. */
export function placeOf(address: string, ref: string): Place | null {
  const at = ref.indexOf(separator);
  if (at >= 0) return { channel: ref.slice(0, at), ts: ref.slice(at + 1) };
  return isPerson(address) ? null : { channel: address, ts: ref };
}

/** Beyond this many people, their conversations are asked for again. */
const maxKnown = 10_000;

/** The conversations behind addresses. */
export interface Conversations {
  /** The conversation of an address; of a person that Slack does not name one for, the person. Never throws. */
  open(address: string): Promise<string>;
  /** An answer said in which conversation a message to that address is. */
  learn(address: string, channel: string): void;
}

/**
 * `conversations.open` needs the optional scope `im:write`. Without it a message can be posted to the person all the
 * same, and the answer names the conversation.
 */
export function createConversations(client: WebClient): Conversations {
  const known = new Map<string, string>();
  const learn = (address: string, channel: string): void => {
    if (!isPerson(address) || isPerson(channel)) return;
    if (known.size >= maxKnown) known.clear();
    known.set(address, channel);
  };
  return {
    learn,
    async open(address) {
      if (!isPerson(address)) return address;
      const before = known.get(address);
      if (before !== undefined) return before;
      const opened = await client.conversations.open({ users: address }).catch(() => null);
      const id = opened?.channel?.id;
      if (!id) return address;
      learn(address, id);
      return id;
    },
  };
}
