import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import { type StopInForce, type StoppedTask, stopStates } from '../model/emergency-stop.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Log } from '../ports.ts';
import { readAudience } from '../subscriptions/audience.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import type { MetadataCache } from '../tasks/metadata-cache.ts';
import { createPauseMany, isGone, type NotPaused, type PauseManyDeps } from '../tasks/pause-many.ts';
import { leftOf, preflight } from '../tasks/preflight.ts';
import type { ActionResult } from '../tasks/requests.ts';
import { createLease, type LeaseStore } from '../time/leases.ts';
import { persistently } from '../time/persistently.ts';
import { within } from '../time/waiting.ts';
import type { Board } from '../watch/board.ts';
import type { Changes, OpenActions } from '../watch/ports.ts';
import { refreshBoard } from '../watch/refresh.ts';
import { stopItems } from './messages.ts';
import type { NewStopped, Stops } from './ports.ts';

/** An emergency stop, and what became of the pauses. */
export interface OrderedStop {
  /** null: the store does not answer, so the set is not remembered and starts are not barred yet. */
  stop: StopInForce | null;
  /** It was in force before: what had been switched on since is paused as well. */
  already: boolean;
  paused: CardData[];
  failed: NotPaused[];
  /** The list could not be read: a task that was switched on a moment ago may be missing. */
  isIncomplete: boolean;
}

export interface StopDeps extends Pick<PauseManyDeps, 'list' | 'withdrawStarts' | 'maxInFlight' | 'signal'> {
  store: Stops & OpenActions & Changes & AudienceStore & LeaseStore;
  board: Board;
  clock: Clock;
  log: Pick<Log, 'error' | 'info'>;
  newId(): string;
  tasks: Pick<TaskUseCases, 'start' | 'pause'>;
  metadata: Pick<MetadataCache, 'last'>;
  /** Something is to be shown in channels. */
  changed(): void;
}

/** The first pause waits no longer for our store, ms; and the answer no longer for what is noted of them. */
const rememberedWithinMs = 1_000;
const notedWithinMs = 3_000;

/** A pause that fails is asked for again so often, in so many ms. */
const again = { passes: 3, withinMs: 30_000 };

/** Held while a stop pauses its tasks, for others to leave it to that process. */
export const pausingLease = (owner: string) => ({ name: 'stop:pausing', owner, ttlMs: 30_000 });

/**
 * Pauses everything that is on, and remembers it: the stop and its set are stored before the first request leaves,
 * unless the store takes longer than a second, for no store may keep calls from being stopped. From then on no task is
 * started, and what was on its way is paused as well. Never throws.
 */
