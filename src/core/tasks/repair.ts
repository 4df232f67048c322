import type { May } from '../access/permission.ts';
import { type AppError, toAppError } from '../errors.ts';
import { changedFields, draftOf, type FieldName, rawOf, type TaskDraft } from '../model/fields.ts';
import type { Task } from '../model/task.ts';
import type { TaskUseCases } from './actions.ts';
import type { FieldIssue } from './checked.ts';
import { currentLine } from './choices.ts';
import { checkDraft } from './draft.ts';
import type { FormChoices } from './form-choices.ts';
import type { MetadataCache } from './metadata-cache.ts';
import { alsoBroken } from './remedies.ts';
import { type Repair, type RepairField, repairedDraft } from './repairs.ts';
import type { ActionResult, Request } from './requests.ts';
import { withNames } from './with-names.ts';

/** A repair of a task as a person saw it. */
interface RepairRequest extends Request {
  repair: Repair;
  /** `alter_datetime` of the task when the repair was offered, epoch ms: another one means that someone changed it. */
  alteredAt: number | null;
}

/** What became of a repair. `before` and `after` are the fields that differ, as the task had them and has them now. */
export type RepairResult =
  | { kind: 'saved'; before: Task; after: Task; changed: readonly FieldName[] }
  /** The task is so already: it was pressed twice, or someone else has repaired it the same way. */
  | { kind: 'already'; task: Task }
  /** Someone changed the task meanwhile; nothing was sent. */
  | { kind: 'moved'; task: Pick<Task, 'id' | 'name'> }
  /** What was chosen is not available any more; nothing was sent. */
  | { kind: 'unavailable'; task: Pick<Task, 'id' | 'name'>; issue: FieldIssue }
  /** Another field of the task refers to what no longer exists, so both have to be saved together; nothing was sent. */
  | { kind: 'incomplete'; task: Task; draft: TaskDraft; field: RepairField }
  | Extract<ActionResult, { kind: 'refused' | 'busy' }>
  | { kind: 'unknown'; error: AppError; task: Task; draft: TaskDraft };

/**
 * Makes one change to a task that is about to be started: the whole definition is read anew, checked against fresh
 * metadata, saved once and read back. Never starts anything, and never throws.
 */
export type RepairTask = (request: RepairRequest) => Promise<RepairResult>;

interface RepairDeps {
  tasks: Pick<TaskUseCases, 'card' | 'save'>;
  choices: Pick<FormChoices, 'fresh'>;
  metadata: Pick<MetadataCache, 'last'>;
  may: May;
}

export function createRepair({ tasks, choices, metadata, may }: RepairDeps): RepairTask {
  const act = async ({ repair, alteredAt, ...request }: RepairRequest): Promise<RepairResult> => {
    const { taskId, person } = request;
    await may(person, 'save', taskId);
    const { task } = await tasks.card(taskId);
    const fresh = await choices.fresh(currentLine(task));
    const draft = repairedDraft(task, repair, fresh);
    const before = draftOf(task);
    if (changedFields(before, draft).length === 0) return { kind: 'already', task };
    if (task.alteredAt !== alteredAt) return { kind: 'moved', task };
    const checked = checkDraft(rawOf(draft), fresh);
    // Whatever else is not listed may be the platform's own: that it refuses by itself.
    const issue = checked.ok ? undefined : checked.issues.find(({ field }) => field === repair.field);
    if (issue !== undefined) return { kind: 'unavailable', task, issue };
    const known = metadata.last()?.metadata ?? null;
    const field = alsoBroken(task, repair.field, known);
    if (field !== null) return { kind: 'incomplete', task, draft, field };
    const result = await tasks.save({ ...request, draft, alteredAt });
    switch (result.kind) {
      case 'done':
        return {
          kind: 'saved',
          before: withNames(task, known),
          after: withNames(result.card.task, known),
          changed: changedFields(before, draft),
        };
      case 'refused':
        return result.error.code === 'task_changed' ? { kind: 'moved', task } : result;
      case 'unknown':
        return { ...result, task, draft };
      case 'busy':
        return result;
    }
  };
  return (request) => act(request).catch((thrown) => ({ kind: 'refused', error: toAppError(thrown) }));
}
