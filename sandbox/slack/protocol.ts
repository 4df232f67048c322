/**
 * What a person of the stand-in workspace sees and can do. The page and the typed client for tests use exactly this
 * protocol, so people and tests take the same path.
 *
 * Transport: `GET /control/events?as=U…` is a server-sent-event stream; each event's data is one JSON `Snapshot` for
 * that person (sent at once, then after every change, coalesced); an empty `as` means the first person.
 * `POST /control/<verb>` with a JSON body carries out one `PersonAction`; the response is `{ ok: true, … }` or
 * `{ ok: false, error }`.
 */

import type { ShownTime } from './shown-time.ts';

/** Block Kit JSON as the app sent it: validated by the server before it is stored, never trusted to be well formed. */
export type Json = { [key: string]: unknown };

export interface Person {
  id: string;
  name: string;
  realName: string;
  tz: string;
  locale: string;
  isBot: boolean;
  isAdmin: boolean;
  /** What the person does, e.g. operator, approver, viewer. Shown in the person switcher. */
  title: string;
  /** CSS color of the avatar. */
  color: string;
}

export interface Channel {
  id: string;
  /** Without `#`; for a DM the other person's id, for one of several people their names. */
  name: string;
  kind: 'public' | 'private' | 'dm';
  topic: string;
  isMember: boolean;
  isArchived: boolean;
  memberIds: string[];
  unread: number;
  mentions: number;
  messages: Message[];
}

export interface Message {
  ts: string;
  channel: string;
  /** User id of the author (the bot's user id for the app). */
  user: string;
  text: string;
  blocks: Json[];
  /** Epoch ms of the last edit, if any. */
  editedAt: number | null;
  /** Visible to this one person only. */
  ephemeral: boolean;
  /** Set on replies: ts of the parent. */
  threadTs: string | null;
  /** On a parent: replies, oldest first (as this person sees them). */
  replies: Message[];
  /** A reply that also went to the channel. */
  broadcast: boolean;
  reactions: { name: string; users: string[] }[];
  files: FileInfo[];
  /** Slackbot's own private notes (`/x is not a valid command`, operation_timeout). */
  fromSlackbot: boolean;
}

export interface FileInfo {
  id: string;
  name: string;
  mimetype: string;
  size: number;
  /** Path on this server that a person's browser may open. */
  url: string;
}

/** One open modal of this person; the last of the stack is on top. */
export interface OpenView {
  id: string;
  hash: string;
  view: Json;
  /** block_id → message: the app's inline errors, or the page's own required-field check. */
  errors: { [blockId: string]: string };
  /** 'idle' | waiting for the app's acknowledgement | it failed ("We had some trouble connecting"). */
  status: 'idle' | 'submitting' | 'failed';
}

export interface Toast {
  id: string;
  level: 'info' | 'warning' | 'error';
  text: string;
  at: number;
}

/** One line of the "what just happened" drawer; phone numbers are already masked. */
export interface Traffic {
  seq: number;
  at: number;
  direction: 'to-app' | 'from-app';
  /** e.g. `slash_commands /dial new`, `chat.postMessage`, `ack`. */
  title: string;
  /** e.g. `ok`, `invalid_blocks`, `429`. */
  outcome: string;
  ms: number | null;
  detail: Json;
}

/** A control that the host of the stand-in (the demo) adds to the page: the platform's clock speed, scenarios. */
export interface PageControl {
  id: string;
  /** English and Chinese label. */
  label: { en: string; zh: string };
  kind: 'choice' | 'trigger';
  options: { value: string; label: { en: string; zh: string } }[];
  value: string | null;
}

export interface Snapshot {
  revision: number;
  now: number;
  workspace: { id: string; name: string };
  me: Person;
  /** Everybody; those with `isBot: false` may be acted as. */
  people: Person[];
  app: {
    id: string;
    name: string;
    botUserId: string;
    connected: boolean;
    commands: {
      command: string;
      description: string;
      usageHint: string;
      subcommands: { word: string; hint: string }[];
    }[];
    shortcuts: { callbackId: string; name: string; type: 'global' | 'message' }[];
    hasHome: boolean;
  };
  channels: Channel[];
  views: OpenView[];
  home: { id: string; hash: string; view: Json } | null;
  toasts: Toast[];
  traffic: Traffic[];
  pageControls: PageControl[];
  /** How the times on the page differ from those of `now`; empty where they do not. */
  shownTime: ShownTime[];
}

/** The value of one element, in Slack's own shape of `view.state.values[block_id][action_id]`. */
export type ElementState = Json;

/** Where an interactive element is. */
export type Container =
  | { type: 'message'; channel: string; ts: string }
  | { type: 'view'; viewId: string }
  | { type: 'home' };

/** Everything a person can do. `as` is the person's user id. */
export interface PersonActions {
  /** Posts a message or a reply. Text starting with `/` is a slash command, which is refused in a thread, as in Slack. */
  message: { as: string; channel: string; text: string; threadTs?: string; fileIds?: string[] };
  command: { as: string; channel: string; command: string; text: string };
  /** Uses a button, select, overflow, date picker…: `value` has Slack's shape of an entry of `actions`, without ids. */
  action: {
    as: string;
    container: Container;
    blockId: string;
    actionId: string;
    value: ElementState;
    values?: StateValues;
  };
  /** Options of an external select for what was typed. Returns `{ ok, options } | { ok, option_groups }`. */
  suggest: { as: string; container: Container; blockId: string; actionId: string; query: string };
  submit: { as: string; viewId: string; values: StateValues };
  close: { as: string; viewId: string; all?: boolean };
  shortcut: { as: string; callbackId: string; channel?: string; ts?: string };
  home: { as: string };
  react: { as: string; channel: string; ts: string; name: string; remove?: boolean };
  /** Opens the direct messages with a person; returns `{ ok, channel }`. */
  dm: { as: string; user: string };
  join: { as: string; channel: string };
  leave: { as: string; channel: string };
  read: { as: string; channel: string };
  dismiss: { as: string; id: string };
  page_control: { id: string; value: string };
  reset: Record<string, never>;
}
export type PersonAction = keyof PersonActions;

/** `view.state.values`. */
export type StateValues = { [blockId: string]: { [actionId: string]: ElementState } };

/**
 * The response to a person's upload, `POST /control/upload?as=U…&name=…` with the bytes as body. The id then goes into
 * a message or the state of a `file_input`.
 */
export interface Uploaded {
  ok: true;
  file: FileInfo;
}
