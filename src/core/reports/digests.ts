import { toAppError } from '../errors.ts';
import type { ChannelRef } from '../model/address.ts';
import type { ChannelSettings } from '../model/channel-settings.ts';
import type { NewOutboxItem } from '../model/outbox.ts';
import type { Log } from '../ports.ts';
import { covers, isMuted } from '../subscriptions/audience.ts';
import type { NoticeSettings, Subscriptions } from '../subscriptions/ports.ts';
import type { Days } from '../time/days.ts';
import { spread } from '../time/spread.ts';
import type { Board } from '../watch/board.ts';
import type { Versions, Watches } from '../watch/ports.ts';
import { type DueDigest, dueDigest } from './digest-time.ts';
import type { ReportedTasks, Reports } from './reports.ts';

interface DigestDeps {
  store: Pick<NoticeSettings, 'channelSettings'> &
    Pick<Subscriptions, 'subscriptionsOf'> &
    Pick<Watches, 'watches'> & { enqueue(items: NewOutboxItem[], maybeSent?: boolean): Promise<void> };
  reports: Pick<Reports, 'report'>;
  board: Pick<Board, 'all'>;
  days: Days;
  clock: { now(): number };
  log: Pick<Log, 'warn'>;
}

export interface Digests {
  /** With what the store holds: settings are read again when something was changed. */
  refreshed(versions: Pick<Versions, 'watches'>): void;
  /**
   * Puts the digests that are due into the outbox, each once per channel and day, however many bots look and how often. Never
   * throws: what fails is tried with the next look. `restored`: the store is older than what was posted, so each is looked
   * for in its channel before it is posted.
   */
  look(restored: boolean): Promise<void>;
}

/** The key of the digest of a channel on a day: one that is set to another time of the day is another one. */
const keyOf = (channel: ChannelRef, { day, minutes }: DueDigest & { minutes: number }): string =>
  `digest:${day}:${minutes}:${channel}`;

export function createDigests(deps: DigestDeps): Digests {
  const { store, reports, board, days, clock, log } = deps;
  /** The version of the settings in the store, and of those that were read. */
  let [stored, read] = [0, -1];
  let wanted: ChannelSettings[] = [];
  /** The key of the last digest of each channel that this bot has dealt with; the store knows it as well. */
  const dealt = new Map<ChannelRef, string>();

  const settings = async (): Promise<readonly ChannelSettings[]> => {
    if (read === stored) return wanted;
    const version = stored;
    try {
      wanted = (await store.channelSettings()).filter(({ digest }) => digest !== null && digest.brokenBy === null);
      read = version;
    } catch (thrown) {
      log.warn('the digests could not be read, and are tried again', { code: toAppError(thrown).code });
    }
    return wanted;
  };

  /** What a channel watches; everything where it watches nothing. */
  const tasksOf = async (channel: ChannelRef): Promise<ReportedTasks> => {
    const [watches, all] = await Promise.all([store.watches(), store.subscriptionsOf(channel)]);
    const here = watches.filter((watch) => watch.channel === channel && watch.brokenBy === null);
    const subscriptions = all.filter(({ brokenBy }) => brokenBy === null);
    if (subscriptions.some(({ scope }) => scope.kind === 'all')) return { kind: 'all' };
    if (here.length === 0 && subscriptions.length === 0) return { kind: 'all' };
    const ids = new Set(here.map(({ taskId }) => taskId));
    for await (const piece of spread(board.all())) {
      for (const { task, runBy } of piece) {
        if (subscriptions.some((each) => covers(each, { task, runBy }))) ids.add(task.id);
      }
    }
    return { kind: 'followed', ids: [...ids] };
  };

  const post = async (
    { channel, key, maybeSent }: { channel: ChannelRef; key: string; maybeSent: boolean },
    { dueAt, late, span }: DueDigest,
  ): Promise<void> => {
    const report = await reports.report(span, await tasksOf(channel));
    const body: NewOutboxItem['body'] = { type: 'digest', digest: { report, dueAt, late } };
    await store.enqueue([{ key, channel, taskId: '', body, createdAt: clock.now() }], maybeSent);
  };

  return {
    refreshed({ watches }) {
      stored = watches;
    },

    async look(restored) {
      const now = clock.now();
      for (const { channel, digest, mutedUntil } of await settings()) {
        const due = digest === null ? null : dueDigest(digest, now, days);
        if (digest === null || due === null) continue;
        const key = keyOf(channel, { ...due, minutes: digest.minutes });
        if (dealt.get(channel) === key) continue;
        try {
          // Nothing that happened during a mute is posted afterwards.
          if (!isMuted({ mutedUntil }, due.dueAt)) await post({ channel, key, maybeSent: restored }, due);
          dealt.set(channel, key);
        } catch (thrown) {
          log.warn('a digest could not be made, and is tried again', { channel, code: toAppError(thrown).code });
        }
      }
    },
  };
}
