import { toAppError } from '../errors.ts';
import type { Alert, AlertKind } from '../model/alert.ts';
import type { Metadata } from '../model/metadata.ts';
import type { NewOutboxItem } from '../model/outbox.ts';
import type { Reading } from '../model/reading.ts';
import type { Clock, Log } from '../ports.ts';
import type { DatedMetadata, MetadataCache } from '../tasks/metadata-cache.ts';
import type { Board } from '../watch/board.ts';
import type { Versions } from '../watch/ports.ts';
import { type Look, type Sighting, type Suspicion, suspect } from './belief.ts';
import { type Cause, causesNow, platformCause, type Surroundings } from './causes.ts';
import { collect, type Destination } from './collect.ts';
import { decide, isOpen, missedAfter } from './decide.ts';
import type { AlertBook, Alerts } from './ports.ts';

export interface AlertingDeps {
  store: Alerts;
  board: Pick<Board, 'allOn' | 'get' | 'readAt' | 'staleSince' | 'lastError'>;
  metadata: Pick<MetadataCache, 'last' | 'fresh'>;
  clock: Pick<Clock, 'now' | 'elapsed'>;
  log: Log;
  newId(): string;
  /** Since when no calls may be made by the legal hours, epoch ms; null while they may, or when none are set. */
  closedSince(): number | null;
  /** How much faster than ours the platform's clock runs. */
  speed(): number;
  /** Where alerts are to be shown, as people have it now. `reading`: null for the platform, which concerns everybody. */
  route(subjects: readonly { alert: Alert; reading: Reading | null }[]): Promise<Destination[][]>;
}

export interface Alerting {
  /** What the store held when the poll began. */
  refreshed(versions: Versions): void;
  /**
   * Looks at what the last poll left, good or not: alerts begin, end and change, and their messages are put into the
   * outbox. Called by the bot that polls. Never throws: what could not be written is decided again by the next look.
   */
  look(): Promise<void>;
  /** What is wrong with each task by the last look, without what its person agreed to; the oldest first. */
  open(): ReadonlyMap<string, readonly AlertKind[]>;
}

/** Ended alerts are looked at for as long as one of them may be the same again, ms. */
const keptMs = 7 * 24 * 3_600_000;
/** How old metadata may be for anything to follow from them, and how often they are read while a task is on, ms. */
const metadataAge = { usableMs: 5 * 60_000, renewMs: 60_000 };
/**
 * Between a poll that succeeded and one that fails, this much at most counts as an outage: nobody may have polled in
 * between, ms.
 */
const unseenMs = 60_000;
/** Alerts that were posted nowhere are offered anew this often: what kept them from anyone, such as a mute, may be over. */
const offerEveryMs = 5 * 60_000;
/** What was seen longer ago proves nothing where another bot has polled since: it may have seen that it was over, ms. */
const memoryMs = 30 * 60_000;
/** How often one look decides anew because others wrote meanwhile. */
const maxTries = 3;

