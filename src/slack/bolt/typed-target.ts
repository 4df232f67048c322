import { typedText } from './typed.ts';

/** Where something is to happen, as it was typed behind the name of a task. */
export type Mention =
  | { kind: 'none' }
  /** The direct messages of the person who typed it. */
  | { kind: 'me' }
  /** Slack itself wrote it: the person chose a channel that exists. */
  | { kind: 'channel'; id: string }
  /** Typed like a channel, but it is none. `typed` is unescaped. */
  | { kind: 'mistake'; typed: string };

/** What stood behind the command word: the name of a task, and where. */
export interface Target {
  ref: string;
  mention: Mention;
}

/** How far back from the end a place is looked for; no name of a channel is longer. */
const maxPlaceLength = 150;
const written = /^<#([CG][A-Z0-9]{1,30})(?:\|[^<>|]*)?>$/;
const leadingWord = /(?:^|\s)(?:to|in|到|在)$/i;
const meantAsPlace = /(?:^|\s)(?:to|in|到|在)\s*((?:#|<[#@!]|&lt;[#@!])\S*)$/i;

const toMe = /(?:^|\s)(?:(?:to|for)\s+(?:me|myself)|(?:给|到|发给)我(?:自己)?)$/i;

/**
 * Reads `<task> [to #channel | to me]` as Slack delivers it, before anything is unescaped: Slack writes a channel that a person
 * chose as `<#C123|name>`, while the same characters typed by a person arrive as `&lt;#C123|name&gt;` and mean nothing.
 */
export function readTarget(raw: string): Target {
  const text = raw.trim();
  const open = text.lastIndexOf('<#');
  const id = open < 0 ? undefined : written.exec(text.slice(open))?.[1];
  if (id !== undefined) {
    const before = text.slice(0, open).trimEnd();
    const word = leadingWord.exec(before.slice(-4))?.[0] ?? '';
    return { ref: typedText(before.slice(0, before.length - word.length)), mention: { kind: 'channel', id } };
  }
  const mine = toMe.exec(text.slice(-maxPlaceLength));
  if (mine !== null) return { ref: typedText(text.slice(0, text.length - mine[0].length)), mention: { kind: 'me' } };
  const meant = meantAsPlace.exec(text.slice(-maxPlaceLength));
  if (meant?.[1] === undefined) return { ref: typedText(text), mention: { kind: 'none' } };
  const ref = typedText(text.slice(0, text.length - meant[0].length));
  return { ref, mention: { kind: 'mistake', typed: typedText(meant[1]) } };
}
