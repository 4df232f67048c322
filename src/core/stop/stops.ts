import type { May } from '../access/permission.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { StopInForce, StoppedTask } from '../model/emergency-stop.ts';
import { createOrderStop, type OrderedStop } from './order-stop.ts';
import { createPausing } from './pausing.ts';
import { createResume, type ResumeDeps, type Resumed, type StopDecision } from './resume.ts';

/** The emergency stop: everything is paused at once, and nothing is started until it is resumed or lifted. */
export interface StopUseCases {
  /** Pauses everything that is on and bars every start. Nobody is refused. Never throws. */
  order(request: { person: PersonRef; channel: ChannelRef }): Promise<OrderedStop>;
  /** The stop in force with its set, in its order; null when there is none. Throws `store_failed`. */
  current(): Promise<{ stop: StopInForce; tasks: StoppedTask[] } | null>;
  /**
   * Starts its set again, each task once, in the order in which they were paused, through the preflight. Throws
   * `AppError`: `not_permitted`, `stop_over`, `already_resuming`, `store_failed`.
   */
  resume(decision: StopDecision): Promise<Resumed>;
  /** Ends it and starts nothing. Throws as `resume`. */
  lift(decision: StopDecision): Promise<void>;
  /**
   * Goes on with what a process that died has left. Call it every few seconds on every bot; with `failed`, pauses that are
   * known to have failed are asked for again. Never throws.
   */
  goOn(how: { failed: boolean }): Promise<void>;
  /** Pauses once more what the stop in force could not pause. Never throws. */
  pauseAgain(): Promise<void>;
}

export function createStopUseCases({ may, ...deps }: ResumeDeps & { may: May }): StopUseCases {
  const pausing = createPausing(deps);
  const { resume, lift, goOn, pauseAgain } = createResume(deps, pausing);
  return {
    order: createOrderStop(deps, pausing),
    async current() {
      const { stop } = await deps.store.stopInForce();
      return stop === null ? null : { stop, tasks: await deps.store.stoppedTasks(stop.id) };
    },
    async resume(decision) {
      await may(decision.person, 'resume', null);
      return resume(decision);
    },
    async lift(decision) {
      await may(decision.person, 'resume', null);
      await lift(decision);
    },
    goOn,
    pauseAgain,
  };
}
