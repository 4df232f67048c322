import type { AppError } from './errors.ts';
import type { RawDraft, TaskDraft } from './model/fields.ts';
import type { Metadata } from './model/metadata.ts';
import type { Notice } from './model/notice.ts';
import type { PhoneEntry } from './model/numbers.ts';
import type { Reading } from './model/reading.ts';
import type { Progress, Task } from './model/task.ts';
import type { CardData } from './watch/card.ts';

/** What core needs from the outside, written by core. The adapters implement these. */

/**
 * What became of an action that changes the platform. It is judged by reading back, not by an HTTP status:
 * `unknown` means that neither the answer nor the reading settled it, and nothing may be sent again before it is.
 */
export type Outcome<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; error: AppError }
  | { kind: 'unknown'; error: AppError };

/** The calling platform. Reads throw `AppError`; actions are sent exactly once and answer an `Outcome`, they never throw. */
export interface Dialer {
  metadata(): Promise<Metadata>;
  /** Every task of the account, all pages. */
  list(): Promise<Task[]>;
  /** Progress of one task from the progress endpoint; null when none is configured. */
  progress(taskId: string): Promise<Progress | null>;
  /**
   * A lost answer is settled by looking for a task of that name and definition created since, leaving out
   * `knownIds` (tasks that existed before or are already accounted for).
   */
  create(draft: TaskDraft, knownIds: ReadonlySet<string>): Promise<Outcome<Task>>;
  update(taskId: string, draft: TaskDraft): Promise<Outcome<Task>>;
  start(taskId: string): Promise<Outcome<Task>>;
  pause(taskId: string): Promise<Outcome<Task>>;
  /** A task that is already absent counts as done. */
  remove(taskId: string): Promise<Outcome<null>>;
  /** Sends one batch. `accepted` is how far the task's total grew; null when the platform gives no total. */
  importNumbers(
    taskId: string,
    batch: readonly PhoneEntry[],
    totalBefore: number | null,
  ): Promise<Outcome<{ accepted: number | null; totalAfter: number | null }>>;
  /** Looks for a task that a create with a lost answer may have made; null when the list shows none. Throws when it cannot be read. */
  findCreated(draft: TaskDraft, sentAt: number, knownIds: ReadonlySet<string>): Promise<Task | null>;
}

/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/**
 * Posts into channels. Throws `AppError('slack_failed')` whose details say whether trying again can help
 * (`permanent`), when (`retryAfterMs`) and whether the message may have arrived all the same (`maybeSent`).
 */
export interface Messenger {
  /** Both answer the `ts` of the message. `key` goes into the message's metadata, so that `find` can see it later. */
  postCard(channel: string, card: CardData, key: string): Promise<string>;
  postNotice(channel: string, notice: Notice, key: string): Promise<string>;
  updateCard(channel: string, ts: string, card: CardData): Promise<void>;
  /** The `ts` of the message posted with that key since `since` (epoch ms), null when there is none. */
  find(channel: string, key: string, since: number): Promise<string | null>;
  /** Tells the owner of a watch, by DM, that its channel cannot be posted to any more. */
  tellBroken(watch: Watch, taskName: string, slackError: string): Promise<void>;
}

/** One task watched in one channel. */
export interface Watch {
  id: string;
  taskId: string;
  channel: string;
  /** The person who set it up; told by DM when the channel is dead. */
  owner: string;
  /** `ts` of the living card in that channel; null until it is posted. */
  cardTs: string | null;
  /** Hash of what the card last showed: an edit is made only when it differs. */
  cardHash: string | null;
  /** Set when posting failed for good (`not_in_channel`, `is_archived`…): Slack's error code. */
  brokenBy: string | null;
  createdAt: number;
}

/** One message to be posted, durable: written with the reading that caused it, in one transaction. */
export interface OutboxItem {
  id: string;
  /** Unique: the same event never gives two items. Also the metadata by which a lost attempt is found in the channel. */
  key: string;
  channel: string;
  taskId: string;
  body: { type: 'card' } | { type: 'notice'; notice: Notice };
  /** pending → attempting (written before the call) → sent | dead. */
  state: 'pending' | 'attempting' | 'sent' | 'dead';
  ts: string | null;
  createdAt: number;
  /** Not before this moment (epoch ms): Retry-After or back-off. */
  notBefore: number;
  attempts: number;
}
export type NewOutboxItem = Pick<OutboxItem, 'key' | 'channel' | 'taskId' | 'body' | 'createdAt'>;

