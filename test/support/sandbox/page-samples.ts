import type { Channel, Json, Message, OpenView, Person, Snapshot } from '../../../sandbox/slack/protocol.ts';

export const alice: Person = {
  id: 'U1',
  name: 'alice',
  realName: 'Alice Chen',
  tz: 'Asia/Shanghai',
  locale: 'en-US',
  isBot: false,
  isAdmin: false,
  title: 'Operator',
  color: '#2f6f4f',
};
const bot: Person = { ...alice, id: 'U9', name: 'probe', realName: 'Probe', isBot: true, title: '' };

export function messageOf(ts: string, change: Partial<Message> = {}): Message {
  return {
    ts,
    channel: 'C1',
    user: 'U9',
    text: `message ${ts}`,
    blocks: [],
    editedAt: null,
    ephemeral: false,
    threadTs: null,
    replies: [],
    broadcast: false,
    reactions: [],
    files: [],
    fromSlackbot: false,
    ...change,
  };
}

export function channelOf(messages: Message[], change: Partial<Channel> = {}): Channel {
  return {
    id: 'C1',
    name: 'general',
    kind: 'public',
    topic: '',
    isMember: true,
    isArchived: false,
    memberIds: ['U1', 'U9'],
    unread: 0,
    mentions: 0,
    messages,
    ...change,
  };
}

export function viewOf(blocks: unknown, change: Partial<OpenView> = {}): OpenView {
  return { id: 'V1', hash: 'h', view: { type: 'modal', blocks } as Json, errors: {}, status: 'idle', ...change };
}

export function snapshotOf(change: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: 1,
    now: Date.parse('2026-11-22T06:00:00Z'),
    workspace: { id: 'T1', name: 'Harbour' },
    me: alice,
    people: [alice, bot],
    app: { id: 'A1', name: 'Probe', botUserId: 'U9', connected: true, commands: [], shortcuts: [], hasHome: true },
    channels: [channelOf([])],
    views: [],
    home: null,
    toasts: [],
    traffic: [],
    pageControls: [],
    shownTime: [],
    ...change,
  };
}
