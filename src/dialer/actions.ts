import { AppError, toAppError } from '../core/errors.ts';
import { draftOf, sameDefinition, type TaskDraft } from '../core/model/fields.ts';
import type { PhoneEntry } from '../core/model/numbers.ts';
import type { Task } from '../core/model/task.ts';
import type { Clock, Dialer, Outcome } from '../core/ports.ts';
import { createdIn } from '../core/tasks/created-in.ts';
import type { Exchange, Http } from './http.ts';
import type { Listing, Reads } from './reads.ts';
import { readingAfterwards } from './shared-reading.ts';
import type { Envelope } from './unwrap.ts';
import { acceptedOf, type ImportShape, importBody, taskOf, toWire, type WallClockReader } from './wire.ts';

/** What became of the single request of an action, before anything is read back. */
type Sent =
  | { kind: 'accepted'; envelope: Envelope }
  /** The platform refused, or the request never left. */
  | { kind: 'refused'; error: AppError }
  /** No trustworthy response: it may have taken effect. */
  | { kind: 'lost'; error: AppError };

/** What the list showed after an action. */
type Seen<T> =
  | { kind: 'yes'; value: T }
  /** The list was read and does not show it; `listings` has one at least, the last one last. */
  | { kind: 'no'; listings: Listing[] }
  | { kind: 'unreadable'; error: AppError };

/** Waits before each read-back: at once, then with pauses for a list that lags behind its own platform. */
const readBackWaitsMs = [0, 300, 800, 1600];
/** Reading back may take this many times the timeout of one request, plus the waits between. */
const patience = 2;
const waitingMs = 3_000;

export type Actions = Pick<
  Dialer,
  'create' | 'update' | 'start' | 'pause' | 'remove' | 'importNumbers' | 'findCreated'
>;

/**
 * The requests that change the platform. Each is sent exactly once, no matter what happens to it; the outcome is then
 * read from the list, because the API document specifies no response for most of them and a response can be lost.
 */
export function createActions(
  http: Http,
  reads: Reads,
  settings: ImportShape & { timeoutMs: number },
  deps: { clock: Clock; readClock: WallClockReader; closing: AbortSignal },
): Actions {
  const { clock, readClock, closing } = deps;
  /** Of many actions at a time, each list shows the effects of all that were answered before it was asked for. */
  const readAfterwards = readingAfterwards(clock, () => reads.list(1));

  async function sendOnce(exchange: Omit<Exchange, 'action'>): Promise<Sent> {
    try {
      return { kind: 'accepted', envelope: await http.send({ ...exchange, action: true }) };
    } catch (thrown) {
      const error = toAppError(thrown);
      return { kind: error.details.maybeSent ? 'lost' : 'refused', error };
    }
  }

  /** Reads until `look` finds what it looks for (null: not yet) or the re-reads are used up. */
  async function readBack<T, R>(read: () => Promise<R>, look: (reading: R) => T | null, rereads = readBackWaitsMs) {
    const until = clock.elapsed() + settings.timeoutMs * patience + waitingMs;
    const readings: R[] = [];
    let error: AppError | null = null;
    for (const wait of rereads) {
      const pause = Math.max(wait, error?.details.retryAfterMs ?? 0);
      if (pause > 0 && (clock.elapsed() + pause >= until || closing.aborted)) break;
      try {
        if (pause > 0) await clock.sleep(pause, closing);
        const reading = await read();
        readings.push(reading);
        error = null;
        const value = look(reading);
        if (value !== null) return { value, readings, error };
      } catch (thrown) {
        error = toAppError(thrown);
      }
    }
    return { value: null, readings, error };
  }

  async function readList<T>(look: (listing: Listing) => T | null, rereads?: number[]): Promise<Seen<T>> {
    const { value, readings, error } = await readBack(readAfterwards, look, rereads);
    if (value !== null) return { kind: 'yes', value };
    if (readings.length > 0) return { kind: 'no', listings: readings };
    return {
      kind: 'unreadable',
      error: error ?? new AppError('platform_timeout', 'the list could not be read in time'),
    };
  }

  /** Switches a task on or off. */
  async function turn(taskId: string, on: boolean, answered: () => void = () => undefined): Promise<Outcome<Task>> {
    const route = on ? '/v1/task/start/{id}' : '/v1/task/stop/{id}';
    const sent = await sendOnce({ method: 'GET', route, taskId });
    answered();
    if (sent.kind === 'refused') return sent;
    const seen = await readList(
      convinced(sent, (listing) => {
        const task = taskIn(listing, taskId);
        return task?.started === on ? task : null;
      }),
    );
    if (seen.kind === 'yes') return { kind: 'done', value: seen.value };
    return goneOr(taskId, sent, seen);
  }

  async function update(taskId: string, draft: TaskDraft): Promise<Outcome<Task>> {
    const sent = await sendOnce({ method: 'PUT', route: '/v1/task/{id}', taskId, body: toWire(draft) });
    if (sent.kind === 'refused') return sent;
    const seen = await readList(
      convinced(sent, (listing) => {
        const task = taskIn(listing, taskId);
        return task && sameDefinition(draftOf(task), draft) ? task : null;
      }),
    );
    if (seen.kind === 'yes') return { kind: 'done', value: seen.value };
    const answered = sent.kind === 'accepted' ? taskOf(sent.envelope.payload, readClock) : null;
    if (seen.kind === 'unreadable' && answered?.id === taskId && sameDefinition(draftOf(answered), draft)) {
      return { kind: 'done', value: answered };
    }
    return goneOr(taskId, sent, seen);
  }

  async function create(draft: TaskDraft, knownIds: ReadonlySet<string>): Promise<Outcome<Task>> {
    const sentAt = clock.now();
    const sent = await sendOnce({ method: 'POST', route: '/v1/task', body: toWire(draft) });
    if (sent.kind === 'refused') return sent;
    const made = sent.kind === 'accepted' ? taskOf(sent.envelope.payload, readClock) : null;
    if (made) {
      // The entity is the platform's own response; the list, if it can be read, adds the names that the entity lacks.
      const seen = await readList((listing) => taskIn(listing, made.id), [0]);
      return { kind: 'done', value: seen.kind === 'yes' ? seen.value : made };
    }
    const seen = await readList((listing) => createdIn(listing.tasks, draft, sentAt, knownIds));
    if (seen.kind === 'yes') return { kind: 'done', value: seen.value };
    return unsettled(sent, seen);
  }

  async function remove(taskId: string): Promise<Outcome<null>> {
    const sent = await sendOnce({ method: 'GET', route: '/v1/task/destroy/{id}', taskId });
    const absentAlready = sent.kind === 'refused' && sent.error.code === 'platform_not_found';
    if (sent.kind === 'refused' && !absentAlready) return sent;
    const seen = await readList(convinced(sent, (listing) => (provesAbsent(listing, taskId) ? true : null)));
    if (seen.kind === 'yes') return { kind: 'done', value: null };
    if (sent.kind === 'refused' && seen.kind === 'no' && seen.listings.some((one) => taskIn(one, taskId))) return sent;
    return unsettled(sent, seen);
  }

  async function importNumbers(taskId: string, batch: readonly PhoneEntry[]): ReturnType<Dialer['importNumbers']> {
    if (batch.length === 0) return { kind: 'done', value: { accepted: 0 } };
    const sent = await sendOnce({
      method: 'POST',
      route: '/v1/task/import_task_customer/{id}',
      taskId,
      body: importBody(batch, settings),
    });
    if (sent.kind === 'refused') return sent;
    if (sent.kind === 'lost') return unknown(sent.error);
    return { kind: 'done', value: { accepted: acceptedOf(sent.envelope.payload, batch.length) } };
  }

  return {
    create,
    update,
    start: (taskId, answered) => turn(taskId, true, answered),
    pause: (taskId, answered) => turn(taskId, false, answered),
    remove,
    importNumbers,
    async findCreated(draft, sentAt, knownIds) {
      return createdIn((await reads.list()).tasks, draft, sentAt, knownIds);
    },
  };
}

