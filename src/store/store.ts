import type { KnownTasks, Ownership } from '../core/access/ports.ts';
import type { Alerts } from '../core/alerts/ports.ts';
import { AppError } from '../core/errors.ts';
import type { HomeStore } from '../core/home/ports.ts';
import type { Imports, KnownNumbers } from '../core/imports/ports.ts';
import type { AlertPosts, BoardMessages, Outbox } from '../core/notices/ports.ts';
import type { QuietHoursStore } from '../core/quiet/ports.ts';
import type { TaskRecords } from '../core/reports/ports.ts';
import type { Schedules } from '../core/schedules/ports.ts';
import type { Stops } from '../core/stop/ports.ts';
import type { NoticeSettings, Subscriptions } from '../core/subscriptions/ports.ts';
import type { FormStore, Lists, Submissions } from '../core/tasks/ports.ts';
import type { Claims } from '../core/time/claims.ts';
import type { Leases } from '../core/time/leases.ts';
import type { UnfinishedWork } from '../core/time/unfinished.ts';
import { within } from '../core/time/waiting.ts';
import type { Changes, OpenActions, Readings, RecordWriter, Watches } from '../core/watch/ports.ts';
import { alerts } from './alerts.ts';
import { boardMessages } from './board-messages.ts';
import { claims } from './claims.ts';
import { closeDb, type Db, type DbOptions, openDb } from './db.ts';
import { emergencyStops } from './emergency-stops.ts';
import { againstContention, storeFailed } from './failures.ts';
import { formMemory } from './form-memory.ts';
import { homes } from './homes.ts';
import { imports } from './imports.ts';
import { knownTasks } from './known-tasks.ts';
import { leases } from './leases.ts';
import { lists } from './lists.ts';
import { noticeSettings } from './notice-settings.ts';
import { numberKeys, sealAsAsked } from './number-key.ts';
import { knownNumbers } from './numbers.ts';
import { openActions } from './open-actions.ts';
import { outbox } from './outbox.ts';
import { ownership } from './ownership.ts';
import { type Prune, prune } from './prune.ts';
import { quietHoursStore } from './quiet-hours.ts';
import { readings } from './readings.ts';
import { schedules } from './schedules.ts';
import { versions } from './sequences.ts';
import { submissions } from './submissions.ts';
import { subscriptions } from './subscriptions.ts';
import { taskRecord } from './task-record.ts';
import { watches } from './watches.ts';

/** All tables of the bot. Each user takes the port it needs; every method may be called from several bots at once. */
export interface Store
  extends Readings,
    Watches,
    Subscriptions,
    NoticeSettings,
    Changes,
    OpenActions,
    Outbox,
    BoardMessages,
    HomeStore,
    Alerts,
    AlertPosts,
    Submissions,
    FormStore,
    Lists,
    Imports,
    KnownNumbers,
    Leases,
    Claims,
    UnfinishedWork,
    KnownTasks,
    Ownership,
    QuietHoursStore,
    Stops,
    Schedules,
    TaskRecords,
    RecordWriter,
    Prune {
  /** Resolves when the database answers. Throws `store_failed`. */
  ping(): Promise<void>;
  /** Waits for what is under way, for some seconds; what hangs then fails. Can be called again. */
  close(): Promise<void>;
}

/** How long closing waits for what is under way, ms. */
const closeWaitMs = 3_000;

/**
 * Opens the store: PostgreSQL at `databaseUrl`, or SQLite in `dataDir` when that is null (the directory is created with
 * access for its owner only). Migrations run first. Several processes may open the same database. Throws
 * `AppError('store_failed')`; neither it nor any later error contains the URL, a parameter or a row.
 */
export async function openStore(options: DbOptions): Promise<Store> {
  const db = await openDb(options).catch((error: unknown) => {
    throw storeFailed('open', error);
  });
  if (options.numbers !== undefined)
    await sealAsAsked(db, options.numbers).catch(async (error: unknown) => {
      await closeDb(db, options.clock).catch(() => undefined);
      throw storeFailed('open', error);
    });
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  /** Each method is one statement or a sequence of repeatable transactions, so it is safe to run again. */
  async function guard<T>(method: string, work: () => Promise<T>): Promise<T> {
    if (closing !== null) throw new AppError('store_failed', `store: ${method} failed: the store is closed`);
    const running = againstContention(work);
    underWay.add(running);
    try {
      return await running;
    } catch (error) {
      throw storeFailed(method, error);
    } finally {
      underWay.delete(running);
    }
  }

  async function close(): Promise<void> {
    await within(options.clock, { ms: closeWaitMs }, Promise.allSettled(underWay), () => undefined);
    await closeDb(db, options.clock).catch((error: unknown) => {
      throw storeFailed('close', error);
    });
  }

  return {
    ...guarded(methods(db, options), guard),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function methods(db: Db, { bot, numbers = { key: null, previous: null } }: DbOptions) {
  const keys = numberKeys(db, numbers);
  return {
    async ping() {
      await db.engine.requireInPlace();
      await db.query.selectFrom('leases').select('name').limit(1).execute();
    },
    ...readings(db),
    ...watches(db),
    ...subscriptions(db),
    ...noticeSettings(db),
    ...versions(db),
    ...openActions(db),
    ...outbox(db),
    ...alerts(db),
    ...boardMessages(db),
    ...homes(db),
    ...submissions(db),
    ...formMemory(db),
    ...lists(db),
    ...imports(db, keys),
    ...knownNumbers(db, keys),
    ...leases(db, bot ?? null),
    ...knownTasks(db),
    ...ownership(db),
    ...quietHoursStore(db),
    ...claims(db),
    ...emergencyStops(db),
    ...schedules(db),
    ...taskRecord(db),
    ...prune(db),
  };
}

/** The same functions, each called through `guard`. */
function guarded<Methods extends Record<string, (...parameters: never[]) => Promise<unknown>>>(
  plain: Methods,
  guard: <T>(method: string, work: () => Promise<T>) => Promise<T>,
): Methods {
  const entries = Object.entries(plain).map(([name, method]) => [
    name,
    (...parameters: never[]) => guard(name, () => method(...parameters)),
  ]);
  return Object.fromEntries(entries) as Methods;
}
