import type { Clock } from '../ports.ts';
import { patiently } from '../time/waiting.ts';
import type { TaskUseCases } from './actions.ts';
import type { StartRequest, StartResult } from './requests.ts';

/** How often, and after how long, a start is tried again while another action on the task is in progress, ms. */
const busyPausesMs = [1_000, 2_000, 4_000, 8_000];

/** A platform that asks to wait for longer, or more often, is not asked again. */
export const startPatience = { maxWaits: 5, maxWaitMs: 60_000 };

/** One start, by the preflight; tried again only while something keeps its request from being sent at all. */
export async function startPatiently(
  {
    tasks,
    clock,
    signal,
  }: { tasks: Pick<TaskUseCases, 'start'>; clock: Pick<Clock, 'sleep'>; signal: AbortSignal | undefined },
  request: StartRequest,
): Promise<StartResult> {
  return patiently(clock, { ...startPatience, signal }, () => tasks.start(request), waitsOfStart());
}

/** How long to wait before a start is tried again, by its answers one after the other, ms; null: it is not. */
export function waitsOfStart(): (answer: StartResult) => number | null {
  let busy = 0;
  return (answer) => {
    if (answer.kind === 'refused') return answer.error.details.retryAfterMs ?? null;
    if (answer.kind !== 'busy') return null;
    busy += 1;
    return busyPausesMs[busy - 1] ?? null;
  };
}
