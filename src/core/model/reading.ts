import { z } from 'zod';
import { type PersonRef, personRef } from './address.ts';
import { daySheet } from './day-sheet.ts';
import { fields } from './fields.ts';
import { task } from './task.ts';

/**
 * The states of a task, as far as they can be known: the platform has one bit (on or paused) and a progress figure;
 * everything else is inferred from readings over time, and shown as such.
 * What each means and what it rests on: docs/states.md.
 */
export const taskStates = ['draft', 'dialing', 'waiting', 'awaiting_redial', 'paused', 'finished', 'gone'] as const;
export type TaskState = (typeof taskStates)[number];

export const actorActions = ['created', 'edited', 'started', 'paused', 'imported', 'deleted'] as const;
export type ActorAction = (typeof actorActions)[number];

/** Who last changed a task through Dialdeck, and when (epoch ms). */
const actor = z.object({ person: personRef, action: z.enum(actorActions), at: z.number() });
export type Actor = z.infer<typeof actor>;

/** One change of a task through Dialdeck. `count`: the numbers that an import added; null where that is not known. */
const act = actor.extend({ count: z.number().nullable().default(null) });
export type Act = z.infer<typeof act>;

/** What was seen of one campaign: one run of a task through its numbers, however often it is paused or redials. */
const tally = z.object({
  /** When the campaign was first seen (epoch ms), and how many numbers were dialed by then; null: no figures yet. */
  since: z.number(),
  doneBefore: z.number().nullable(),
  /** Calls seen: every rise of `done`, redials included. */
  dialed: z.number(),
  /** Time spent dialing, ms: without pauses, quiet hours and other waits. */
  dialingMs: z.number(),
  /** The last minutes of dialing, oldest first: `dialingMs` and `dialed` at some of the rises. */
  pace: z.array(z.tuple([z.number(), z.number()])),
  /** `dialingMs` and `dialed` when what decides its pace was last changed: its line, script, concurrency or times. */
  settings: z.tuple([z.number(), z.number()]).default([0, 0]),
  /** When that was seen to change; null when it was not in this campaign. */
  adjustedAt: z.number().nullable().default(null),
  /** Until when `dialingMs` is counted. */
  countedTo: z.number().nullable(),
  /** When the campaign was first said to be finished; set while it is, and kept if it goes on after all. */
  endedAt: z.number().nullable(),
});
export type Tally = z.infer<typeof tally>;

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
  /** When `done` last rose, which is the one sign of a call; null when it was never seen to. */
  movedAt: z.number().nullable(),
  /** Consecutive polls, while on, without movement. */
  stillPolls: z.number(),
  /** When the task was first seen started in this run, and `done` at that moment. */
  startedAt: z.number().nullable(),
  doneAtStart: z.number().nullable(),
  /** When numbers to dial were last seen where there had been none: imported, or taken back by a redial rule. */
  leftSince: z.number().nullable().default(null),
  /** Whether the run was seen to begin: a task that is on when first looked at may have been for hours. */
  startSeen: z.boolean().default(true),
  /** Consecutive polls with total > 0 and done ≥ total, and since when. At least two are needed for a finish. */
  fullPolls: z.number(),
  fullSince: z.number().nullable().default(null),
  /** null in rows of 0.1.0, which kept no more than the run: `startedAt`, `doneAtStart`. */
  tally: tally.nullable().default(null),
  /** Whether the task's redial rule is on, as last known; null when it never was. */
  redials: z.boolean().nullable().default(null),
  /** All numbers are dialed, but the redial rule may take some back: when this counts as the end, unless it does. */
  presumedEnd: z.number().nullable().default(null),
  /** Whether the hours of the task's quiet-hours group are known, and the end of those that are on now. */
  quietKnown: z.boolean().default(false),
  quietUntil: z.number().nullable().default(null),
  /** When the last number would be dialed at the pace of late, without quiet hours; null when that is unknown. */
  endsAt: z.number().nullable().default(null),
  /**
   * The last poll contradicted what is known and was not believed; a second one in a row is. Its `done`, null when it
   * had no figures.
   */
  doubt: z.object({ done: z.number().nullable() }).nullable().default(null),
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
  /** The last of `acts`; releases before those kept no other. */
  actor: actor.nullable(),
  /** The last three changes through Dialdeck, the newest last. */
  acts: z.array(act).default([]),
  /**
   * Who runs the task: the person who last started it through Dialdeck, else who created it here; null when that is not
   * known.
   */
  runBy: personRef.nullable().default(null),
  /** The day on which something was last seen of it; of earlier days the store keeps rows. null: none since. */
  sheet: daySheet.nullable().default(null),
  /** Fields of the form that the release which took this reading did not know: what they hold now is no change. */
  unknownFields: z.array(z.string()).default([]),
});
export type Reading = z.infer<typeof readingShape>;

/** Made once: thousands of readings are read with every poll. */
const storedShape = z.looseObject({ task: z.looseObject({}), unknownFields: z.array(z.string()).default([]) });

/**
 * Notes the fields of the form that a stored reading lacks, before they get their defaults, and takes what it has not
 * kept of the acts from the last of them.
 * @internal Exported for tests.
 */
export function completed(stored: unknown): unknown {
  const parsed = storedShape.safeParse(stored);
  if (!parsed.success) return stored;
  const { task, unknownFields } = parsed.data;
  const lacking = fields.filter(({ key }) => !(key in task)).map(({ name }) => name);
  const last = actor.safeParse(parsed.data.actor);
  return {
    ...(last.success && { acts: [last.data], runBy: runnerAfter(null, last.data) }),
    ...parsed.data,
    unknownFields: [...new Set([...unknownFields, ...lacking])],
  };
}

/** Who runs a task after that act: the last person to start it, and until then its creator. */
export function runnerAfter(runBy: PersonRef | null, { action, person }: Actor): PersonRef | null {
  if (action === 'started') return person;
  return action === 'created' ? (runBy ?? person) : runBy;
}

export const reading = z.preprocess(completed, readingShape);
