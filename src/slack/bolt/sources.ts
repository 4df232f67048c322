import type {
  BlockAction,
  GlobalShortcut,
  MessageShortcut,
  RespondFn,
  SlashCommand,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { noticeBlock } from '../ids.ts';
import type { Source } from './interaction.ts';
import { type PrivateData, readPrivateData } from './private-data.ts';

/** Who did what where, from each kind of payload. */
export function fromCommand(command: SlashCommand, client: WebClient, respond: RespondFn): Source {
  return {
    person: command.user_id,
    channel: command.channel_id,
    triggerId: command.trigger_id,
    viewId: null,
    client,
    respond,
    onEphemeral: false,
    signOfLife: 'message',
  };
}

/** Private messages are replaced by what comes of a press; with `card`, a public card shows it as well. */
export type InPlace = 'private' | 'card' | null;

export function fromAction(body: BlockAction, client: WebClient, respond: RespondFn, inPlace: InPlace): Source {
  const data = body.view === undefined ? null : privateDataOf(body.view.private_metadata);
  return {
    person: body.user.id,
    channel: body.channel?.id ?? data?.channel ?? null,
    triggerId: body.trigger_id,
    viewId: body.view?.id ?? null,
    client,
    // A press inside a modal has no response_url; Bolt's `respond` would throw.
    respond: body.response_url ? respond : null,
    onEphemeral: isEphemeral(body),
    signOfLife: signOfLifeOf(body, inPlace),
  };
}

/** One that belongs to no channel: it is answered by direct message. */
export function fromGlobalShortcut(shortcut: GlobalShortcut, client: WebClient): Source {
  return {
    person: shortcut.user.id,
    channel: null,
    triggerId: shortcut.trigger_id,
    viewId: null,
    client,
    respond: null,
    onEphemeral: false,
    signOfLife: 'message',
  };
}

export function fromShortcut(shortcut: MessageShortcut, client: WebClient, respond: RespondFn): Source {
  return {
    person: shortcut.user.id,
    channel: shortcut.channel.id,
    triggerId: shortcut.trigger_id,
    viewId: null,
    client,
    respond: shortcut.response_url ? respond : null,
    onEphemeral: false,
    signOfLife: 'message',
  };
}

export function fromSubmission(body: ViewSubmitAction, client: WebClient): Source {
  return {
    person: body.user.id,
    channel: privateDataOf(body.view.private_metadata)?.channel ?? null,
    triggerId: body.trigger_id,
    viewId: body.view.id,
    client,
    respond: null,
    onEphemeral: false,
    signOfLife: 'message',
  };
}

/** A public card whose button was pressed. */
export interface PressedCard {
  channel: string;
  ts: string;
}

/** The public card whose button was pressed; null on private messages, on notices and in modals. */
export function pressedCard(body: BlockAction): PressedCard | null {
  const channel = body.channel?.id;
  const ts = body.message?.ts ?? body.container?.message_ts;
  return channel !== undefined && typeof ts === 'string' && !isEphemeral(body) && !onNotice(body)
    ? { channel, ts }
    : null;
}

function signOfLifeOf(body: BlockAction, inPlace: InPlace): Source['signOfLife'] {
  if (inPlace === null) return 'message';
  if (isEphemeral(body)) return 'replaces';
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
