import type { Task } from './task.ts';

/**
 * The states a task can be in, as far as they can be known: the platform has one bit (on or paused) and a progress
 * figure; everything else is inferred from readings over time, and says so.
 * draft: never seen started, no numbers · dialing: on and moving · waiting: on, but nothing has moved for several
 * polls · paused: off · finished: total > 0 and done ≥ total in two consecutive polls · gone: no longer in the list.
 */
export const taskStates = ['draft', 'dialing', 'waiting', 'paused', 'finished', 'gone'] as const;
export type TaskState = (typeof taskStates)[number];

export type ActorAction = 'created' | 'edited' | 'started' | 'paused' | 'imported' | 'deleted';

/** Who last changed a task through Dialdeck, and when (epoch ms). `person` is the chat platform's id of the person. */
export interface Actor {
  person: string;
  action: ActorAction;
  at: number;
}

/** What is remembered of a task between two polls. Stored as JSON, one row per task. All instants are epoch ms. */
export interface Reading {
  /** As the platform last described it; for a gone task, the last description. */
  task: Task;
  state: TaskState;
  /** When the list was asked for. */
  takenAt: number;
  /** When `done` or `total` last moved; null when never seen moving. */
  movedAt: number | null;
  /** Consecutive polls, while on, in which nothing moved. */
  stillPolls: number;
  /** When the task was first seen started in this run, and `done` at that moment: the base of the rate. */
  startedAt: number | null;
  doneAtStart: number | null;
  /** Consecutive polls with total > 0 and done ≥ total. Two make it finished. */
  fullPolls: number;
  /** How often it has finished: the ordinal in the key of its notice. */
  finishes: number;
  actor: Actor | null;
}
