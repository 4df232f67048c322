import type { AccountShown } from '../core/access/ownership.ts';
import { AppError, type ErrorCode, toAppError } from '../core/errors.ts';
import type { Metadata } from '../core/model/metadata.ts';
import type { Progress, Task } from '../core/model/task.ts';
import type { Clock, Log } from '../core/ports.ts';
import { derivedOnce } from '../core/tasks/derived.ts';
import { createOwnerReader, ownersInMeta } from './account.ts';
import type { Allowance, Exchange, Http } from './http.ts';
import { createListMemory, type ListReading, type Page } from './list-memory.ts';
import { type Envelope, isRecord } from './unwrap.ts';
import { createWholeList } from './whole-list.ts';
import { metadataOf, type Paging, pagingOf, progressOf, taskOf, type WallClockReader } from './wire.ts';

/** What one read of the list showed. */
export interface Listing {
  tasks: Task[];
  /** Every task of the account was seen: only then does a task that is missing here not exist. */
  complete: boolean;
}

export interface Reads {
  /** Throws `AppError`. `tries` is how often one request may be sent before the read fails, default 3. */
  list(tries?: number): Promise<Listing>;
  metadata(): Promise<Metadata>;
  /** null when no progress endpoint is configured. */
  progress(taskId: string): Promise<Progress | null>;
}

/** What one read may take, all its pages and retries together: beyond it the read fails. */
export interface ReadingBudget {
  /** Of responses, uncompressed. */
  maxBytes: number;
  maxTasks: number;
  maxMs: number;
}

const pageSize = 50;
/** Far beyond any account: a list that continues after this many pages never ends. */
const maxPages = 400;
const maxTries = 3;
const firstWaitMs = 300;

/** Failures that may pass by the next attempt. A refusal, a redirect or an invalid token will not. */
const transientCodes: ReadonlySet<ErrorCode> = new Set([
  'platform_rate_limited',
  'platform_server_error',
  'platform_malformed',
  'platform_empty',
  'platform_timeout',
  'platform_unreachable',
]);

/** What one read may still spend; shared by all its pages, so that many pages do not multiply the wait. */
interface Budget extends Allowance {
  repeats: number;
  /** By `Clock.elapsed`. */
  until: number;
}

export interface ReadsDeps {
  log: Log;
  clock: Clock;
  random: () => number;
  readClock: WallClockReader;
  closing: AbortSignal;
  /** Called with whose account a reading shows, before it is used; what it throws fails the reading. null: nobody asks. */
  admit: ((shown: AccountShown) => Promise<void>) | null;
}

