import type { AppError } from './errors.ts';
import type { ChannelRef, MessageRef, PersonRef } from './model/address.ts';
import type { AlertMessage } from './model/alert.ts';
import type { CardData } from './model/card.ts';
import type { ChannelBoard } from './model/channel-board.ts';
import type { ClosedCard } from './model/closed-card.ts';
import type { StopMessage } from './model/emergency-stop.ts';
import type { TaskDraft } from './model/fields.ts';
import type { Metadata } from './model/metadata.ts';
import type { Notice } from './model/notice.ts';
import type { PhoneEntry } from './model/numbers.ts';
import type { Digest } from './model/report.ts';
import type { SubscriptionScope } from './model/subscription.ts';
import type { Progress, Task } from './model/task.ts';
import type { Watch } from './model/watch.ts';

/**
 * What core needs from outside, declared by core and implemented by the adapters. What it needs of the store is
 * declared beside its users: `time/leases.ts` and the `ports.ts` of tasks, watch, notices and imports.
 */

/**
 * The result of an action that changes the platform, judged by reading back and not by an HTTP status. `unknown` means
 * that neither the response nor the reading settled it; nothing may be sent again until it is settled.
 */
export type Outcome<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; error: AppError }
  | { kind: 'unknown'; error: AppError };

/** The calling platform. Reads throw `AppError`; actions are sent exactly once, return an `Outcome` and never throw. */
export interface Dialer {
  metadata(): Promise<Metadata>;
  /** Every task of the account, all pages. */
  list(): Promise<Task[]>;
  /** Whether there is a progress endpoint. */
  readonly hasProgress: boolean;
  /** Progress of one task from the progress endpoint; null when there is none. */
  progress(taskId: string): Promise<Progress | null>;
  /**
   * A lost response is settled by looking for a task with that name and definition created since, excluding `knownIds`
   * (tasks that existed before or are already accounted for).
   */
  create(draft: TaskDraft, knownIds: ReadonlySet<string>): Promise<Outcome<Task>>;
  update(taskId: string, draft: TaskDraft): Promise<Outcome<Task>>;
  /** `answered`: called once nothing is in flight any more, also when no answer came; what follows looks for the effect. */
  start(taskId: string, answered?: () => void): Promise<Outcome<Task>>;
  pause(taskId: string, answered?: () => void): Promise<Outcome<Task>>;
  /** A task that no longer exists counts as done. */
  remove(taskId: string): Promise<Outcome<null>>;
  /**
   * Sends one batch and reads nothing back: an import has a ledger for that. `accepted` is the platform's own count;
   * null when its answer has none.
   */
  importNumbers(taskId: string, batch: readonly PhoneEntry[]): Promise<Outcome<{ accepted: number | null }>>;
  /**
   * Looks for a task that a create with a lost response may have made; null when the list shows none. Throws when the
   * list cannot be read.
   */
  findCreated(draft: TaskDraft, sentAt: number, knownIds: ReadonlySet<string>): Promise<Task | null>;
}

export interface Clock {
  /** The time of day, epoch ms: what people are shown, and what is stored. It may be set at any moment, also back. */
  now(): number;
  /**
   * Milliseconds since a moment that is the same for all processes of this machine until it is restarted. Nobody sets
   * it: it measures how long something takes, and for how long something is valid.
   */
  elapsed(): number;
  /** Resolves after `ms`, or at once when `signal` is aborted. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** A notice as it is posted. */
export interface Posting {
  notice: Notice;
  /** Whom it mentions, so that they are notified. */
  mentions?: readonly PersonRef[];
  /** Who did through Dialdeck what it is about; nobody did if absent. */
  by?: PersonRef | null;
  /** The message under which it is posted, if that is still there; absent: in the channel itself. */
  thread?: MessageRef | null;
  /** The card or board that shows its task there: a message outside its thread links to it. */
  live?: MessageRef | null;
}

/**
 * Posts to channels, and to people by direct message. Throws `AppError('chat_failed')` whose details say whether a retry can help (`permanent`), when
 * (`retryAfterMs`), what a refusal is about (`concerns`) and whether the message may have arrived all the same
 * (`maybeSent`). Without `chatError` there was no answer.
 */
export interface Messenger {
  /**
   * `key` is stored in the message's metadata, so that `find` can find it later. null: it was posted, but the answer did
   * not say as which message, and it could not be found.
   */
  postCard(channel: ChannelRef, card: CardData, key: string): Promise<MessageRef | null>;
  postBoard(channel: ChannelRef, board: ChannelBoard, key: string): Promise<MessageRef | null>;
  postNotice(channel: ChannelRef, posting: Posting, key: string): Promise<MessageRef | null>;
  updateCard(channel: ChannelRef, message: MessageRef, card: CardData): Promise<void>;
  updateBoard(channel: ChannelRef, message: MessageRef, board: ChannelBoard): Promise<void>;
  /** Says on a card that it is out of use, and why: nothing on it acts on the task any more. */
  closeCard(channel: ChannelRef, message: MessageRef, card: ClosedCard): Promise<void>;
  /** Says on a board that the channel no longer has one: nothing on it can be pressed any more. */
  closeBoard(channel: ChannelRef, message: MessageRef): Promise<void>;
  /** Replaces a notice that was posted before. `live`: as in `Posting`. */
  updateNotice(channel: ChannelRef, message: MessageRef, posting: Pick<Posting, 'notice' | 'live'>): Promise<void>;
  /** An emergency stop or its end. */
  postStop(channel: ChannelRef, said: StopMessage, key: string): Promise<MessageRef | null>;
  /** A report of what happened, as a channel gets it every day. */
  postDigest(channel: ChannelRef, digest: Digest, key: string): Promise<MessageRef | null>;
  postAlert(channel: ChannelRef, alert: AlertMessage, key: string): Promise<MessageRef | null>;
  updateAlert(channel: ChannelRef, message: MessageRef, alert: AlertMessage): Promise<void>;
  /**
   * The message posted with that key since `since` (epoch ms); null when there is none, or when the channel cannot be
   * searched at all. A search that was interrupted goes on where it stopped when it is asked for again. `thread`: also
   * among the answers to that message.
   */
  find(channel: ChannelRef, key: string, since: number, thread?: MessageRef | null): Promise<MessageRef | null>;
  /**
   * Whether a mention in a channel notifies a person: it does not unless they are in it. True where that cannot be found
   * out within seconds. Never throws.
   */
  reaches(channel: ChannelRef, person: PersonRef): Promise<boolean>;
  /**
   * Notifies the owner of a watch, a subscription or a digest by direct message that its channel can no longer be posted
   * to, and why. `watched`: the name of the task, or the tasks of the subscription.
   */
  reportBroken(
    broken: Pick<Watch, 'owner' | 'channel'>,
    watched: string | SubscriptionScope | { kind: 'digest' },
    reason: string,
  ): Promise<void>;
}
