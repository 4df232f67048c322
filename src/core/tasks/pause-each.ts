import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { Task } from '../model/task.ts';
import type { Clock } from '../ports.ts';
import { createSlots, unsettledPerSlot } from '../time/slots.ts';
import { patiently } from '../time/waiting.ts';
import type { TaskUseCases } from './actions.ts';
import type { ActionResult } from './requests.ts';

export type NamedTask = Pick<Task, 'id' | 'name'>;

/** A task, and what came of its pause. */
export interface Attempted {
  task: NamedTask;
  result: ActionResult;
}

export interface PauseEachDeps {
  clock: Clock;
  pause: TaskUseCases['pause'];
  /** Requests in flight at a time. */
  maxInFlight: number;
  /** Aborted when the process stops. */
  signal: AbortSignal;
}

/** How often a pause that failed is asked for again, and how long after the first one no more, ms. */
export interface PausePasses {
  passes: number;
  withinMs: number;
}

/** The pauses of many tasks, in the order in which they are given. */
interface PauseEach {
  /** By task id. */
  outcomes: ReadonlyMap<string, Attempted>;
  send(tasks: readonly NamedTask[]): Promise<void>;
  /** Asks again for what failed, unless `isOver` says that nothing is left to be paused. */
  sendAgain(again: PausePasses, isOver: (attempted: Attempted) => boolean): Promise<void>;
}

/** A platform that asks to wait for longer, or more often for one task, is not asked again. */
const patience = { maxWaits: 20, maxWaitMs: 60_000 };

/**
 * Pauses tasks, a few requests in flight at a time: the next one leaves while the effects of earlier ones are looked for.
 * A platform that asks to wait holds up all of them.
 */
export function createPauseEach(
  { clock, pause, maxInFlight, signal }: PauseEachDeps,
  { person, channel }: { person: PersonRef; channel: ChannelRef },
): PauseEach {
  const outcomes = new Map<string, Attempted>();
  const takeSlot = createSlots(maxInFlight);
  /** Until when the platform wants to be left alone, by `Clock.elapsed`: one refusal holds for all. */
  let quietUntil = Number.NEGATIVE_INFINITY;

  const sendOne = async ({ id, name }: NamedTask): Promise<void> => {
    const attempt = async (): Promise<ActionResult> => {
      const answered = await takeSlot();
      try {
        const wait = quietUntil - clock.elapsed();
        if (wait > 0) await clock.sleep(wait, signal);
        const result = await pause({ taskId: id, person, channel, together: true, answered });
        const asked = waitOf(result);
        if (asked !== null) quietUntil = Math.max(quietUntil, clock.elapsed() + Math.min(asked, patience.maxWaitMs));
        return result;
      } finally {
        answered();
      }
    };
    const result = await patiently(clock, { ...patience, signal }, attempt, (made) =>
      // The wait itself is the one that holds for all.
      waitOf(made) === null ? null : 0,
    );
    outcomes.set(id, { task: { id, name }, result });
  };
  const send = async (tasks: readonly NamedTask[]): Promise<void> => {
    const waiting = [...tasks];
    const next = async (): Promise<void> => {
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await sendOne(task);
    };
    await Promise.all(Array.from({ length: Math.min(maxInFlight * unsettledPerSlot, waiting.length) }, next));
  };

  return {
    outcomes,
    send,
    async sendAgain({ passes, withinMs }, isOver) {
      const began = clock.elapsed();
      for (let pass = 0; pass < passes && !signal.aborted; pass += 1) {
        const failed = [...outcomes.values()].filter((one) => one.result.kind !== 'done' && !isOver(one));
        if (failed.length === 0 || clock.elapsed() - began > withinMs) return;
        await send(failed.map(({ task }) => task));
      }
    },
  };
}

/** How long the platform asks to wait, ms; null when it does not. */
function waitOf(result: ActionResult): number | null {
  return result.kind === 'refused' ? (result.error.details.retryAfterMs ?? null) : null;
}
