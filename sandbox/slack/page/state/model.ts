import type { FieldFault } from '../../form-rules.ts';
import { asObjects } from '../../json.ts';
import type { Channel, ElementState, Json, Message, Snapshot, StateValues } from '../../protocol.ts';
import { pruneEdits } from './elements.ts';
import { share } from './share.ts';

/** Where the person is looking. */
export type Place = { kind: 'channel'; id: string } | { kind: 'home' };

export interface Preferences {
  language: 'auto' | 'en' | 'zh';
  theme: 'auto' | 'light' | 'dark';
  tourDone: boolean;
}

/** A short note of the page itself, e.g. that an action was refused. */
export interface Note {
  id: number;
  code: string;
}

export interface PageState {
  /** `lost`: there was a connection, the page is trying to get it back. */
  link: 'connecting' | 'live' | 'lost';
  snapshot: Snapshot | null;
  place: Place | null;
  thread: { channel: string; ts: string } | null;
  trafficOpen: boolean;
  /** Only matters on narrow screens, where the sidebar covers the page. */
  sidebarOpen: boolean;
  /** Where reading stopped, per channel: the "New" line is before this ts. */
  unreadFrom: { [channel: string]: string };
  /** Unsent text, by composer. */
  drafts: { [composer: string]: string };
  /** Unsubmitted input in views and messages, by form. */
  edits: { [form: string]: StateValues };
  /** The page's own check before a submission, by view id and block id. */
  faults: { [viewId: string]: { [blockId: string]: FieldFault } };
  /** Views whose submission this page has sent and which has no response yet. */
  submitting: { [viewId: string]: true };
  notes: Note[];
  preferences: Preferences;
}

export type PageAction =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'link_lost' }
  | { type: 'open_place'; place: Place }
  | { type: 'open_thread'; channel: string; ts: string }
  | { type: 'close_thread' }
  | { type: 'toggle_traffic' }
  | { type: 'toggle_sidebar'; open: boolean }
  | { type: 'draft'; composer: string; text: string }
  | { type: 'edit'; form: string; blockId: string; actionId: string; state: ElementState }
  | { type: 'faults'; viewId: string; faults: { [blockId: string]: FieldFault } }
  | { type: 'submitting'; viewId: string; on: boolean }
  | { type: 'note'; id: number; code: string }
  | { type: 'drop_note'; id: number }
  | { type: 'prefer'; preferences: Partial<Preferences> };

export function startState(preferences: Preferences, place: Place | null): PageState {
  return {
    link: 'connecting',
    snapshot: null,
    place,
    thread: null,
    trafficOpen: false,
    sidebarOpen: false,
    unreadFrom: {},
    drafts: {},
    edits: {},
    faults: {},
    submitting: {},
    notes: [],
    preferences,
  };
}

export const formOfView = (viewId: string): string => `view:${viewId}`;
export const formOfMessage = (message: Message): string => `message:${message.channel}:${message.ts}`;

export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'snapshot':
      return receive(state, action.snapshot);
    case 'link_lost':
      return { ...state, link: state.snapshot ? 'lost' : 'connecting' };
    case 'open_place':
      return openPlace(state, action.place);
    case 'open_thread':
      return { ...state, thread: { channel: action.channel, ts: action.ts }, trafficOpen: false };
    case 'close_thread':
      return { ...state, thread: null };
    case 'toggle_traffic':
      return { ...state, trafficOpen: !state.trafficOpen, thread: null };
    case 'toggle_sidebar':
      return { ...state, sidebarOpen: action.open };
    case 'draft':
      return { ...state, drafts: { ...state.drafts, [action.composer]: action.text } };
    case 'edit':
      return edit(state, action);
    case 'faults':
      return { ...state, faults: { ...state.faults, [action.viewId]: action.faults } };
    case 'submitting':
      return { ...state, submitting: toggled(state.submitting, action.viewId, action.on) };
    case 'note':
      return { ...state, notes: [...state.notes, { id: action.id, code: action.code }].slice(-4) };
    case 'drop_note':
      return { ...state, notes: state.notes.filter((note) => note.id !== action.id) };
    case 'prefer':
      return { ...state, preferences: { ...state.preferences, ...action.preferences } };
  }
}