export function createAlerting(deps: AlertingDeps): Alerting {
  const { store, board, clock, log, newId } = deps;
  let versions: Versions | null = null;
  let book: AlertBook | null = null;
  let open: ReadonlyMap<string, readonly AlertKind[]> = new Map();
  let suspicions: ReadonlyMap<string, Suspicion> = new Map();
  let missed: ReadonlyMap<string, Sighting> = new Map();
  /** The last poll that was looked at. */
  let seen: { readAt: number | null; stale: number | null } = { readAt: null, stale: null };
  let askedAt = Number.NEGATIVE_INFINITY;
  /** Since when the platform fails as far as this bot has seen, by `Clock.elapsed`; null while it responds. */
  let failingFrom: number | null = null;
  /** When this bot last looked, by `Clock.elapsed`. */
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** The watches by which alerts without any message were last offered, and when, by `Clock.elapsed`. */
  let offered: { watches: number | null; at: number } = { watches: null, at: Number.NEGATIVE_INFINITY };
  let looking: Promise<void> = Promise.resolve();

  /** Metadata that are recent enough, renewed in the background while any task is on. */
  const metadataAtHand = (anyOn: boolean, now: number): DatedMetadata | null => {
    const known = deps.metadata.last();
    const age = known === null ? Number.POSITIVE_INFINITY : Math.abs(now - known.readAt);
    if (anyOn && age >= metadataAge.renewMs && clock.elapsed() - askedAt >= metadataAge.renewMs) {
      askedAt = clock.elapsed();
      // The cache logs when that begins and ends.
      deps.metadata.fresh().catch(() => undefined);
    }
    return age <= metadataAge.usableMs ? known : null;
  };

  /** Since when the platform has failed in all looks; null while it responds. */
  const failingSince = (staleSince: number | null, now: number): number | null => {
    const elapsed = clock.elapsed();
    if (staleSince === null) failingFrom = null;
    else failingFrom ??= elapsed - Math.min(Math.max(0, now - staleSince), unseenMs);
    return failingFrom === null ? null : now - (elapsed - failingFrom);
  };

  const lookOnce = async (): Promise<void> => {
    const { readAt, staleSince, lastError } = board;
    const now = clock.now();
    const failing = staleSince !== null;
    const on = failing ? [] : board.allOn();
    const dated = failing ? null : metadataAtHand(on.length > 0, now);
    const counts = failing ? true : readAt !== seen.readAt || seen.stale !== null;
    seen = { readAt, stale: staleSince };
    lookedAt = clock.elapsed();
    const look: Look = { now, counts, metadataAt: dated?.readAt ?? null };
    const platform = platformCause({ since: failingSince(staleSince, now), code: lastError?.code ?? null }, now);
    const causes = [
      ...(platform === null ? [] : [{ taskId: '', cause: platform }]),
      ...causesOf(on, { metadata: dated?.metadata ?? null, now, speed: deps.speed(), closedSince: deps.closedSince() }),
    ];
    // A look that contradicts what is known, or none at all, says nothing of a task; nor does one that fails, for a time
    // too short to say so, end an outage that another bot has announced.
    const isUnseen = (taskId: string): boolean =>
      taskId === '' ? failing && platform === null : failing || (board.get(taskId)?.doubt ?? null) !== null;
    suspicions = suspect(suspicions, causes, look, isUnseen);
    if (book === null || versions === null || versions.alerts !== book.revision) {
      book = await store.alertBook(now - keptMs);
    }
    const before = missed;
    for (
      let tries = 1;
      !(await settle(book, before, { look, metadata: dated?.metadata ?? null, isUnseen })) && tries < maxTries;
      tries += 1
    ) {
      book = await store.alertBook(now - keptMs);
    }
  };

  /** @returns false when another bot, or the delivery, wrote meanwhile: then it is decided again by what it wrote. */
  const settle = async (
    known: AlertBook,
    before: ReadonlyMap<string, Sighting>,
    { look, metadata, isUnseen }: { look: Look; metadata: Metadata | null; isUnseen: (taskId: string) => boolean },
  ): Promise<boolean> => {
    const readingOf = (taskId: string): Reading | null => (taskId === '' ? null : board.get(taskId));
    const situation = { alerts: known.alerts, suspicions, missed: before, readingOf, metadata, look };
    missed = missedAfter(situation, isUnseen);
    const { begun, changed, silent } = decide({ ...situation, missed, newId });
    const watches = versions?.watches ?? 0;
    const changing = new Set(changed.map(({ id }) => id));
    // Someone may have begun to watch since, or the place where it was posted can no longer be posted to.
    const isOffered = watches === offered.watches;
    const isDue = !isOffered || clock.elapsed() - offered.at >= offerEveryMs;
    const homeless = known.alerts.filter(
      (alert) =>
        isOpen(alert) && !alert.agreed && !changing.has(alert.id) && isHomeless(alert, known, { isOffered, isDue }),
    );
    const now = { watches, at: isDue ? clock.elapsed() : offered.at };
    open = openIn(known.alerts);
    if (begun.length + changed.length + silent.length + homeless.length === 0) {
      offered = now;
      return true;
    }
    const subjects = [...begun, ...homeless].map((alert) => ({ alert, reading: readingOf(alert.taskId) }));
    const destinations = subjects.length === 0 ? [] : await deps.route(subjects);
    const routed = subjects.map(({ alert }, i) => ({ alert, destinations: destinations[i] ?? [] }));
    const isNew = new Set(begun.map(({ id }) => id));
    const written = await write(known, { routed, changed, silent, isNew, now: look.now });
    // Only now: what could not be written is offered again.
    if (written) offered = now;
    return written;
  };

  const write = async (
    known: AlertBook,
    decided: {
      routed: { alert: Alert; destinations: Destination[] }[];
      changed: Alert[];
      silent: Alert[];
      isNew: ReadonlySet<string>;
      now: number;
    },
  ): Promise<boolean> => {
    const { routed, changed, silent, isNew, now } = decided;
    const wanted = routed.filter(({ alert, destinations }) => isNew.has(alert.id) || destinations.length > 0);
    const after = new Map(
      [...known.alerts, ...silent, ...changed, ...wanted.map(({ alert }) => alert)].map((alert) => [alert.id, alert]),
    );
    const { alerts, posts, news } = collect({
      posts: known.posts,
      routed: wanted,
      changed,
      isOpen: (id) => after.get(id)?.endedAt === null,
      alertOf: (id) => after.get(id) ?? null,
      now,
      newId,
    });
    if (alerts.length + silent.length === 0) return true;
    const items = posts.map(
      ({ id, channel, version }): NewOutboxItem => ({
        key: version === 1 ? `alert:${id}` : `alert:${id}:${version}`,
        channel,
        taskId: `alert:${id}`,
        body: { type: 'alert', post: id, version, news: news.has(id) },
        createdAt: now,
      }),
    );
    const revision = await store.saveAlerts({
      revision: known.revision,
      alerts: [...alerts, ...silent],
      posts,
      items,
    });
    book = null;
    if (revision === null) return false;
    open = openIn([...after.values()]);
    for (const alert of [...alerts, ...silent]) note(log, alert, isNew.has(alert.id));
    return true;
  };

  return {
    refreshed(current) {
      versions = current;
      if (board.readAt === seen.readAt || clock.elapsed() - lookedAt < memoryMs) return;
      suspicions = new Map();
      missed = new Map();
    },
    look() {
      looking = looking.then(() =>
        lookOnce().catch((thrown) => {
          const { code, message } = toAppError(thrown);
          book = null;
          log.error('alerts could not be decided', { code, reason: message });
        }),
      );
      return looking;
    },
    open: () => open,
  };
}

