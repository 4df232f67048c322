import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { EmergencyStop, StopInForce, StoppedTask } from '../model/emergency-stop.ts';
import type { Task } from '../model/task.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import { isGivenUp } from '../tasks/pause.ts';
import { createPauseEach, type PausePasses } from '../tasks/pause-each.ts';
import { createPauseMany, isGone } from '../tasks/pause-many.ts';
import { leftOf, preflight } from '../tasks/preflight.ts';
import type { ActionResult } from '../tasks/requests.ts';
import type { LeaseSpec } from '../time/leases.ts';
import { persistently } from '../time/persistently.ts';
import { within } from '../time/waiting.ts';
import { refreshBoard } from '../watch/refresh.ts';
import type { StopDeps } from './deps.ts';
import type { NewStopped, Stops } from './ports.ts';

type Paused = Awaited<ReturnType<ReturnType<typeof createPauseMany>>>;

/** A stop that is being stored, for as long as the store takes. */
interface Storing {
  person: PersonRef;
  channel: ChannelRef;
  stored: Promise<void>;
  /** null until it is. */
  stop(): StopInForce | null;
}

/** The first pause waits no longer for our store, ms; and the answer no longer for what is noted of them. */
const rememberedWithinMs = 1_000;
const notedWithinMs = 3_000;

/** A pause that fails is asked for again so often, in so many ms. */
const again: PausePasses = { passes: 3, withinMs: 30_000 };

/**
 * Held while a stop pauses its tasks, for others to leave it to that process. It only spares the platform: two that pause
 * the same tasks do no harm, so it ends soon after a process has died or stands still.
 */
export const pausingLease = (owner: string): LeaseSpec => ({ name: 'stop:pausing', owner, ttlMs: 3_000 });

/** Pauses what is on, or was found to be, and notes in the set of the stop what came of it. */
export interface Pausing {
  /**
   * Everything that is on: what this bot knows of leaves at once, unless the store takes a second to note it. Safe to
   * repeat: `before` are the tasks that were found by then. Never throws.
   */
  everything(storing: Storing, before?: readonly StoppedTask[]): Promise<Paused>;
  /** Those of the set, while the stop is in that state. Asks again for what fails, unless `once`. Never throws. */
  these(
    stop: Pick<StopInForce, 'id' | 'round' | 'state' | 'person' | 'channel'>,
    tasks: readonly StoppedTask[],
    how?: { once: boolean },
  ): Promise<void>;
}

export function createPausing(deps: StopDeps): Pausing {
  const { store, board, clock, log, tasks, signal } = deps;
  const keep = { clock, log, stopping: signal };

  /** No pause of a stop leaves once that is being resumed, or was ordered anew: it might undo a start. */
  const pauseOf =
    (stop: () => Pick<StopInForce, 'id' | 'round' | 'state'> | null): TaskUseCases['pause'] =>
    (request) =>
      tasks.pause({
        ...request,
        ofStop: true,
        async stillWanted() {
          const known = stop();
          return known === null || isAt(await store.stopOf(known.id), known);
        },
      });

  return {
    async everything({ stored, stop, ...by }, before = []) {
      const noting: Promise<void>[] = [];
      /** Once the stop is stored. */
      const note = (write: (stop: StopInForce) => Promise<unknown>): Promise<void> => {
        const noted = stored.then(() =>
          persistently(keep, async () => {
            const known = stop();
            if (known !== null) await write(known);
          }),
        );
        noting.push(noted);
        return noted;
      };
      const soon = (work: Promise<unknown>, ms: number): Promise<unknown> =>
        within(clock, { ms }, work, () => undefined);
      const inSet = new Set<string>();
      /** All were on when everything was stopped. */
      const wereOn = new Set(before.map(({ taskId }) => taskId));
      const remember = async (on: readonly Task[]): Promise<void> => {
        const added = on.filter(({ id }) => !inSet.has(id));
        for (const { id } of added) inSet.add(id);
        for (const { id } of added) wereOn.add(id);
        await soon(
          note((known) =>
            store.addStopped(
              known,
              added.map((task) => asStopped(task, wereOn, deps)),
            ),
          ),
          rememberedWithinMs,
        );
      };
      const pause = pauseOf(stop);
      const pauseMany = createPauseMany({
        ...deps,
        again,
        found: remember,
        async list() {
          // A start that was recorded before the stop was is shown by what is read after it.
          await soon(stored, rememberedWithinMs);
          return deps.list();
        },
        async pause(request) {
          const result = await pause(request);
          void note(({ id: stopId }) => notePause(store, { stopId, taskId: request.taskId }, result));
          return result;
        },
        async withdrawStarts(isMeant) {
          // What is stored of a start before this is found here, and what is stored after it is barred.
          await stored;
          const [begun, underWay] = await Promise.all([deps.withdrawStarts(isMeant), startsUnderWay(deps)]);
          await refreshBoard(board, store).catch(() => undefined);
          const on = board.all().flatMap(({ task }) => (task.started ? [task] : []));
          await remember(on);
          return new Set([...begun, ...underWay, ...on.map(({ id }) => id)]);
        },
      });
      const paused = await pauseMany({ scope: { kind: 'all' }, ...by });
      await soon(Promise.all(noting), notedWithinMs);
      return paused;
    },

    async these(stop, stopped, { once } = { once: false }) {
      const pause = pauseOf(() => stop);
      const each = createPauseEach(
        {
          ...deps,
          async pause(request) {
            const result = await pause(request);
            await persistently(keep, () => notePause(store, { stopId: stop.id, taskId: request.taskId }, result));
            return result;
          },
        },
        stop,
      );
      await each.send(stopped.map(({ taskId: id, name }) => ({ id, name })));
      if (!once) await each.sendAgain(again, ({ result }) => isGone(result) || isGivenUp(result));
    },
  };
}

/** Whether the stop is still as it was known. */
const isAt = (now: EmergencyStop | null, known: Pick<StopInForce, 'round' | 'state'>): boolean =>
  now?.round === known.round && now.state === known.state;

/** What a pause by a stop means for its set. */
async function notePause(
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

/**
 * A task as it enters the set: with what would have been asked had it been started while all that were on still were, some
 * of which may be paused by now.
 */
function asStopped(
  task: Task,
  wereOn: ReadonlySet<string>,
  { metadata, clock, board }: Pick<StopDeps, 'metadata' | 'clock' | 'board'>,
): NewStopped {
  const conditions = {
    metadata: metadata.last()?.metadata ?? null,
    now: clock.now(),
    askAbove: Number.POSITIVE_INFINITY,
    mates: board
      .all()
      .filter((reading) => reading.task.line.id === task.line.id)
      .map((reading) =>
        wereOn.has(reading.task.id) ? { ...reading, task: { ...reading.task, started: true } } : reading,
      ),
  };
  const { items } = preflight({ ...task, started: false }, conditions);
  const accepted = items.flatMap(({ level, code }) => (level === 'amber' ? [code] : []));
  return { taskId: task.id, name: task.name, left: leftOf(task), accepted };
}