export function createReads(
  http: Http,
  settings: ReadingBudget & { progressPath: string | null },
  deps: ReadsDeps,
): Reads {
  const { log, clock, random, readClock, closing, admit } = deps;

  function budgetFor(tries: number): Budget {
    return { repeats: tries - 1, until: clock.elapsed() + settings.maxMs, bytes: settings.maxBytes };
  }

  /** Sends a read, retrying transient failures; `take` returns null for a response without the expected content. */
  async function read<T>(
    exchange: () => Omit<Exchange, 'method' | 'action'>,
    budget: Budget,
    take: (envelope: Envelope) => T | null,
  ): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const envelope = await http.send({ ...exchange(), method: 'GET', action: false });
        if (envelope.whole === undefined) throw new AppError('platform_empty', 'empty response to a read');
        const value = take(envelope);
        if (value === null) throw new AppError('platform_malformed', 'JSON without the expected content');
        return value;
      } catch (thrown) {
        const error = toAppError(thrown);
        const wait = error.details.retryAfterMs ?? firstWaitMs * 2 ** attempt * (0.5 + random() / 2);
        const worthwhile = transientCodes.has(error.code) && budget.repeats > 0 && !closing.aborted;
        if (!worthwhile || clock.elapsed() + wait >= budget.until) throw error;
        budget.repeats -= 1;
        // An interrupted wait needs no handling here: the closed client refuses the next request.
        await clock.sleep(wait, closing).catch(() => undefined);
      }
    }
  }

  const ownerOf = createOwnerReader();
  const owners = new WeakMap<Task, string>();
  const memory = createListMemory((entity) => {
    const task = taskOf(entity, readClock);
    const owner = ownerOf(entity);
    if (task !== null && owner !== null) owners.set(task, owner);
    return task;
  }, settings.maxTasks);
  /** A page that comes again to the last byte is the same array. */
  const ownersOn = derivedOnce(
    (page: readonly Task[]): ReadonlySet<string> => new Set(page.flatMap((task) => owners.get(task) ?? [])),
  );
  const wholeList = createWholeList(pageSize);
  /** The last list that was a single page: while that page comes again to the last byte, it is the same list. */
  let single: { page: readonly Task[]; tasks: Task[] } | null = null;

  async function list(tries = maxTries): Promise<Listing> {
    const budget = budgetFor(tries);
    const reading = memory.begin();
    const byId = new Map<string, Task>();
    const pages: (readonly Task[])[] = [];
    let unreadable = 0;
    const listing = async (complete: boolean): Promise<Listing> => {
      const [first = [], ...rest] = pages;
      const shown = rest.length === 0 ? ownersOn(first) : new Set(pages.flatMap((page) => [...ownersOn(page)]));
      // Before it is remembered: the next reading would take what is the same for admitted.
      await admit?.({ source: 'list', accounts: shown });
      if (byId.size === 0) await askWhose();
      if (unreadable > 0) log.warn('tasks without an id in the list', { count: unreadable });
      reading.end();
      return { tasks: [...byId.values()], complete: complete && unreadable === 0 };
    };
    for (let number = 1; number <= maxPages; number += 1) {
      if (number > 1 && clock.elapsed() >= budget.until) {
        throw new AppError('platform_timeout', `the list took too long: page ${number} not reached in time`);
      }
      const { page, currentPage, lastPage } = await readPage(number, reading, budget);
      pages.push(page.tasks);
      if (number === 1 && lastPage === null && single?.page === page.tasks && wholeList.isWhole(single.tasks.length)) {
        await admit?.({ source: 'list', accounts: ownersOn(page.tasks) });
        if (single.tasks.length === 0) await askWhose();
        reading.keep();
        reading.end();
        return { tasks: single.tasks, complete: true };
      }
      const nothingNew = page.tasks.every(({ id }) => byId.has(id));
      if (!nothingNew) {
        reading.keep();
        for (const task of page.tasks) byId.set(task.id, task);
      }
      unreadable += page.unreadable;
      if (byId.size + unreadable > settings.maxTasks) {
        throw new AppError('platform_too_large', `the list has more than ${settings.maxTasks} tasks`);
      }
      if (currentPage !== null && lastPage !== null && currentPage >= lastPage) return listing(true);
      if (number === 1 && lastPage === null && wholeList.isWhole(byId.size)) {
        const whole = await listing(true);
        single = whole.complete ? { page: page.tasks, tasks: whole.tasks } : null;
        return whole;
      }
      // Nothing new: beyond the end, or the platform does not page at all and sent everything again.
      if (number === 2) wholeList.learn(byId.size, nothingNew && page.tasks.length > 0);
      if (nothingNew) return listing(lastPage === null || number > lastPage);
    }
    // A partial list would make the tasks beyond it look deleted.
    throw new AppError('platform_malformed', `the list does not end after ${maxPages} pages`);
  }

  async function metadata(tries = maxTries): Promise<Metadata> {
    const { found, accounts } = await read(
      () => ({ route: '/v1/task/create' }),
      budgetFor(tries),
      ({ whole, meta, payload }) => {
        const value =
          meta ?? (isRecord(payload) ? payload.meta : undefined) ?? (payload === whole ? undefined : payload);
        const found = metadataOf(value);
        return found === null ? null : { found, accounts: ownersInMeta(value) };
      },
    );
    await admit?.({ source: 'init', accounts });
    return found;
  }

  /** An empty list does not show whose it is. Throws when the init metadata shows that it is another account's. */
  async function askWhose(): Promise<void> {
    if (admit === null) return;
    await metadata(1).catch((thrown) => {
      const error = toAppError(thrown);
      if (error.code === 'platform_other_account') throw error;
    });
  }

  async function readPage(number: number, reading: ListReading, budget: Budget): Promise<Paging & { page: Page }> {
    const query = { page: number, per_page: pageSize };
    let page: Page | null = null;
    const exchange = () => {
      // Whatever a failed attempt has read is dropped.
      page = reading.page();
      return { route: '/v1/task', query, allowance: budget, entries: page };
    };
    return read(exchange, budget, ({ payload, meta }) => {
      const paging = pagingOf(payload, meta);
      return paging === null || page === null ? null : { ...paging, page };
    });
  }

  return {
    list,
    metadata: () => metadata(),
    progress: async (taskId) => {
      if (settings.progressPath === null) return null;
      const route = settings.progressPath.startsWith('/') ? settings.progressPath : `/${settings.progressPath}`;
      return read(
        () => ({ route, taskId }),
        budgetFor(maxTries),
        ({ payload }) => progressOf(payload),
      );
    },
  };
}
