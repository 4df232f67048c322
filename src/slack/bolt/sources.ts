import type {
  BlockAction,
  GlobalShortcut,
  MessageShortcut,
  RespondFn,
  SlashCommand,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { isDirectConversation } from '../api/addresses.ts';
import { alertBlock, noticeBlock } from '../ids.ts';
import type { Addressed } from './addressed.ts';
import type { Replaceable } from './answer.ts';
import type { Source } from './interaction.ts';
import { type PrivateData, readPrivateData } from './private-data.ts';

/** What is the same for all that happens outside a modal and on no answer. */
const usual = {
  viewId: null,
  respond: null,
  pressedAnswer: null,
  words: null,
  thread: null,
  isDirect: false,
  surface: null,
  signOfLife: 'message',
} as const;

/** Who did what where, from each kind of payload. */
export function fromCommand(command: SlashCommand, client: WebClient, respond: RespondFn): Source {
  return {
    ...usual,
    person: command.user_id,
    channel: command.channel_id,
    triggerId: command.trigger_id,
    words: command.text ?? '',
    client,
    respond,
  };
}

/** A message that was written to the app. */
export function fromMessage(
  { person, channel, thread, isDirect }: Addressed,
  words: string | null,
  client: WebClient,
): Source {
  return { ...usual, person, channel, thread, isDirect, words, triggerId: null, client };
}

/** Private messages are replaced by what comes of a press; with `card`, a public card shows it as well. */
export type InPlace = 'private' | 'card' | null;

export function fromAction(body: BlockAction, client: WebClient, respond: RespondFn, inPlace: InPlace): Source {
  const data = body.view === undefined ? null : privateDataOf(body.view.private_metadata);
  return {
    ...usual,
    person: body.user.id,
    channel: body.channel?.id ?? data?.channel ?? null,
    triggerId: body.trigger_id,
    viewId: isOnHome(body) ? null : (body.view?.id ?? null),
    client,
    surface: isOnHome(body) ? 'home' : data?.answer === true ? 'answer' : null,
    // A press inside a modal has no response_url; Bolt's `respond` would throw.
    respond: body.response_url ? respond : null,
    pressedAnswer: answerPressed(body),
    thread: threadOf(body.container),
    isDirect: isDirectAnswer(body),
    signOfLife: signOfLifeOf(body, inPlace),
  };
}

/** One that belongs to no channel: it is answered by direct message. */
export function fromGlobalShortcut(shortcut: GlobalShortcut, client: WebClient): Source {
  return { ...usual, person: shortcut.user.id, channel: null, triggerId: shortcut.trigger_id, client };
}

export function fromShortcut(shortcut: MessageShortcut, client: WebClient, respond: RespondFn): Source {
  const { message_ts, message } = shortcut;
  return {
    ...usual,
    person: shortcut.user.id,
    channel: shortcut.channel.id,
    triggerId: shortcut.trigger_id,
    client,
    respond: shortcut.response_url ? respond : null,
    thread: threadOf({ message_ts, thread_ts: message.thread_ts }),
  };
}

export function fromSubmission(body: ViewSubmitAction, client: WebClient): Source {
  return {
    ...usual,
    person: body.user.id,
    channel: privateDataOf(body.view.private_metadata)?.channel ?? null,
    triggerId: body.trigger_id,
    viewId: body.view.id,
    client,
  };
}

/** A public card whose button was pressed. */
export interface PressedCard {
  channel: string;
  ts: string;
}

/** The public card whose button was pressed; null on answers, on notices and in modals. */
export function pressedCard(body: BlockAction): PressedCard | null {
  const channel = body.channel?.id;
  const ts = pressedTs(body);
  return channel !== undefined && ts !== null && answerPressed(body) === null && !onNotice(body)
    ? { channel, ts }
    : null;
}

function pressedTs(body: BlockAction): string | null {
  const ts = body.message?.ts ?? body.container?.message_ts;
  return typeof ts === 'string' ? ts : null;
}

/** The answer whose button was pressed, whose place may be taken. */
function answerPressed(body: BlockAction): Replaceable | null {
  if (isEphemeral(body)) return 'ephemeral';
  const ts = pressedTs(body);
  return ts !== null && isDirectAnswer(body) ? { ts } : null;
}

/** In direct messages, answers are replies; cards never are, and what is announced beneath them is known by its block. */
function isDirectAnswer(body: BlockAction): boolean {
  const isOn = (block: string): boolean => body.actions.some(({ block_id }) => block_id === block);
  return (
    isDirectConversation(body.channel?.id) &&
    threadOf(body.container) !== null &&
    !isEphemeral(body) &&
    !isOn(noticeBlock) &&
    !isOn(alertBlock)
  );
}

/** The thread of a reply; a message with replies is in none itself. */
function threadOf(place: { message_ts?: unknown; thread_ts?: unknown } | undefined): string | null {
  const thread = place?.thread_ts;
  return typeof thread === 'string' && thread !== place?.message_ts ? thread : null;
}

/** Whether it was pressed in the app's Home, which is a view, but no modal. */
export const isOnHome = ({ view }: Pick<BlockAction, 'view'>): boolean => view?.type === 'home';

function signOfLifeOf(body: BlockAction, inPlace: InPlace): Source['signOfLife'] {
  if (inPlace === null) return 'message';
  if (answerPressed(body) !== null) return 'replaces';
  return inPlace === 'card' && !onNotice(body) ? 'flow' : 'message';
}

function onNotice({ actions }: BlockAction): boolean {
  return actions.some((action) => action.block_id === noticeBlock);
}

function isEphemeral(body: BlockAction): boolean {
  return body.container?.is_ephemeral === true;
}

function privateDataOf(text: string): PrivateData | null {
  try {
    return readPrivateData(text);
  } catch {
    return null;
  }
}
