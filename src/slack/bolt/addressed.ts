import { z } from 'zod';
import { isDirectConversation } from '../api/addresses.ts';

/** A message that a person wrote to this app: after a mention of it, or in its direct messages. */
export interface Addressed {
  channel: string;
  person: string;
  /** As Slack delivered it, escaped. */
  text: string;
  /** Where the answer goes: in direct messages always beneath what was written, elsewhere only in a thread. */
  thread: string | null;
  /** In the direct messages with this app. */
  isDirect: boolean;
  /** Its files, as Slack describes them. */
  files: unknown;
}

/** What a new message of a person may be; every other subtype is an edit, a deletion, or what Slack itself says. */
const spokenSubtypes: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast']);

const word = z.string().nullish().catch(null);
const message = z.object({
  type: z.enum(['app_mention', 'message']),
  subtype: word,
  channel: z.string(),
  channel_type: word,
  user: z.string(),
  bot_id: word,
  text: z.string().catch(''),
  ts: z.string(),
  thread_ts: word,
  edited: z.unknown().optional(),
  files: z.unknown().optional(),
});

const delivery = z.object({ event: z.unknown() });

/**
 * The message that a delivery brings, if a person addressed it to this app just now; null for everything else: messages
 * of bots, edits, deletions, and a mention in direct messages, which comes as a message already.
 */
export function addressed(body: unknown): Addressed | null {
  const parsed = message.safeParse(delivery.safeParse(body).data?.event);
  if (!parsed.success) return null;
  const { type, subtype, channel, channel_type: kind, user, bot_id: bot, ...said } = parsed.data;
  const isDirect = isDirectConversation(channel);
  const isNew = (!subtype || spokenSubtypes.has(subtype)) && !bot && said.edited === undefined;
  if (!isNew || isDirect !== (type === 'message')) return null;
  if (type === 'message' && kind !== 'im') return null;
  const thread = said.thread_ts || (isDirect ? said.ts : null);
  return { channel, person: user, text: said.text, thread, isDirect, files: said.files };
}

/** Whether a delivery brings a message that asks for nothing: an edit, a deletion, or what the app itself posted. */
export function isEcho(body: unknown): boolean {
  const happened = z
    .object({ type: z.literal('message'), subtype: word })
    .safeParse(delivery.safeParse(body).data?.event);
  return happened.success && Boolean(happened.data.subtype) && !spokenSubtypes.has(happened.data.subtype ?? '');
}

/** What a person wrote, without what leads to it. */
export interface Spoken {
  /** The words of a command, as Slack delivered them. */
  words: string;
  /** They stand within a sentence, which may be about the app rather than to it. */
  isInPassing: boolean;
}

/** What may stand before a mention: a greeting or a please. */
const greeting = /^(?:hey|hi|hello|ok|okay|please|pls|你好|您好|嗨|喂|请|麻烦|劳驾|请问|大家好)?[\s,，!！.。:：、~]*$/i;
const maxGreeting = 40;
const punctuation = /^[\s,，!！.。:：、~]+/;

/**
 * Reads the words of a command out of a message: behind the mention of the app, else before it. Help is printed as code,
 * and is pasted as such, with the slash command or without.
 */
export function readSpoken(text: string, bot: string | null): Spoken {
  const mention = bot === null ? null : mentionOf(text, bot);
  const before = (mention === null ? '' : text.slice(0, mention.start)).trim();
  const behind = bare(mention === null ? text : text.slice(mention.end));
  if (behind === '') return { words: bare(before), isInPassing: false };
  const isFirst = before === '' || (before.length <= maxGreeting && greeting.test(before));
  return { words: behind, isInPassing: !isFirst };
}

/** The first mention of the app: `<@U…>`, or `<@U…|name>`. */
function mentionOf(text: string, bot: string): { start: number; end: number } | null {
  const opening = `<@${bot}`;
  for (let start = text.indexOf(opening); start >= 0; start = text.indexOf(opening, start + 1)) {
    if (!['>', '|'].includes(text.charAt(start + opening.length))) continue;
    const end = text.indexOf('>', start);
    return end < 0 ? null : { start, end: end + 1 };
  }
  return null;
}

/** Without punctuation and marks of code around it, and without a slash command before it. */
function bare(text: string): string {
  return withoutMarks(text.replace(punctuation, '')).replace(/^\/\S+\s*/, '');
}

/** Slack delivers code with its backticks; within the words none have a meaning. */
const withoutMarks = (text: string): string => text.replaceAll('`', ' ').trim();
