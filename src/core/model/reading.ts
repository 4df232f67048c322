import { z } from 'zod';
import { personRef } from './address.ts';
import { fields } from './fields.ts';
import { task } from './task.ts';

/**
 * The states of a task, as far as they can be known: the platform has one bit (on or paused) and a progress figure;
 * everything else is inferred from readings over time, and shown as such.
 * draft: never seen started, no numbers · dialing: on and moving · waiting: on, but nothing has moved for several polls
 * · paused: off · finished: total > 0 and done ≥ total in two consecutive polls · gone: no longer in the list.
 */
export const taskStates = ['draft', 'dialing', 'waiting', 'paused', 'finished', 'gone'] as const;
export type TaskState = (typeof taskStates)[number];

const actorActions = ['created', 'edited', 'started', 'paused', 'imported', 'deleted'] as const;
export type ActorAction = (typeof actorActions)[number];

/** Who last changed a task through Dialdeck, and when (epoch ms). */
const actor = z.object({ person: personRef, action: z.enum(actorActions), at: z.number() });
export type Actor = z.infer<typeof actor>;

/**
 * What is remembered of a task between two polls. All instants are epoch ms. Stored as JSON, one row per task: a key
 * that a later release adds needs a default, because losing a row would lose the history of its task.
 */
const readingShape = z.object({
  /** As the platform last described it; for a gone task, the last description. */
  task,
  state: z.enum(taskStates),
  /** When the list was requested. */
  takenAt: z.number(),
  /** When `done` or `total` last moved; null when no movement was ever seen. */
  movedAt: z.number().nullable(),
  /** Consecutive polls, while on, without movement. */
  stillPolls: z.number(),
  /** When the task was first seen started in this run, and `done` at that moment: the base of the rate. */
  startedAt: z.number().nullable(),
  doneAtStart: z.number().nullable(),
  /** Consecutive polls with total > 0 and done ≥ total. Two of them mean finished. */
  fullPolls: z.number(),
  /**
   * The current run of the task through its numbers: the revision at which it began, issued by the store. null until
   * the first reading of a campaign is saved. 0.1.0 counted finishes instead, so its rows lack it.
   */
  campaign: z.number().nullable().default(null),
  /**
   * The revision of the stored reading that this one is or was derived from, issued by the store and never reused;
   * 0 when there was none. A reading derived from anything but the newest one is not saved.
   */
  revision: z.number().default(0),
  actor: actor.nullable(),
  /** Fields of the form that the release which took this reading did not know: what they hold now is no change. */
  unknownFields: z.array(z.string()).default([]),
});
export type Reading = z.infer<typeof readingShape>;

/** Made once: thousands of readings are read with every poll. */
const storedShape = z.looseObject({ task: z.looseObject({}), unknownFields: z.array(z.string()).default([]) });

/**
 * Notes the fields of the form that a stored reading lacks, before they get their defaults.
 * @internal Exported for tests.
 */
export function noteUnknownFields(stored: unknown): unknown {
  const parsed = storedShape.safeParse(stored);
  if (!parsed.success) return stored;
  const lacking = fields.filter(({ key }) => !(key in parsed.data.task)).map(({ name }) => name);
  return { ...parsed.data, unknownFields: [...new Set([...parsed.data.unknownFields, ...lacking])] };
}

export const reading = z.preprocess(noteUnknownFields, readingShape);
