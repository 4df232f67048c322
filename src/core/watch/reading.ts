/**
 * The states a task can be in, as far as they can be known: the platform has one bit (on or paused) and a progress
 * figure; everything else is inferred from readings over time, and says so.
 */
export const taskStates = ['draft', 'dialing', 'waiting', 'paused', 'finished', 'gone'] as const;
export type TaskState = (typeof taskStates)[number];

/** What is remembered of a task between two polls. Stored as JSON, one row per task. */
export interface Reading {
  taskId: string;
  name: string;
  state: TaskState;
  started: boolean;
  /** null when there is no progress source. */
  total: number | null;
  done: number | null;
  /** The platform's time of its last change of the definition, epoch ms. */
  alteredAt: number | null;
  /** Hash of the definition (draft fields): tells a changed task from a moved one. */
  definition: string;
  /** Epoch ms: when this reading was taken; when `done` or `total` last moved; when the task was first seen started in this run. */
  takenAt: number;
  movedAt: number | null;
  startedAt: number | null;
  /** `done` at `startedAt`, for the rate. */
  doneAtStart: number | null;
  /** Consecutive polls with total > 0 and done ≥ total. Two make it finished. */
  fullPolls: number;
  /** Who last changed it through Dialdeck, and when. */
  actor: { person: string; action: 'created' | 'edited' | 'started' | 'paused' | 'imported'; at: number } | null;
}