export function createOrderStop(deps: StopDeps) {
  const { store, board, clock, log, newId, tasks, signal } = deps;
  const keep = { clock, log, stopping: signal };

  const order = async (person: PersonRef, channel: ChannelRef) => {
    const audience = await readAudience(store);
    const given = { id: newId(), person, channel, at: clock.now(), reported: false, resumedBy: null, doubted: false };
    const runners = board.all().flatMap(({ task, runBy }) => (task.started && runBy !== null ? [runBy] : []));
    return store.orderStop(given, [], ({ id, round }) =>
      stopItems(
        { event: 'stopped', person, at: given.at, stop: id, round, count: 0, others: 0, left: [] },
        audience,
        runners,
      ),
    );
  };

  return async ({ person, channel }: { person: PersonRef; channel: ChannelRef }): Promise<OrderedStop> => {
    const lease = createLease(deps, pausingLease(newId()));
    const leased = lease.take().then(
      () => lease.keep(),
      () => async () => undefined,
    );
    const stored: { order: Awaited<ReturnType<typeof order>> | null } = { order: null };
    const ordering = persistently(keep, async () => {
      stored.order = await order(person, channel);
      deps.changed();
    });
    const noting: Promise<void>[] = [];
    /** Once the stop is stored. */
    const note = (write: (stop: StopInForce) => Promise<unknown>): Promise<void> => {
      const noted = ordering.then(() => persistently(keep, async () => stored.order && write(stored.order.stop)));
      noting.push(noted);
      return noted;
    };
    const soon = (work: Promise<unknown>, ms: number): Promise<unknown> => within(clock, { ms }, work, () => undefined);
    const inSet = new Set<string>();
    const remember = async (on: readonly Task[]): Promise<void> => {
      const added = on.filter(({ id }) => !inSet.has(id));
      for (const { id } of added) inSet.add(id);
      await soon(
        note(({ id }) =>
          store.addStopped(
            id,
            added.map((task) => asStopped(task, deps)),
          ),
        ),
        rememberedWithinMs,
      );
    };

    const pauseMany = createPauseMany({
      ...deps,
      again,
      found: remember,
      async list() {
        // A start that was recorded before the stop was is shown by what is read after it.
        await soon(ordering, rememberedWithinMs);
        return deps.list();
      },
      async pause(request) {
        const result = await tasks.pause({ ...request, ofStop: true });
        void note(({ id: stopId }) => notePause(store, { stopId, taskId: request.taskId }, result));
        return result;
      },
      async withdrawStarts(isMeant) {
        // What is stored of a start before this is found here, and what is stored after it is barred.
        await ordering;
        const [begun, underWay] = await Promise.all([deps.withdrawStarts(isMeant), startsUnderWay(deps)]);
        await refreshBoard(board, store).catch(() => undefined);
        const on = board.all().flatMap(({ task }) => (task.started ? [task] : []));
        await remember(on);
        return new Set([...begun, ...underWay, ...on.map(({ id }) => id)]);
      },
    });
    const { paused, failed, isIncomplete } = await pauseMany({ scope: { kind: 'all' }, person, channel });
    await soon(Promise.all(noting), notedWithinMs);
    const { order: known } = stored;
    if (known !== null)
      void note(({ id, round }) => store.moveStop({ id, round, from: stopStates }, { reported: true }));
    void leased.then((stop) => stop()).then(() => lease.release());
    return { stop: known?.stop ?? null, already: known?.isNew === false, paused, failed, isIncomplete };
  };
}

/** What a pause by a stop means for its set. */
export async function notePause(
  store: Pick<Stops, 'moveStopped'>,
  of: { stopId: string; taskId: string },
  result: ActionResult,
): Promise<void> {
  const change: Partial<StoppedTask> | null =
    result.kind === 'done' ? { state: 'paused' } : isGone(result) ? { state: 'left', why: 'gone' } : null;
  if (change !== null) await store.moveStopped({ ...of, from: ['wanted'] }, change);
}

/** The tasks that are being started now, or were without a known outcome. */
async function startsUnderWay({ store, clock, log, signal }: StopDeps): Promise<string[]> {
  let starting: string[] = [];
  await persistently({ clock, log, stopping: signal }, async () => {
    const { open } = await store.underWay();
    const isOpen = ({ kind, state }: (typeof open)[number]): boolean =>
      kind === 'start' && (state === 'working' || state === 'unknown');
    starting = open.filter(isOpen).map(({ taskId }) => taskId);
  });
  return starting;
}

/** A task as it enters the set: with what would have been asked had it been started at this moment. */
function asStopped(task: Task, { metadata, clock, board }: Pick<StopDeps, 'metadata' | 'clock' | 'board'>): NewStopped {
  const conditions = {
    metadata: metadata.last()?.metadata ?? null,
    now: clock.now(),
    askAbove: Number.POSITIVE_INFINITY,
    mates: board.all().filter((reading) => reading.task.line.id === task.line.id),
  };
  const { items } = preflight({ ...task, started: false }, conditions);
  const accepted = items.flatMap(({ level, code }) => (level === 'amber' ? [code] : []));
  return { taskId: task.id, name: task.name, left: leftOf(task), accepted };
}
