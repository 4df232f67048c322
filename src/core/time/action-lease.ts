/** The prefix of the lease that is held while a person's action on a task is sent, read back and recorded. */
export const actionLeases = 'task:';

export const actionLeaseOf = (taskId: string): string => `${actionLeases}${taskId}`;

/** The prefix of the leases held by pauses of that task: a start that sees one gives way. */
export const pauseLeasesOf = (taskId: string): string => `pause:${taskId}:`;

/**
 * How long one action may hold its task: longer than its slowest course, which is a read, a request and a read-back of
 * seven timeouts together (DIALER_TIMEOUT_MS is limited accordingly).
 */
export const actionLeaseMs = 180_000;
