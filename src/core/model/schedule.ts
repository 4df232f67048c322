import { z } from 'zod';
import { channelRef, personRef } from './address.ts';
import { minutesPerDay } from './quiet-hours.ts';
import { task } from './task.ts';

/** `2026-11-26`, in the zone of the platform. */
const calendarDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/**
 * On which days its times are: all, some of the week (1 is Monday, ascending, at least one), or those on which people in
 * China work, which leaves out public holidays and includes the weekend days that make up for them.
 */
const scheduleDays = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('every') }),
  z.object({ kind: z.literal('week'), days: z.array(z.number().int().min(1).max(7)).min(1) }),
  z.object({ kind: z.literal('working') }),
]);
export type ScheduleDays = z.infer<typeof scheduleDays>;

const minuteOfDay = z.number().int().min(0).max(minutesPerDay);

/**
 * The task is started at `from` and paused at `until`, in minutes since the midnight of its day; an `until` that is not
 * after `from` is on the following day. null: nothing happens then, so the task goes on, or someone else starts it.
 * One of them is given.
 */
const scheduleTime = z.object({ from: minuteOfDay.nullable(), until: minuteOfDay.nullable() });
export type ScheduleTime = z.infer<typeof scheduleTime>;

/** What becomes of a start whose time passed while no bot could act: nothing, a late start, or a question. */
const missedPolicy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('skip') }),
  z.object({ kind: z.literal('late'), minutes: z.number().int().min(1).max(minutesPerDay) }),
  z.object({ kind: z.literal('ask') }),
]);
export type MissedPolicy = z.infer<typeof missedPolicy>;

/** What a person enters. All times are on the clock on the wall of the platform. */
export const schedulePlan = z.object({
  days: scheduleDays,
  times: z.array(scheduleTime).min(1),
  /** The first and the last day; null: no such limit. */
  since: calendarDay.nullable(),
  until: calendarDay.nullable(),
  missed: missedPolicy,
});
export type SchedulePlan = z.infer<typeof schedulePlan>;

const momentActions = ['start', 'pause'] as const;
export type MomentAction = (typeof momentActions)[number];

/** An instant (epoch ms) at which a schedule does something. */
const scheduleMoment = z.object({ at: z.number(), action: z.enum(momentActions) });
export type ScheduleMoment = z.infer<typeof scheduleMoment>;

/**
 * Why a schedule does nothing until someone resumes it. `schedule`: someone paused the schedule itself. `paused`: someone
 * paused the task, through Dialdeck; `elsewhere`: in the platform's console, as far as can be inferred. `gone`: the task no
 * longer exists. `restored`: the store is a copy, and may be outdated. `started`: in a store of before; no start holds a
 * schedule.
 * @internal Exported for tests.
 */
export const holdReasons = ['schedule', 'paused', 'started', 'elsewhere', 'gone', 'restored'] as const;

const scheduleHold = z.object({
  why: z.enum(holdReasons),
  /** Who did it; null where that is not known. */
  person: personRef.nullable(),
  /** Epoch ms. */
  at: z.number(),
});
export type ScheduleHold = z.infer<typeof scheduleHold>;

/** A moment that is being acted on. */
const acting = scheduleMoment.extend({
  /** Names the attempt: only the last one may send a request. */
  attempt: z.string(),
  /** The request of that attempt may have left: whether it had an effect must be seen before another one is sent. */
  sent: z.boolean(),
  /** It is long past its time, and people were notified that it has not worked so far. */
  reported: z.boolean().default(false),
});
export type ScheduleActing = z.infer<typeof acting>;

/**
 * What became of a moment. `already`: the task was as it should be. `overtaken`: someone acted on the task at that time.
 */
const momentResults = ['done', 'already', 'missed', 'asked', 'refused', 'failed', 'overtaken'] as const;
export type MomentResult = (typeof momentResults)[number];

/** The one schedule of a task. */
export const schedule = z.object({
  taskId: z.string(),
  /** As the task was called when this was last saved. */
  taskName: z.string(),
  /** Who saved it last, and where: what it does counts as done by them. */
  owner: personRef,
  channel: channelRef,
  /** Epoch ms. */
  savedAt: z.number(),
  plan: schedulePlan,
  /** What spoke against a start as its owner saved it, and how many numbers were left: no reason to ask. */
  accepted: z.array(z.string()).default([]),
  agreed: z.number().nullable().default(null),
  held: scheduleHold.nullable().default(null),
  /** Moments up to this one (epoch ms) are settled or being acted on, and are never acted on again. */
  handledUntil: z.number(),
  /** The next moment after that, epoch ms; null when there is none, or while it is held. */
  nextAt: z.number().nullable(),
  acting: acting.nullable().default(null),
  /** `doneAt`: when it was settled, epoch ms. */
  last: scheduleMoment
    .extend({ result: z.enum(momentResults), doneAt: z.number() })
    .nullable()
    .default(null),
  /** The trouble that people know of: it is not repeated until something works. */
  trouble: z.string().nullable().default(null),
  /** A start that was missed, and about which a question is open. */
  question: z.object({ at: z.number() }).nullable().default(null),
  /** Issued by the store with every change, and never reused. */
  revision: z.number(),
});
export type Schedule = z.infer<typeof schedule>;
/** As it is written: the store issues the revision. */
export type NewSchedule = Omit<Schedule, 'revision'>;

/**
 * What is said of a schedule where its task is watched. `blocked`: the start was refused, or would need an answer;
 * `failed`: it did not work, although it was tried for a while; `missed`, `asked`: its time passed while no bot could act.
 * @internal Exported for tests.
 */
export const scheduleEvents = ['started', 'paused', 'blocked', 'failed', 'missed', 'asked', 'held', 'changed'] as const;

/** The data of such a message. */
export const scheduleSaid = z.object({
  event: z.enum(scheduleEvents),
  /** In whose time of day its moments are shown: an IANA name. */
  zone: z.string(),
  moment: scheduleMoment.nullable(),
  /** How long after its time it was acted on, ms; 0: at its time. */
  lateMs: z.number().default(0),
  /** Codes of the preflight that speak against a start. */
  items: z.array(z.string()).default([]),
  /** The task by which they were found. */
  task: task.nullable().default(null),
  /** How many calls its line had room for; null where there were enough, or that was not known. */
  room: z.number().nullable().default(null),
  /** The code of an error, and the hours that it names. */
  error: z.object({ code: z.string(), hours: z.string().nullable() }).nullable().default(null),
  hold: scheduleHold.nullable().default(null),
  /** changed: what someone else did to the schedule, and who. */
  change: z
    .object({ what: z.enum(['saved', 'removed', 'resumed']), person: personRef })
    .nullable()
    .default(null),
  next: scheduleMoment.nullable().default(null),
});
export type ScheduleSaid = z.infer<typeof scheduleSaid>;
