import { z } from 'zod';

/**
 * What is known of a calling task. It is stored with every reading, so a key that a later release adds needs a default:
 * an older row lacks it.
 */

/**
 * The one pattern of a task's id. Nothing in it has a meaning in a path, and it fits into every button and menu.
 */
export const isTaskId = (text: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(text);

/** The id of a task that comes back from outside, in a button or a view. */
export const taskRef = z.string().refine(isTaskId, 'not the id of a task');

/** A named thing of the platform: `name` is null when the platform sent only the id. */
const named = z.object({ id: z.string(), name: z.string().nullable() });
export type Named = z.infer<typeof named>;

/** How far a task has dialed, and where that figure comes from. */
const progress = z.object({
  /** Numbers in the task, ≥ 0. */
  total: z.number(),
  /** Numbers dialed, 0…total. */
  done: z.number(),
  /** `endpoint`: the progress endpoint; `progress_bar`: the list's own figure, which the platform calls deprecated. */
  source: z.enum(['endpoint', 'progress_bar']),
});
export type Progress = z.infer<typeof progress>;

/**
 * A calling task as the platform last described it. Only allowed fields of the platform's entity exist here: what the
 * platform keeps internal (callback addresses, dial strings, node addresses, owners) never enters the product.
 */
export const task = z.object({
  id: z.string(),
  name: z.string(),
  remark: z.string().nullable(),
  /** The platform's one bit: switched on (true) or paused. On does not mean that a call is in progress. */
  started: z.boolean(),
  script: named.extend({ debug: z.boolean(), deleted: z.boolean() }),
  line: named.extend({
    /** Total concurrency of the line, and concurrency in use; null where unknown. */
    total: z.number().nullable(),
    used: z.number().nullable(),
    /** Epoch ms. */
    expiresAt: z.number().nullable(),
  }),
  /** Simultaneous calls, ≥ 1. */
  concurrency: z.number(),
  /** Seconds between calls, ≥ 0. */
  pauseSeconds: z.number(),
  /** Seconds a number may ring. */
  ringTimeout: z.number(),
  quietHours: named,
  redialRule: named.extend({
    /** Whether it calls numbers again, as far as the list describes the rule; null where it does not. */
    redials: z.boolean().nullable().default(null),
  }),
  agentGroup: named.nullable(),
  /** null when neither source gave one. */
  progress: progress.nullable(),
  /** Epoch ms; null when missing or unreadable. */
  createdAt: z.number().nullable(),
  alteredAt: z.number().nullable(),
});
export type Task = z.infer<typeof task>;

/** A line that ends within this time gets a warning: it can still be renewed in peace, ms. */
export const expiringMs = 7 * 24 * 3_600_000;