function openIn(alerts: readonly Alert[]): ReadonlyMap<string, readonly AlertKind[]> {
  const kinds = new Map<string, AlertKind[]>();
  for (const alert of alerts.toSorted((a, b) => a.begunAt - b.begunAt)) {
    if (isOpen(alert) && !alert.agreed) kinds.set(alert.taskId, [...(kinds.get(alert.taskId) ?? []), alert.kind]);
  }
  return kinds;
}

/** Of so many messages that found no place to be posted, the next waits until someone begins to watch. */
const maxLost = 5;

/**
 * Whether an open alert is shown nowhere, and a place is to be looked for. `isOffered`: that was done since the watches
 * last changed; `isDue`: not lately, and a mute may have ended.
 */
function isHomeless(
  { posts }: Alert,
  book: AlertBook,
  { isOffered, isDue }: { isOffered: boolean; isDue: boolean },
): boolean {
  if (posts.length === 0) return isDue;
  const known = book.posts.filter(({ id }) => posts.includes(id));
  return known.length > 0 && known.every(({ lost }) => lost) && (!isOffered || known.length < maxLost);
}

function causesOf(
  on: readonly Reading[],
  known: Pick<Surroundings, 'metadata' | 'now' | 'speed' | 'closedSince'>,
): { taskId: string; cause: Cause }[] {
  const byLine = grouped(on, ({ task }) => task.line.id);
  const byHours = grouped(on, ({ task }) => task.quietHours.id);
  const around: Surroundings = {
    ...known,
    onLine: (id) => byLine.get(id) ?? [],
    inQuietGroup: (id) => byHours.get(id) ?? [],
  };
  return on
    .filter(({ doubt }) => doubt === null)
    .flatMap((reading) => causesNow(reading, around).map((cause) => ({ taskId: reading.task.id, cause })));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const others = groups.get(keyOf(item));
    if (others === undefined) groups.set(keyOf(item), [item]);
    else others.push(item);
  }
  return groups;
}

function note(log: Log, { kind, taskId, endedAt, end, agreed, posts }: Alert, isNew: boolean): void {
  const event = endedAt !== null ? 'ended' : isNew || agreed ? 'begun' : 'changed';
  log.info('alert', { event, kind, task: taskId, messages: posts.length, ...(end !== null && { end }) });
}
