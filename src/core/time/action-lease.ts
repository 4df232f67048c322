import type { OpenAction } from '../model/open-action.ts';

/** The prefix of the lease that is held while a person's action on a task is sent, read back and recorded. */
export const actionLeases = 'task:';

export const actionLeaseOf = (taskId: string): string => `${actionLeases}${taskId}`;

/** The lease that says that the process of an action is at work: of its task, or of the form of a task to be. */
export const leaseOfAction = ({ kind, id, taskId }: Pick<OpenAction, 'kind' | 'id' | 'taskId'>): string =>
  kind === 'create' ? `create:${id}` : actionLeaseOf(taskId);

/** The prefix of the leases held by pauses of that task: a start that sees one gives way. */
export const pauseLeasesOf = (taskId: string): string => `pause:${taskId}:`;

/**
 * How long an action whose process died keeps its task. While the process lives it renews the lease every third of it,
 * however long the action takes; two thirds outlast a store that is slow to answer.
 */
export const actionLeaseMs = 25_000;