/** Applies a snapshot: keeps the place if the person can see it, drops edits in blocks and views that are gone. */
function receive(state: PageState, incoming: Snapshot): PageState {
  const snapshot = share(state.snapshot, incoming);
  const samePerson = state.snapshot?.me.id === snapshot.me.id;
  const place = visiblePlace(state.place, snapshot);
  const thread = state.thread && messageIn(snapshot, state.thread.channel, state.thread.ts) ? state.thread : null;
  const edits = share(state.edits, keptEdits(state.edits, snapshot));
  const faults = Object.fromEntries(
    Object.entries(state.faults).filter(([viewId]) => snapshot.views.some((view) => view.id === viewId)),
  );
  const next: PageState = {
    ...state,
    link: 'live',
    snapshot,
    place,
    thread,
    edits,
    faults,
    unreadFrom: samePerson ? state.unreadFrom : {},
  };
  return next.place?.kind === 'channel' ? markUnread(next, next.place.id) : next;
}

function visiblePlace(place: Place | null, snapshot: Snapshot): Place | null {
  if (place?.kind === 'home' && snapshot.app.hasHome) return place;
  if (place?.kind === 'channel' && snapshot.channels.some((channel) => channel.id === place.id)) return place;
  const rooms = snapshot.channels.filter((channel) => channel.isMember && channel.kind !== 'dm');
  // People want to look first where something happened.
  const first = rooms.find((channel) => channel.unread > 0) ?? rooms[0] ?? snapshot.channels[0];
  return first ? { kind: 'channel', id: first.id } : null;
}

/** A message a person sees, by its channel and ts; replies included. */
export function messageIn(snapshot: Snapshot, channelId: string, ts: string): Message | null {
  const messages = snapshot.channels.find((channel) => channel.id === channelId)?.messages ?? [];
  for (const message of messages) {
    if (message.ts === ts) return message;
    const reply = message.replies.find((candidate) => candidate.ts === ts);
    if (reply) return reply;
  }
  return null;
}

function keptEdits(edits: PageState['edits'], snapshot: Snapshot): PageState['edits'] {
  const kept: PageState['edits'] = {};
  for (const [form, values] of Object.entries(edits)) {
    const blocks = blocksOf(form, snapshot);
    if (blocks) kept[form] = pruneEdits(blocks, values);
  }
  return kept;
}

function blocksOf(form: string, snapshot: Snapshot): Json[] | null {
  const [kind, first = '', ts = ''] = form.split(':');
  if (kind === 'message') return messageIn(snapshot, first, ts)?.blocks ?? null;
  const open = snapshot.views.find((view) => view.id === first) ?? (snapshot.home?.id === first ? snapshot.home : null);
  return open ? asObjects(open.view.blocks) : null;
}

function openPlace(state: PageState, place: Place): PageState {
  const unreadFrom = { ...state.unreadFrom };
  if (state.place?.kind === 'channel') delete unreadFrom[state.place.id];
  const next: PageState = { ...state, place, thread: null, sidebarOpen: false, unreadFrom };
  return place.kind === 'channel' ? markUnread(next, place.id) : next;
}

function markUnread(state: PageState, channelId: string): PageState {
  const channel = state.snapshot?.channels.find((candidate) => candidate.id === channelId);
  if (!channel || channel.unread === 0 || state.unreadFrom[channelId]) return state;
  const first = firstUnread(channel);
  return first ? { ...state, unreadFrom: { ...state.unreadFrom, [channelId]: first } } : state;
}

function firstUnread(channel: Channel): string | null {
  const visible = channel.messages.filter((message) => !message.ephemeral);
  return visible[Math.max(0, visible.length - channel.unread)]?.ts ?? null;
}

function edit(state: PageState, action: Extract<PageAction, { type: 'edit' }>): PageState {
  const form = state.edits[action.form] ?? {};
  const block = { ...form[action.blockId], [action.actionId]: action.state };
  const edits = { ...state.edits, [action.form]: { ...form, [action.blockId]: block } };
  const viewId = action.form.startsWith('view:') ? action.form.slice('view:'.length) : '';
  const faults = state.faults[viewId];
  if (!faults?.[action.blockId]) return { ...state, edits };
  // The error goes away as soon as the person edits the field.
  const { [action.blockId]: _mended, ...others } = faults;
  return { ...state, edits, faults: { ...state.faults, [viewId]: others } };
}

function toggled(set: { [key: string]: true }, key: string, on: boolean): { [key: string]: true } {
  const { [key]: _was, ...rest } = set;
  return on ? { ...rest, [key]: true } : rest;
}
