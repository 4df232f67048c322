/** The prefix of the lease that is held while a person's action on a task is sent, read back and remembered. */
export const actionLeases = 'task:';

export const actionLeaseOf = (taskId: string): string => `${actionLeases}${taskId}`;
