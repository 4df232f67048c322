import { AppError, toAppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import { openStates, type StopInForce, type StopMessage, type StoppedTask } from '../model/emergency-stop.ts';
import type { NewOutboxItem } from '../model/outbox.ts';
import { readAudience } from '../subscriptions/audience.ts';
import { holding, type LeaseSpec } from '../time/leases.ts';
import type { StopDeps } from './deps.ts';
import { maxNamed, stopItem, stopItems } from './messages.ts';
import type { Pausing } from './pausing.ts';
import { createStartAgain, type StartAgainDeps } from './start-again.ts';
import { createTakeOver, goesOnMs } from './take-over.ts';
import { inTurns } from './turns.ts';
import { verifyOn } from './verify-on.ts';

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

/** A resumption that came to a halt is taken up again after so long, ms. */
const pausesMs = 5_000;

const resumingLease = (owner: string): LeaseSpec => ({ name: 'stop:resuming', owner, ttlMs: 30_000 });

/** Starts the set of a stop again: the requests leave in the order in which the tasks were paused. */
export function createResume(deps: ResumeDeps, pausing: Pausing) {
  const { store, board, clock, newId, maxInFlight } = deps;
  const takeOver = createTakeOver(deps, pausing);
  /** By `Clock.elapsed`. */
  let notBefore = Number.NEGATIVE_INFINITY;

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
    const startAgain = createStartAgain(deps, pausing);
    const tasks = await store.stoppedTasks(stop.id);
    const open = tasks.filter(({ state }) => openStates.some((one) => one === state));
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
    if (ended === 'done') await verify(stop);
    const tasks = await store.stoppedTasks(id);
    if (ended === 'done' && resumedBy !== null) {
      const of = { id, round, from: ['resuming'], settled: true } as const;
      const said = { event: 'resumed', person: resumedBy.person, ...summaryOf(tasks) } as const;
      const isOver = await store.moveStop(of, { state: 'over' }, await messages(stop, said, { tasks, answered }));
      // A process that was taken for dead still holds one of its tasks.
      if (!isOver) return { stop, tasks, ended: 'waits' };
      deps.changed();
    }
    if (ended === 'closed') await putOff(stop, tasks, answered);
    return { stop, tasks, ended };
  };

  /** Never throws: what cannot be verified now was seen to be on when it was started. */
  const verify = async (stop: StopInForce): Promise<void> => {
    try {
      await verifyOn(deps, stop, await store.stoppedTasks(stop.id));
    } catch (thrown) {
      deps.log.error('a resumption could not be verified', { code: toAppError(thrown).code });
    }
  };

  /** It does not go on by itself: someone has to resume it again, and is notified unless they are answered. */
  const putOff = async (stop: StopInForce, tasks: readonly StoppedTask[], answered: boolean): Promise<void> => {
    const { id, round, resumedBy } = stop;
    const said = { ...summaryOf(tasks), event: 'interrupted', at: clock.now(), stop: id, round } as const;
    const { person } = resumedBy ?? stop;
    const reports = answered ? [] : [stopItem(person, { ...said, person })];
    // What the resumption has started was on its way for a reason: nobody looks for what the stop has missed any more.
    await store.moveStop({ id, round, from: ['resuming'] }, { state: 'on', reported: true }, reports);
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
     * Goes on with what a process that died has left: the pauses of a stop, and its resumption. Call it every few
     * seconds; what a living process is at is left to it. With `failed`, pauses that are known to have failed are asked
     * for again. Never throws.
     */
    goOn: ({ failed }: { failed: boolean }) =>
      continuing((stop) => (stop.state === 'on' ? takeOver(stop, { failed }) : goOnResuming(stop))),

    /** Pauses once more what may still be on: nobody is asked about a resumption before. Never throws. */
    pauseAgain: () => continuing(async (stop) => (stop.state === 'on' ? takeOver(stop, { failed: true }) : undefined)),
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
    if (clock.elapsed() < notBefore) return;
    const act = async (): Promise<void> => {
      const { stop } = await store.stopInForce();
      if (stop === null || stop.id !== found.id || stop.state !== 'resuming' || stop.resumedBy === null) return;
      // A clock that was set since ends it as well: someone is asked once more.
      if (Math.abs(clock.now() - stop.resumedBy.at) <= goesOnMs) {
        const { ended } = await goOn(stop, false);
        if (ended === 'waits') notBefore = clock.elapsed() + pausesMs;
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