/**
 * Without a response, the list is the only evidence, and a lagging list may still show the state before the previous
 * change: a task that was started a moment ago would pass for paused. In that case, the same state must be seen twice.
 */
function convinced<T>(sent: Sent, look: (listing: Listing) => T | null): (listing: Listing) => T | null {
  if (sent.kind !== 'lost') return look;
  let sightings = 0;
  return (listing) => {
    const value = look(listing);
    sightings = value === null ? 0 : sightings + 1;
    return sightings > 1 ? value : null;
  };
}

function taskIn(listing: Listing, taskId: string): Task | null {
  return listing.tasks.find((task) => task.id === taskId) ?? null;
}

function provesAbsent(listing: Listing, taskId: string): boolean {
  return listing.complete && !taskIn(listing, taskId);
}

/**
 * A task that no longer exists cannot have been changed; everything else remains unknown. A single list that lacks it
 * may be an old page, or incomplete.
 */
function goneOr(
  taskId: string,
  sent: Exclude<Sent, { kind: 'refused' }>,
  seen: Exclude<Seen<unknown>, { kind: 'yes' }>,
): Outcome<never> {
  if (seen.kind === 'no' && seen.listings.length > 1 && seen.listings.every((one) => provesAbsent(one, taskId))) {
    return { kind: 'refused', error: new AppError('task_gone', 'the task is no longer in the list') };
  }
  return unsettled(sent, seen);
}

function unsettled(sent: Sent, seen: Exclude<Seen<unknown>, { kind: 'yes' }>): Outcome<never> {
  if (sent.kind !== 'accepted') return unknown(sent.error);
  return unknown(seen.kind === 'unreadable' ? seen.error : null);
}

function unknown(reason: AppError | null): Outcome<never> {
  const why = reason ? `${reason.code}: ${reason.message}` : 'accepted, but the list does not show it';
  const details = { ...reason?.details, maybeSent: true };
  const error = new AppError('outcome_unknown', why, reason ? { details, cause: reason } : { details });
  return { kind: 'unknown', error };
}
