import type { Json, StateValues } from './protocol.ts';

/** What a workspace stores: people, messages, channels, files and views. */

export interface User {
  id: string;
  name: string;
  realName: string;
  email: string;
  tz: string;
  locale: string;
  title: string;
  color: string;
  isBot: boolean;
  isAdmin: boolean;
  isOwner: boolean;
  isGuest: boolean;
  isDeactivated: boolean;
  /** The person's own workspace: another one for people met through Slack Connect. */
  teamId: string;
}

export interface StoredMessage {
  ts: string;
  channel: string;
  user: string;
  /** Posted by the app (its bot user), not by a person. */
  byApp: boolean;
  /** Slack's `subtype`, e.g. `channel_join`, `file_share`; null for an ordinary message. */
  subtype: string | null;
  text: string;
  blocks: Json[];
  attachments: Json[];
  metadata: Json | null;
  editedTs: string | null;
  threadTs: string | null;
  broadcast: boolean;
  reactions: { name: string; users: string[] }[];
  fileIds: string[];
  /** Visible to this one person only. */
  ephemeralFor: string | null;
  fromSlackbot: boolean;
  pinned: boolean;
}

export interface StoredChannel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'dm';
  topic: string;
  created: number;
  isArchived: boolean;
  members: Set<string>;
  /** In the order of `ts`, replies among them. */
  messages: StoredMessage[];
  /** Per person: `ts` of the newest message seen. */
  readUpTo: Map<string, string>;
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  user: string;
  created: number;
  bytes: Uint8Array;
  /** In the URL that a person's browser may open. */
  secret: string;
  channels: Set<string>;
  /** An upload that was announced but not completed is invisible. */
  complete: boolean;
  deleted: boolean;
}

export interface StoredView {
  id: string;
  user: string;
  type: 'modal' | 'home';
  /** The conversation the person was in when it opened; null when there was none. */
  channel: string | null;
  hash: string;
  rootId: string;
  previousId: string | null;
  /** As the app sent it, missing `block_id` and `action_id` filled in. */
  view: Json;
  /** Initial values, then the latest ones from the person's page. */
  values: StateValues;
  errors: { [blockId: string]: string };
  status: 'idle' | 'submitting' | 'failed';
}

export interface UserGroup {
  id: string;
  handle: string;
  name: string;
  members: string[];
}

/** An empty message, without author and `ts`. */
export function blankMessage(channel: string): StoredMessage {
  return {
    ts: '',
    channel,
    user: '',
    byApp: false,
    subtype: null,
    text: '',
    blocks: [],
    attachments: [],
    metadata: null,
    editedTs: null,
    threadTs: null,
    broadcast: false,
    reactions: [],
    fileIds: [],
    ephemeralFor: null,
    fromSlackbot: false,
    pinned: false,
  };
}