/** A form or button press that must take effect once. */
export interface Submission {
  key: string;
  person: string;
  channel: string;
  state: 'working' | 'done' | 'refused' | 'unknown';
  taskId: string | null;
  /** What was typed, so that it survives a failure. */
  raw: RawDraft | null;
  /** When the request was sent to the platform, epoch ms. */
  sentAt: number;
}

/** An import run: a plan of batches with a ledger. Entries are deleted when the run ends. */
export interface ImportRun {
  id: string;
  taskId: string;
  taskName: string;
  person: string;
  channel: string;
  state: 'preview' | 'running' | 'done' | 'stopped' | 'discarded';
  counts: { rows: number; ready: number; rejected: number; repeated: number };
  createdAt: number;
}
export interface ImportBatch {
  runId: string;
  /** From 0. */
  ordinal: number;
  entries: PhoneEntry[];
  state: 'planned' | 'sending' | 'accepted' | 'refused' | 'unknown';
  /** The task's total before it was sent: tells after a crash whether it arrived. null when not sent or not known. */
  totalBefore: number | null;
  /** How many numbers the platform took, null when unknown. */
  accepted: number | null;
  /** The platform's words when refused. */
  message: string | null;
}

/**
 * The store. Every method is atomic; all are safe to call from several bots at once.
 * Throws `AppError('store_failed')`.
 */
export interface Store {
  close(): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;

  readings(): Promise<Map<string, Reading>>;
  /**
   * The one write of a poll: new readings, new outbox items (an item whose key exists is left as it is) and nothing
   * else, in one transaction. A reading older than the stored one (`takenAt`) is not written, nor are its items.
   */
  saveReadings(changes: { reading: Reading; items: NewOutboxItem[] }[]): Promise<void>;

  watches(): Promise<Watch[]>;
  watchesOf(taskId: string): Promise<Watch[]>;
  /** Idempotent: an existing watch of that task and channel is returned, its `brokenBy` cleared. */
  addWatch(watch: Pick<Watch, 'taskId' | 'channel' | 'owner' | 'createdAt'>): Promise<Watch>;
  removeWatch(taskId: string, channel: string): Promise<boolean>;
  updateWatch(id: string, change: Partial<Pick<Watch, 'cardTs' | 'cardHash' | 'brokenBy'>>): Promise<void>;

  /** Adds items; keys that exist are left alone. */
  enqueue(items: NewOutboxItem[]): Promise<void>;
  /** Items not yet sent or dead, oldest first. */
  openItems(): Promise<OutboxItem[]>;
  updateItem(id: string, change: Partial<Pick<OutboxItem, 'state' | 'ts' | 'notBefore' | 'attempts'>>): Promise<void>;

  /** True when this call is the first with that key; false when it was claimed before. */
  claim(submission: Submission): Promise<boolean>;
  submission(key: string): Promise<Submission | null>;
  updateSubmission(key: string, change: Partial<Pick<Submission, 'state' | 'taskId' | 'sentAt'>>): Promise<void>;
  /** Submissions still `working` that were sent before that moment (epoch ms): their process died. Oldest first. */
  abandonedSubmissions(sentBefore: number): Promise<Submission[]>;
  /** Task ids already attributed to a submission. */
  claimedTaskIds(): Promise<Set<string>>;

  /** The tasks of the person's last list, in its order. */
  rememberList(person: string, taskIds: string[]): Promise<void>;
  lastList(person: string): Promise<string[]>;

  addImport(run: ImportRun, batches: ImportBatch[]): Promise<void>;
  importRun(id: string): Promise<ImportRun | null>;
  importBatches(runId: string): Promise<ImportBatch[]>;
  runningImports(): Promise<ImportRun[]>;
  /** Moves a run from one state to another; false when it was not in `from` (somebody else was first). */
  moveImport(id: string, from: ImportRun['state'], to: ImportRun['state']): Promise<boolean>;
  updateBatch(
    runId: string,
    ordinal: number,
    change: Partial<Pick<ImportBatch, 'state' | 'totalBefore' | 'accepted' | 'message'>>,
  ): Promise<void>;
  /** Deletes the numbers of a run; counts and states stay. */
  forgetEntries(runId: string): Promise<void>;

  /** Takes or renews a named lease until now + `ttlMs`; false when another owner holds it. The database decides. */
  lease(name: string, owner: string, ttlMs: number): Promise<boolean>;
  release(name: string, owner: string): Promise<void>;
  /** The names of all leases now held by anybody that start with `prefix`. */
  leased(prefix: string): Promise<string[]>;

  /** Deletes what is old: sent items, submissions, imports older than `before` (epoch ms); previews of imports by `previewsBefore`. */
  prune(before: number, previewsBefore?: number): Promise<void>;
}
