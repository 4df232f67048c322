import type { May } from '../access/permission.ts';
import { AppError, toAppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import { draftOf, rawOf, type TaskDraft } from '../model/fields.ts';
import type { Task } from '../model/task.ts';
import type { Clock } from '../ports.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import type { FieldIssue } from '../tasks/checked.ts';
import { currentLine } from '../tasks/choices.ts';
import { checkDraft } from '../tasks/draft.ts';
import type { FormChoices } from '../tasks/form-choices.ts';

/** A task of the move, with the concurrency under which the person chose it. */
export interface MoveEnd {
  taskId: string;
  concurrency: number;
}

/**
 * A move as a person asks for it.
 * @internal Exported for tests.
 */
export interface MoveRequest {
  from: MoveEnd;
  to: MoveEnd;
  /** How many calls at a time are moved, ≥ 1 and less than `from` may make. */
  count: number;
  person: PersonRef;
  channel: ChannelRef;
}

/** What happens to the concurrency of one task. `draft`: the whole definition that is sent for it. */
export interface ConcurrencyChange {
  task: Pick<Task, 'id' | 'name'>;
  before: number;
  after: number;
  draft: TaskDraft;
}

/** Why a step was not taken, or not accepted. */
export type NotDone =
  /** The task is no longer as the person saw it: on another line, or with another concurrency. */
  | { kind: 'changed'; task: Pick<Task, 'name' | 'concurrency'> }
  /** What the platform would no longer accept of its definition, whatever its concurrency. */
  | { kind: 'invalid'; task: Pick<Task, 'id' | 'name'>; issue: FieldIssue }
  /** Someone else took what was freed, or the platform has not freed it: this is the most the task may have now. */
  | { kind: 'no_room'; max: number }
  | { kind: 'busy'; task: Pick<Task, 'name'> }
  | { kind: 'refused'; error: AppError };

/**
 * What became of a move. `raised_unknown`: the first step is certain, the second one is not. `lowered`: the first step is
 * certain, and the second one was not made.
 */
export type MoveResult =
  | { kind: 'moved'; from: ConcurrencyChange; to: ConcurrencyChange }
  | { kind: 'nothing'; because: NotDone }
  | { kind: 'lowered_unknown'; from: ConcurrencyChange; error: AppError }
  | { kind: 'lowered'; from: ConcurrencyChange; to: ConcurrencyChange; because: NotDone }
  | { kind: 'raised_unknown'; from: ConcurrencyChange; to: ConcurrencyChange; error: AppError };

/**
 * Moves concurrency from one task of a line to another one: the first is lowered, which is read back, and only then is
 * the other raised, by as much as the line has free by then. Whatever is not certain ends it: a line is never asked for
 * more than it was. `lowered` is called between the two steps. Never throws.
 */
export type MoveConcurrency = (
  request: MoveRequest,
  lowered: (from: ConcurrencyChange, to: ConcurrencyChange) => Promise<void>,
) => Promise<MoveResult>;

export interface MoveDeps {
  tasks: Pick<TaskUseCases, 'card' | 'save'>;
  choices: Pick<FormChoices, 'fresh'>;
  may: May;
  clock: Pick<Clock, 'sleep'>;
}

/** Waits before each look at the line: what a task gave up may take a moment to be free, ms. */
const freedWaitsMs = [0, 500, 1_000, 2_000];

export function createMove({ tasks, choices, may, clock }: MoveDeps): MoveConcurrency {
  const read = async (taskId: string): Promise<Task> => (await tasks.card(taskId)).task;

  /** null when nothing speaks against saving that task, the line's room left aside. */
  const objection = async (task: Task): Promise<NotDone | null> => {
    const checked = checkDraft(rawOf(draftOf(task)), await choices.fresh(currentLine(task)));
    const issue = checked.ok ? undefined : checked.issues.find(({ field }) => field !== 'concurrency');
    return issue === undefined ? null : { kind: 'invalid', task, issue };
  };

  /** null once the line has room for the task as it is to become. */
  const noRoom = async (task: Task, wanted: number): Promise<NotDone | null> => {
    let max = 0;
    for (const wait of freedWaitsMs) {
      if (wait > 0) await clock.sleep(wait);
      const { line } = await choices.fresh(currentLine(task));
      max = line.find(({ id }) => id === task.line.id)?.max ?? 0;
      if (max >= wanted) return null;
    }
    return { kind: 'no_room', max };
  };

  /** Both tasks as they are now, or why nothing can be moved between them. */
  const prepare = async ({ from, to, count, person }: MoveRequest): Promise<[Task, Task] | NotDone> => {
    if (from.taskId === to.taskId || !Number.isInteger(count) || count < 1 || count >= from.concurrency) {
      throw new AppError('internal', 'there is nothing to move');
    }
    // Both, before either is changed.
    await may(person, 'save', from.taskId);
    await may(person, 'save', to.taskId);
    const [giver, taker] = await Promise.all([read(from.taskId), read(to.taskId)]);
    for (const [task, { concurrency }] of [[giver, from] as const, [taker, to] as const]) {
      if (task.concurrency !== concurrency) return { kind: 'changed', task };
    }
    if (giver.line.id !== taker.line.id) return { kind: 'changed', task: taker };
    return (await objection(giver)) ?? (await objection(taker)) ?? [giver, taker];
  };

  const save = ({ task, draft }: ConcurrencyChange, { person, channel }: MoveRequest) =>
    tasks.save({ taskId: task.id, draft, person, channel });

  /** The second step, after the first one is certain. */
  const raise = async (
    request: MoveRequest,
    from: ConcurrencyChange,
    seen: ConcurrencyChange & { lineId: string },
  ): Promise<MoveResult> => {
    const { lineId, ...planned } = seen;
    const lowered = (because: NotDone): MoveResult => ({ kind: 'lowered', from, to: planned, because });
    try {
      const task = await read(planned.task.id);
      if (task.concurrency !== planned.before || task.line.id !== lineId) return lowered({ kind: 'changed', task });
      const full = await noRoom(task, planned.after);
      if (full !== null) return lowered(full);
      const to = changeOf(task, planned.after);
      const result = await save(to, request);
      if (result.kind === 'done') return { kind: 'moved', from, to };
      if (result.kind === 'unknown') return { kind: 'raised_unknown', from, to, error: result.error };
      return lowered(result.kind === 'busy' ? { kind: 'busy', task } : { kind: 'refused', error: result.error });
    } catch (thrown) {
      return lowered({ kind: 'refused', error: toAppError(thrown) });
    }
  };

  return async (request, lowered) => {
    try {
      const prepared = await prepare(request);
      if ('kind' in prepared) return { kind: 'nothing', because: prepared };
      const [giver, taker] = prepared;
      const from = changeOf(giver, giver.concurrency - request.count);
      const to = changeOf(taker, taker.concurrency + request.count);
      const result = await save(from, request);
      if (result.kind === 'unknown') return { kind: 'lowered_unknown', from, error: result.error };
      if (result.kind === 'busy') return { kind: 'nothing', because: { kind: 'busy', task: giver } };
      if (result.kind === 'refused') return { kind: 'nothing', because: { kind: 'refused', error: result.error } };
      // Showing how far it is must not end it half-way.
      await lowered(from, to).catch(() => undefined);
      return await raise(request, from, { ...to, lineId: taker.line.id });
    } catch (thrown) {
      return { kind: 'nothing', because: { kind: 'refused', error: toAppError(thrown) } };
    }
  };
}

function changeOf(task: Task, after: number): ConcurrencyChange {
  const { id, name, concurrency } = task;
  return { task: { id, name }, before: concurrency, after, draft: { ...draftOf(task), concurrency: after } };
}
