import { type AppError, toAppError } from '../errors.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer, Outcome } from '../ports.ts';
import { justNow } from '../time/just-now.ts';
import type { LookAt } from './shared-look.ts';

/** The attempt to start a task that an emergency stop has paused. */
export interface Resuming {
  stopId: string;
  round: number;
  attempt: string;
  turn: Place;
  look: LookAt;
}

/** The place of a start among others that leave in an order. */
interface Place {
  /** True once the request may be sent; false when none is to be sent any more. */
  comes(): Promise<boolean>;
  /** Called as it is sent. */
  leaves(): void;
  /** Called once it is no longer in flight. */
  answered(): void;
}

/** A start that is asked about. */
interface AskedStart {
  taskId: string;
  /** null for every start but those that end a stop. */
  resuming: Resuming | null;
  /** The attempt of its schedule; absent or null for every other start. */
  scheduled?: string | null;
}

/** What decides whether anything may be started now, whatever the task, and whatever person asks. */
export interface StartGate {
  /**
   * Why that start is barred, null when it is not. `asOf` changes whenever an emergency stop is ordered or ends: what a
   * person was asked as of another number is asked again. Throws `store_failed`: then nothing is started.
   */
  ask(start: AskedStart): Promise<{ bar: AppError | null; asOf: number }>;
}

/**
 * Sends the request of a start unless it is barred at the last moment. The action is stored by then: a stop that is
 * ordered after this look finds it there, and pauses the task.
 */
export async function startThrough(
  { dialer, gate, clock }: { dialer: Pick<Dialer, 'start'>; gate: StartGate; clock: Pick<Clock, 'elapsed'> },
  start: AskedStart,
): Promise<Outcome<Task>> {
  const bar = await justNow(clock, () => gate.ask(start).then(({ bar }) => bar, toAppError));
  if (bar !== null) return { kind: 'refused', error: bar };
  const turn = start.resuming?.turn;
  const started = dialer.start(start.taskId, turn?.answered);
  turn?.leaves();
  return started;
}
