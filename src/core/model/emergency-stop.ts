import { z } from 'zod';
import { channelRef, personRef } from './address.ts';

/** `on` and `resuming`: nothing else is started meanwhile. `over`: it was resumed or lifted. */
export const stopStates = ['on', 'resuming', 'over'] as const;

/** An emergency stop: everything that was on is paused, and nothing is started until its tasks are resumed. */
export const emergencyStop = z.object({
  id: z.string(),
  state: z.enum(stopStates),
  /** Raised when it is ordered anew while it is being resumed: what was begun for an earlier round counts no more. */
  round: z.number(),
  /** Who ordered it, where, and when (epoch ms). */
  person: personRef,
  channel: channelRef,
  at: z.number(),
  /** Whether the person who ordered it knows what became of the pauses. */
  reported: z.boolean(),
  /** Who resumed it, where, and when (epoch ms); null while nobody has. */
  resumedBy: z.object({ person: personRef, channel: channelRef, at: z.number() }).nullable().default(null),
  /** It was restored from a copy: its set may be outdated, and someone must have seen it before anything is started. */
  doubted: z.boolean().default(false),
});
export type EmergencyStop = z.infer<typeof emergencyStop>;

/** A stop that is not over. */
export type StopInForce = EmergencyStop & { state: 'on' | 'resuming' };

/**
 * What became of a task of the set. `wanted`: it was on and is to be paused. `paused`: by the stop; it is started again
 * when that is resumed. `begun`: the request of that start may have left. All others are final: `withdrawn` because
 * someone, or its schedule, paused it meanwhile, `left` because it could not be started.
 * @internal Exported for tests.
 */
export const stoppedStates = ['wanted', 'paused', 'begun', 'started', 'left', 'withdrawn'] as const;

/** Something is still to be done about a task in one of these. */
export const openStates = ['wanted', 'paused', 'begun'] as const satisfies readonly (typeof stoppedStates)[number][];

/**
 * Why a task of the set was not started again.
 * @internal Exported for tests.
 */
export const leftReasons = [
  /** It may still be on: its pause is not known to have taken effect. */
  'not_paused',
  /** It needs an answer first, or cannot be started as it is. */
  'asks',
  'stopped',
  'refused',
  'unknown',
  'busy',
  'gone',
  /** It was started, and was off again when that was looked at. */
  'off_again',
] as const;
export type LeftReason = (typeof leftReasons)[number];

/** A task that a stop found to be on. */
export const stoppedTask = z.object({
  taskId: z.string(),
  name: z.string(),
  /** The numbers that were left to dial: more than these are asked about. null where that was not known. */
  left: z.number().nullable(),
  /** What spoke against starting it by then, and did not keep anybody from it: no reason to ask now. */
  accepted: z.array(z.string()).default([]),
  /** Its place in the order in which the set was paused, which is that of the starts. */
  ordinal: z.number(),
  state: z.enum(stoppedStates),
  /** Names the attempt to start it: only the last one may send a request. */
  attempt: z.string().nullable().default(null),
  why: z.enum(leftReasons).nullable().default(null),
});
export type StoppedTask = z.infer<typeof stoppedTask>;

/**
 * What is said of a stop: to everybody that it was ordered, resumed or lifted; to the person who ordered it, when their
 * process died, that its pauses are over; and to the one who resumed it, that this was interrupted. `after_hours`: what
 * the end of the legal hours has paused, which is no stop.
 * @internal Exported for tests.
 */
export const stopEvents = ['stopped', 'paused', 'resumed', 'lifted', 'interrupted', 'after_hours'] as const;

/** A message about a stop, to everybody who watches: made when it happens, put into words when it is sent. */
export const stopMessage = z.object({
  event: z.enum(stopEvents),
  person: personRef,
  /** Epoch ms. */
  at: z.number(),
  stop: z.string(),
  round: z.number(),
  /** `paused`, `resumed`, `interrupted`, `after_hours`: how many tasks that worked for. */
  count: z.number().default(0),
  /** How many it did not work for, and the first of them. */
  others: z.number().default(0),
  left: z.array(z.object({ taskId: z.string(), name: z.string(), why: z.enum(leftReasons) })).default([]),
});
export type StopMessage = z.infer<typeof stopMessage>;
