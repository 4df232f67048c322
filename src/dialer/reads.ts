import { AppError, type ErrorCode, toAppError } from '../core/errors.ts';
import type { Metadata } from '../core/model/metadata.ts';
import type { Progress, Task } from '../core/model/task.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Exchange, Http } from './http.ts';
import { type Envelope, isRecord } from './unwrap.ts';
import { metadataOf, pageOf, progressOf, type WallClockReader } from './wire.ts';

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

const pageSize = 50;
/** Far beyond any account: a list that continues after this many pages never ends. */
const maxPages = 400;
const maxTries = 3;
/** One read, all pages and retries together, may take this many times the timeout of one request. */
const patience = 4;
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
interface Budget {
  repeats: number;
  /** Epoch ms. */
  until: number;
}

export function createReads(
  http: Http,
  settings: { timeoutMs: number; progressPath: string | null },
  deps: { log: Log; clock: Clock; random: () => number; readClock: WallClockReader; closing: AbortSignal },
): Reads {
  const { log, clock, random, readClock, closing } = deps;

  function budgetFor(tries: number): Budget {
    return { repeats: tries - 1, until: clock.now() + settings.timeoutMs * patience };
  }

  /** Sends a read, retrying transient failures; `take` returns null for a response without the expected content. */
  async function read<T>(
    exchange: Omit<Exchange, 'method' | 'action'>,
    budget: Budget,
    take: (envelope: Envelope) => T | null,
  ): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const envelope = await http.send({ ...exchange, method: 'GET', action: false });
        if (envelope.whole === undefined) throw new AppError('platform_empty', 'empty response to a read');
        const value = take(envelope);
        if (value === null) throw new AppError('platform_malformed', 'JSON without the expected content');
        return value;
      } catch (thrown) {
        const error = toAppError(thrown);
        const wait = error.details.retryAfterMs ?? firstWaitMs * 2 ** attempt * (0.5 + random() / 2);
        const worthwhile = transientCodes.has(error.code) && budget.repeats > 0 && !closing.aborted;
        if (!worthwhile || clock.now() + wait >= budget.until) throw error;
        budget.repeats -= 1;
        // An interrupted wait needs no handling here: the closed client refuses the next request.
        await clock.sleep(wait, closing).catch(() => undefined);
      }
    }
  }

  async function list(tries = maxTries): Promise<Listing> {
    const budget = budgetFor(tries);
    const byId = new Map<string, Task>();
    let unreadable = 0;
    const listing = (complete: boolean): Listing => {
      if (unreadable > 0) log.warn('tasks without an id in the list', { count: unreadable });
      return { tasks: [...byId.values()], complete: complete && unreadable === 0 };
    };
    for (let number = 1; number <= maxPages; number += 1) {
      if (number > 1 && clock.now() >= budget.until) {
        throw new AppError('platform_timeout', `the list took too long: page ${number} not reached in time`);
      }
      const page = await read({ route: '/v1/task', query: { page: number, per_page: pageSize } }, budget, (envelope) =>
        pageOf(envelope.payload, envelope.meta, readClock),
      );
      const known = byId.size;
      for (const task of page.tasks) byId.set(task.id, task);
      unreadable += page.unreadable;
      const { currentPage, lastPage } = page;
      if (currentPage !== null && lastPage !== null && currentPage >= lastPage) return listing(true);
      // Nothing new: beyond the end, or the platform does not page at all and sent everything again.
      if (byId.size === known) return listing(lastPage === null || number > lastPage);
    }
    // A partial list would make the tasks beyond it look deleted.
    throw new AppError('platform_malformed', `the list does not end after ${maxPages} pages`);
  }

  return {
    list,
    metadata: () =>
      read({ route: '/v1/task/create' }, budgetFor(maxTries), ({ whole, meta, payload }) =>
        metadataOf(meta ?? (isRecord(payload) ? payload.meta : undefined) ?? (payload === whole ? undefined : payload)),
      ),
    progress: async (taskId) => {
      if (settings.progressPath === null) return null;
      const route = settings.progressPath.startsWith('/') ? settings.progressPath : `/${settings.progressPath}`;
      return read({ route, taskId }, budgetFor(maxTries), ({ payload }) => progressOf(payload));
    },
  };
}
