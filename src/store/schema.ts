import type { Generated, GeneratedAlways } from 'kysely';

/**
 * The tables as Kysely sees them: camelCase here, snake_case in the database (CamelCasePlugin). Ids are text, instants
 * are epoch ms, JSON is text that is parsed where it is read (rows.ts).
 */
export interface Schema {
  /** `goneAt`: when the task was found to be deleted; null while it is not. */
  readings: { taskId: string; takenAt: number; body: string; revision: number; goneAt: number | null };
  /** Numbers that are issued only once: `revision` counts the readings written. */
  sequences: { name: string; value: number };
  watches: {
    id: string;
    taskId: string;
    channel: string;
    owner: string;
    cardRef: string | null;
    cardHash: string | null;
    brokenBy: string | null;
    createdAt: number;
  };
  /** `scope`: JSON; `scopeKey`: equal for equal ones. */
  subscriptions: {
    id: string;
    channel: string;
    scopeKey: string;
    scope: string;
    owner: string;
    createdAt: number;
    brokenBy: string | null;
  };
  /** `body`: JSON. */
  channelSettings: { channel: string; body: string };
  personSettings: { person: string; body: string };
  /** `fingerprint`, `viewHash`: of what is published; null where that is not known. */
  homes: { person: string; openedAt: number; fingerprint: string | null; viewHash: string | null };
  /** `body`: JSON. */
  lastChoices: { person: string; at: number; body: string };
  /** Forms that were not submitted. `raw` and `file`: JSON. */
  keptForms: {
    key: string;
    person: string;
    channel: string;
    savedAt: number;
    raw: string;
    file: string | null;
    taskId: string | null;
    alteredAt: number | null;
  };
  boardMessages: { channel: string; ref: string | null; hash: string | null };
  outbox: {
    /** Insertion order, assigned by the database. */
    seq: GeneratedAlways<number>;
    id: string;
    key: string;
    channel: string;
    taskId: string;
    body: string;
    state: string;
    messageRef: string | null;
    createdAt: number;
    notBefore: number;
    attempts: number;
  };
  /** `endedAt`: null while it is open. */
  alerts: { id: string; endedAt: number | null; body: string };
  /** `alerts` and `mentions`: JSON. `lost`, `direct`: 0 or 1. */
  alertPosts: {
    id: string;
    channel: string;
    alerts: string;
    mentions: string;
    createdAt: number;
    version: number;
    shown: number;
    ref: string | null;
    lost: number;
    direct: number;
    closedAt: number | null;
  };
  submissions: {
    key: string;
    person: string;
    channel: string;
    state: string;
    taskId: string | null;
    raw: string | null;
    sentAt: number;
  };
  openActions: {
    id: string;
    /** The name of the lease that its process holds. */
    lease: string;
    state: string;
    body: string;
  };
  lists: { person: string; taskIds: string };
  /** `windows`: JSON. */
  quietHours: { groupId: string; windows: string; person: string; at: number };
  importRuns: {
    id: string;
    taskId: string;
    taskName: string;
    person: string;
    channel: string;
    state: string;
    counts: string;
    createdAt: number;
    /** JSON. */
    facts: string;
    /** 1 while it has numbers, or its person has yet to be notified. */
    open: Generated<number>;
  };
  importBatches: {
    runId: string;
    ordinal: number;
    /** JSON, sealed where there is a key for it (number-key.ts). */
    entries: string;
    state: string;
    totalBefore: number | null;
    accepted: number | null;
    message: string | null;
    /** null in rows of earlier releases. */
    size: number | null;
    turn: number | null;
    twin: number | null;
  };
  /** Rows of the list that could not be read, for the error file. `body`: JSON, sealed like entries. */
  importRejects: { runId: string; ordinal: number; body: string };
  /** The keys of the hashes below. `sealed`: 1 when the setting is needed to read it. */
  numberKeys: { version: number; secret: string; sealed: number };
  /** A number that was sent, as `<version of the key>.<hash>`. */
  sentNumbers: { hash: string; runId: string; taskId: string; at: number };
  doNotCall: { hash: string; person: string; at: number };
  /**
   * `until` by the engine's clock (dialect.ts). `bot`: whose end ends it as well; null in rows of earlier releases.
   * `polledAt`: on the lease `poll` only, when the last good poll was.
   */
  leases: { name: string; owner: string; until: number; bot: string | null; polledAt: number | null };
  /** Whose data this is; at most one row. `accounts`: JSON. */
  storeOwner: {
    id: number;
    workspace: string | null;
    app: string | null;
    platform: string;
    accounts: string;
    /** How many good polls are to announce nothing. */
    quietPolls: Generated<number>;
  };
  claims: { key: string; until: number; answer: string | null };
  /** `body`: JSON. */
  emergencyStops: { id: string; state: string; round: number; at: number; body: string };
  stoppedTasks: {
    stopId: string;
    taskId: string;
    ordinal: number;
    name: string;
    left: number | null;
    /** JSON. */
    accepted: string;
    state: string;
    attempt: string | null;
    why: string | null;
  };
  /** `attempt`: the one that may send a request now. `awaits`: what a person has to decide, from `body`, which is JSON. */
  schedules: {
    taskId: string;
    revision: number;
    handledUntil: number;
    nextAt: number | null;
    attempt: string | null;
    awaits: 'answer' | 'resume' | null;
    body: string;
  };
  /** Days of tasks that are over. `day`: as `2026-11-26`. `hours`: `9:120,10:300`, perhaps with an hour twice. */
  taskDays: {
    taskId: string;
    day: string;
    name: string;
    /** Of the reading with which it was written last. */
    revision: number;
    dialed: number;
    dialingMs: number;
    finished: number;
    takenBack: number;
    stalls: number;
    unsureStalls: number;
    stalledMs: number;
    hours: string;
  };
  /** `taskId`: '' for what concerns all tasks. `body`: JSON. */
  taskEvents: {
    seq: GeneratedAlways<number>;
    taskId: string;
    day: string;
    at: number;
    kind: string;
    person: string | null;
    body: string;
  };
}
