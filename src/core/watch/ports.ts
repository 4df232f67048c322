import type { ChannelRef } from '../model/address.ts';
import type { ClosedCard } from '../model/closed-card.ts';
import type { NoticeKind } from '../model/notice.ts';
import type { OpenAction, StoredAction } from '../model/open-action.ts';
import type { NewOutboxBody } from '../model/outbox.ts';
import type { Reading } from '../model/reading.ts';
import type { NewRecordEntry, TaskRecord } from '../model/record-entry.ts';
import type { Watch } from '../model/watch.ts';

/** What watching needs of the store. Methods are atomic and safe from several bots; all throw `store_failed`. */

/** A notice for one channel. Its key contains the campaign or the revision that the store issues on saving. */
export interface NewNotice {
  channel: ChannelRef;
  body: Extract<NewOutboxBody, { type: 'notice' | 'correction' }>;
  /** An event that occurs only once per campaign, or one that may occur with every reading. */
  once: 'campaign' | 'revision';
}

/**
 * The key of a notice in the outbox, from the campaign or the revision the store issued. The same event always gets the
 * same key, and no other event ever does, even when the readings were lost in between.
 */
export function noticeKey(
  { once, kind, channel }: Pick<NewNotice, 'once' | 'channel'> & { kind: NoticeKind },
  { campaign, revision }: Pick<Reading, 'campaign' | 'revision'>,
): string {
  return `${once}:${once === 'campaign' ? campaign : revision}:${kind}:${channel}`;
}

/** A new reading of a task with the notices it causes, and what its record gains by it. */
export interface ReadingChange {
  reading: Reading;
  notices: NewNotice[];
  record?: TaskRecord;
}

/** What no reading tells of. Throws `store_failed`. */
export interface RecordWriter {
  addEntries(entries: readonly NewRecordEntry[]): Promise<void>;
}

export interface Readings {
  /** By task id; all of them, or those of the given tasks. */
  readings(taskIds?: readonly string[]): Promise<Map<string, Reading>>;
  /**
   * Writes new readings together with their notices and records, in one transaction. A reading whose `revision` is not the stored
   * one was derived from an outdated state: neither it nor what comes with it is written. Returns the readings that were
   * written, with the revision and the campaign they were issued.
   */
  saveReadings(changes: readonly ReadingChange[]): Promise<Reading[]>;
  /**
   * Reads a task's reading (null: there is none) and writes what `derive` makes of it, in one transaction: no other bot
   * writes in between; the notices go with it. Returns it with the revision and the campaign it was issued. `derive` may
   * be called again.
   */
  deriveReading(taskId: string, derive: (stored: Reading | null) => ReadingChange): Promise<Reading>;
}

/** What has changed, without reading everything. */
export interface Changes {
  /**
   * `readings`: the last revision issued. `watches`: raised whenever a watch is added, removed or taken up again, and
   * whenever a subscription or a setting of notices changes; edits of cards do not count. `alerts`: raised
   * whenever alerts or their messages change. All only ever rise. `polledAt`: the last good poll of any bot, epoch ms; null before the
   * first one. `openActions` and `openImports`: how many there are. One statement.
   */
  versions(): Promise<Versions>;
  /** The readings that were written after that revision. */
  readingsSince(revision: number): Promise<Reading[]>;
  /**
   * Notes a good poll requested at that time (epoch ms): every reading that it did not write is still true. The lease
   * `poll` carries it.
   */
  polled(at: number): Promise<void>;
}

export interface Versions {
  readings: number;
  watches: number;
  alerts: number;
  polledAt: number | null;
  openActions: number;
  openImports: number;
}

/** Actions of people whose outcome is not known. */
export interface OpenActions {
  /** The tasks that are being acted on now, by whichever bot, and all open actions. One statement. */
  underWay(): Promise<{ acting: Set<string>; open: StoredAction[] }>;
  /** Writes it, or replaces the one with its id. */
  putAction(action: OpenAction): Promise<void>;
  /** Writes it if it is still in the state `from`; false when it is not, or was deleted. */
  changeAction(from: OpenAction['state'], action: OpenAction): Promise<boolean>;
  /** Deletes it, if it is there. */
  endAction(id: string): Promise<void>;
}

export interface Watches {
  watches(): Promise<Watch[]>;
  watchesOf(taskId: string): Promise<Watch[]>;
  watchOf(taskId: string, channel: ChannelRef): Promise<Watch | null>;
  /** Idempotent: an existing watch of that task and channel is returned, its `brokenBy` cleared. */
  addWatch(watch: Pick<Watch, 'taskId' | 'channel' | 'owner' | 'createdAt'>): Promise<Watch>;
  /** With `closed`, its card is closed like that: written in the same transaction. */
  removeWatch(taskId: string, channel: ChannelRef, closed?: ClosedCard): Promise<boolean>;
  /** The watch remains, and its card is closed; nothing happens if it has another card by now. */
  closeCard(watch: Watch, closed: ClosedCard): Promise<void>;
  updateWatch(id: string, change: Partial<Pick<Watch, 'cardRef' | 'cardHash' | 'brokenBy'>>): Promise<void>;
}
