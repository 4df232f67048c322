import { type AppError, type ErrorCode, mayPass, toAppError } from '../errors.ts';
import type { MomentAction, MomentResult, Schedule } from '../model/schedule.ts';
import type { Task } from '../model/task.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import type { StartResult } from '../tasks/requests.ts';
import type { Board } from '../watch/board.ts';
import type { OpenActions } from '../watch/ports.ts';

/** What came of acting on a moment once. `later`: nothing was done, and it may work in a moment. */
export type Acted =
  | { kind: 'settled'; result: MomentResult; trouble: Trouble | null }
  | { kind: 'gone' }
  | { kind: 'later'; error: AppError | null }
  /** The request may have had an effect. */
  | { kind: 'unknown'; error: AppError };

/** Why a start was not made. */
export interface Trouble {
  items: string[];
  /** The task by which they were found. */
  task: Task | null;
  room: number | null;
  error: { code: ErrorCode; hours: string | null } | null;
}

export interface ActDeps {
  tasks: Pick<TaskUseCases, 'start' | 'pause' | 'card'>;
  board: Pick<Board, 'get'>;
  store: Pick<OpenActions, 'underWay'>;
  /**
   * Keeps imports into a task from starting it. Returns whether a start of theirs is on its way already. Throws
   * `store_failed`.
   */
  withdrawStarts(taskId: string): Promise<boolean>;
}

/** Starts the task of a schedule in the name of its owner, by the way of all starts. Never throws. */
export async function startScheduled(
  { tasks }: Pick<ActDeps, 'tasks'>,
  { taskId, owner, channel, accepted, agreed }: Schedule,
  attempt: string,
): Promise<Acted> {
  const asked = { accepted, agreed, scheduled: attempt };
  return startedAs(await tasks.start({ taskId, person: owner, channel, ...asked }));
}

const settled = (result: MomentResult, trouble: Partial<Trouble> | null = null): Acted => ({
  kind: 'settled',
  result,
  trouble: trouble === null ? null : { items: [], task: null, room: null, error: null, ...trouble },
});

function startedAs(answer: StartResult): Acted {
  switch (answer.kind) {
    case 'done':
      return settled('done');
    case 'overtaken':
      return settled('overtaken');
    case 'busy':
      return { kind: 'later', error: null };
    case 'unknown':
      return { kind: 'unknown', error: answer.error };
    case 'ask':
    case 'stopped': {
      const items = answer.preflight.items.map(({ code }) => code);
      return items.includes('already_started')
        ? settled('already')
        : settled('refused', { items, task: answer.card.task, room: answer.preflight.room });
    }
    case 'refused':
      return refusedAs(answer.error);
  }
}

function refusedAs(error: AppError): Acted {
  const { code, details } = error;
  if (code === 'task_gone') return { kind: 'gone' };
  // Someone changed the schedule at this moment.
  if (code === 'schedule_changed') return settled('overtaken');
  if (mayPass(error)) return { kind: 'later', error };
  return settled('refused', { error: { code, hours: details.hours ?? null } });
}

/**
 * Keeps what was to start the task later from doing so, and returns whether it is paused by all that is known: one look
 * proves nothing, two do, and nothing that is under way may start it. Throws `store_failed`.
 */
export async function isLeftPaused({ tasks, board, store, withdrawStarts }: ActDeps, taskId: string): Promise<boolean> {
  if (await withdrawStarts(taskId)) return false;
  const known = board.get(taskId);
  if (known === null || known.task.started || known.doubt !== null) return false;
  const { acting, open } = await store.underWay();
  if (acting.has(taskId) || open.some((action) => action.taskId === taskId)) return false;
  const read = await tasks.card(taskId).catch(toAppError);
  return !(read instanceof Error) && !read.task.started;
}

/**
 * Whether a second look bears out that a task is off that was last seen off, before its schedule gives way to that. A pause
 * too many does no harm, so it takes all that is known; against a start, the first look is enough where there is no other.
 * Throws `store_failed`.
 */
export async function isSurelyOff(deps: ActDeps, taskId: string, action: MomentAction): Promise<boolean> {
  if (action === 'pause') return isLeftPaused(deps, taskId);
  const read = await deps.tasks.card(taskId).catch(toAppError);
  return read instanceof Error || !read.task.started;
}

/** Pauses the task of a schedule in the name of its owner. Never throws. */
export async function pauseScheduled(
  { tasks }: Pick<ActDeps, 'tasks'>,
  { taskId, owner, channel }: Schedule,
  attempt: string,
): Promise<Acted> {
  const answer = await tasks.pause({ taskId, person: owner, channel, scheduled: attempt });
  switch (answer.kind) {
    case 'done':
      return settled('done');
    case 'busy':
      return { kind: 'later', error: null };
    case 'unknown':
      return { kind: 'later', error: answer.error };
    case 'refused':
      return answer.error.code === 'task_gone' ? { kind: 'gone' } : { kind: 'later', error: answer.error };
  }
}
