import { AppError, toAppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { StopInForce, StopMessage, StoppedTask } from '../model/emergency-stop.ts';
import type { NewOutboxItem } from '../model/outbox.ts';
import { readAudience } from '../subscriptions/audience.ts';
import { holding, type LeaseSpec } from '../time/leases.ts';
import { stopItem, stopItems } from './messages.ts';
import { notePause, pausingLease, type StopDeps } from './order-stop.ts';
import { createStartAgain, type StartAgainDeps } from './start-again.ts';
import { inTurns } from './turns.ts';

/** What a person decides about. `round`: of the stop as they were shown it. */
export interface StopDecision {
  stopId: string;
  round: number;
  person: PersonRef;
  channel: ChannelRef;
}

/**
 * The set of a stop that was being resumed. `waits` for the platform or the store; `barred` by another stop; `closed`:
 * the legal hours are over, and it has to be resumed once more.
 */
export interface Resumed {
  stop: StopInForce;
  tasks: StoppedTask[];
  ended: 'done' | 'waits' | 'barred' | 'closed';
}

export interface ResumeDeps extends StopDeps, StartAgainDeps {}

/** A resumption that is interrupted goes on by itself for so long, ms; then someone has to ask for it again. */
const goesOnMs = 15 * 60_000;

/** A message names no more tasks than this. */
const maxNamed = 20;

const resumingLease = (owner: string): LeaseSpec => ({ name: 'stop:resuming', owner, ttlMs: 30_000 });

/** Starts the set of a stop again: the requests leave in the order in which the tasks were paused. */
export function createResume(deps: ResumeDeps) {
  const { store, board, clock, newId, maxInFlight } = deps;
  const startAgain = createStartAgain(deps);

  /** The messages to everybody, and to the person unless they are answered here. */
  const messages = async (
    stop: StopInForce,
    said: Pick<StopMessage, 'event' | 'person'> & Partial<StopMessage>,
    { tasks, answered }: { tasks: readonly StoppedTask[]; answered: boolean },
  ): Promise<NewOutboxItem[]> => {
    const audience = await readAudience(store);
    const message: StopMessage = { ...nothingSaid, ...said, at: clock.now(), stop: stop.id, round: stop.round };
    const runners = tasks.flatMap(({ taskId }) => board.get(taskId)?.runBy ?? []);
    const own = answered ? [] : [stopItem(said.person, message)];
    return [...stopItems(message, audience, runners), ...own];
  };

  /** The tasks that are left, in their order. The lease of the resumption is held. */
  const startAll = async (stop: StopInForce): Promise<Resumed['ended']> => {
    const tasks = await store.stoppedTasks(stop.id);
    for (const { taskId, state } of tasks) {
      const of = { stopId: stop.id, taskId, from: ['wanted'] } as const;
      if (state === 'wanted') await store.moveStopped(of, { state: 'left', why: 'not_paused' });
    }
    const open = tasks.filter(({ state }) => state === 'paused' || state === 'begun');
    const halt = await inTurns(open, maxInFlight, async (task, turn) => {
      const again = await startAgain(stop, task, turn);
      return again === 'settled' ? null : again;
    });
    if (halt === null) return 'done';
    return halt === 'later' ? 'waits' : halt;
  };

  /** Goes on with a resumption, and ends it once nothing is left. `answered`: the caller answers its person. */
  const goOn = async (stop: StopInForce, answered: boolean): Promise<Resumed> => {
    const { id, round, resumedBy } = stop;
    const ended = await startAll(stop);
    const tasks = await store.stoppedTasks(id);
    const of = { id, round, from: ['resuming'] } as const;
    if (ended === 'done' && resumedBy !== null) {
      const said = { event: 'resumed', person: resumedBy.person, ...summaryOf(tasks) } as const;
      await store.moveStop(of, { state: 'over' }, await messages(stop, said, { tasks, answered }));
      deps.changed();
    }
    if (ended === 'closed') await putOff(stop, tasks, answered);
    return { stop, tasks, ended };
  };

  /** It does not go on by itself: someone has to resume it again, and is notified unless they are answered. */
  const putOff = async (stop: StopInForce, tasks: readonly StoppedTask[], answered: boolean): Promise<void> => {
    const { id, round, resumedBy } = stop;
    const said = { ...summaryOf(tasks), event: 'interrupted', at: clock.now(), stop: id, round } as const;
    const { person } = resumedBy ?? stop;
    const told = answered ? [] : [stopItem(person, { ...said, person })];
    await store.moveStop({ id, round, from: ['resuming'] }, { state: 'on' }, told);
    deps.changed();
  };

  const decided = async ({ stopId, round }: StopDecision): Promise<StopInForce> => {
    const { stop } = await store.stopInForce();
    if (stop === null || stop.id !== stopId || stop.round !== round) {
      throw new AppError('stop_over', 'that stop is over, or was ordered anew');
    }
    return stop;
  };

  return {
    /** Throws `AppError`: `stop_over`, `already_resuming`, `store_failed`. */
    async resume(decision: StopDecision): Promise<Resumed> {
      const { person, channel } = decision;
      const act = async (): Promise<Resumed> => {
        const stop = await decided(decision);
        const resumedBy = { person, channel, at: clock.now() };
        const change = { state: 'resuming', resumedBy, doubted: false } as const;
        if (!(await store.moveStop({ ...stop, from: ['on', 'resuming'] }, change))) {
          throw new AppError('stop_over', 'the stop was changed meanwhile');
        }
        return goOn({ ...stop, ...change }, true);
      };
      return holding(deps, resumingLease(newId()), act, () => {
        throw new AppError('already_resuming', 'another process resumes the stop');
      });
    },

    /** Ends the stop and starts nothing. Throws as `resume`. */
    async lift(decision: StopDecision): Promise<void> {
      const act = async (): Promise<void> => {
        const stop = await decided(decision);
        const tasks = await store.stoppedTasks(stop.id);
        const said = { event: 'lifted', person: decision.person } as const;
        const items = await messages(stop, said, { tasks, answered: true });
        if (!(await store.moveStop({ ...stop, from: ['on', 'resuming'] }, { state: 'over' }, items))) {
          throw new AppError('stop_over', 'the stop was changed meanwhile');
        }
        deps.changed();
      };
      await holding(deps, resumingLease(newId()), act, () => {
        throw new AppError('already_resuming', 'another process resumes the stop');
      });
    },

    /**
     * Goes on with what a process that died has left: the pauses of a stop, and its resumption. Call it from time to
     * time; what a living process is at is left to it. Never throws.
     */
    goOn: () => continuing((stop) => (stop.state === 'on' ? goOnPausing(deps, stop) : goOnResuming(stop))),

    /** Pauses once more what may still be on: nobody is asked about a resumption before. Never throws. */
    pauseAgain: () => continuing(async (stop) => (stop.state === 'on' ? goOnPausing(deps, stop) : undefined)),
  };

  async function continuing(act: (stop: StopInForce) => Promise<void>): Promise<void> {
    try {
      const { stop } = await store.stopInForce();
      if (stop !== null && !stop.doubted) await act(stop);
    } catch (thrown) {
      const { code, message } = toAppError(thrown);
      deps.log.error('an emergency stop could not be continued', { code, reason: message });
    }
  }

  async function goOnResuming(found: StopInForce): Promise<void> {
    const act = async (): Promise<void> => {
      const { stop } = await store.stopInForce();
      if (stop === null || stop.id !== found.id || stop.state !== 'resuming' || stop.resumedBy === null) return;
      // A clock that was set since ends it as well: someone is asked once more.
      if (Math.abs(clock.now() - stop.resumedBy.at) <= goesOnMs) {
        await goOn(stop, false);
        return;
      }
      await putOff(stop, await store.stoppedTasks(stop.id), false);
    };
    await holding(deps, resumingLease(newId()), act, () => undefined);
  }
}

const nothingSaid = { count: 0, others: 0, left: [] } as const satisfies Partial<StopMessage>;

/** How many were started, and which were not. */
function summaryOf(tasks: readonly StoppedTask[]): Pick<StopMessage, 'count' | 'others' | 'left'> {
  const left = tasks.flatMap(({ taskId, name, why, state }) =>
    state === 'left' && why !== null ? [{ taskId, name, why }] : [],
  );
  const count = tasks.filter(({ state }) => state === 'started').length;
  return { count, others: left.length, left: left.slice(0, maxNamed) };
}

/** Tasks that were to be paused when their process died, or could not be. */
async function goOnPausing(deps: StopDeps, found: StopInForce): Promise<void> {
  const { store, clock, newId } = deps;
  const wanted = async (): Promise<StoppedTask[]> =>
    (await store.stoppedTasks(found.id)).filter(({ state }) => state === 'wanted');
  if (found.reported && (await wanted()).length === 0) return;
  const act = async (): Promise<void> => {
    const { stop } = await store.stopInForce();
    if (stop === null || stop.id !== found.id || stop.round !== found.round || stop.state !== 'on') return;
    const { person, channel, id: stopId, round } = stop;
    const waiting = await wanted();
    const next = async (): Promise<void> => {
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
        const { taskId } = task;
        const result = await deps.tasks.pause({ taskId, person, channel, ofStop: true });
        await notePause(store, { stopId, taskId }, result);
      }
    };
    await Promise.all(Array.from({ length: deps.maxInFlight }, next));
    if (stop.reported) return;
    const tasks = await store.stoppedTasks(stopId);
    const left = tasks.flatMap(({ taskId, name, state }) =>
      state === 'wanted' ? [{ taskId, name, why: 'not_paused' as const }] : [],
    );
    const count = tasks.filter(({ state }) => state === 'paused').length;
    const said = { event: 'paused', person, at: clock.now(), stop: stopId, round, count, others: left.length } as const;
    const item = stopItem(person, { ...said, left: left.slice(0, maxNamed) });
    await store.moveStop({ id: stopId, round, from: ['on'] }, { reported: true }, [item]);
    deps.changed();
  };
  await holding(deps, pausingLease(newId()), act, () => undefined);
}
