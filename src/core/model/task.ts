/** A named thing of the platform: `name` is null when the platform sent only the id. */
export interface Named {
  id: string;
  name: string | null;
}

/** How far a task has dialled, and where that figure comes from. */
export interface Progress {
  /** Numbers in the task, ≥ 0. */
  total: number;
  /** Numbers dialled, 0…total. */
  done: number;
  /** `endpoint`: the progress endpoint; `progress_bar`: the list's own figure, which the platform calls deprecated. */
  source: 'endpoint' | 'progress_bar';
}

/**
 * A calling task as the platform last described it. Only whitelisted fields of the platform's entity exist here:
 * what it keeps internal (callback addresses, dial strings, node addresses, owners) never enters the product.
 */
export interface Task {
  id: string;
  name: string;
  remark: string | null;
  /** The platform's one bit: switched on (true) or paused. On does not mean that a call is in progress. */
  started: boolean;
  script: Named & { debug: boolean; deleted: boolean };
  line: Named & {
    /** Concurrency of the line in all, and in use; null where unknown. */
    total: number | null;
    used: number | null;
    /** Epoch ms. */
    expiresAt: number | null;
  };
  /** Calls at the same time, ≥ 1. */
  concurrency: number;
  /** Seconds between calls, ≥ 0. */
  pauseSeconds: number;
  /** Seconds a number may ring. */
  ringTimeout: number;
  quietHours: Named;
  redialRule: Named;
  agentGroup: Named | null;
  /** null when neither source gave one. */
  progress: Progress | null;
  /** Epoch ms; null when missing or unreadable. */
  createdAt: number | null;
  alteredAt: number | null;
}
