import { z } from 'zod';
import { personRef } from './address.ts';
import type { NoticeGroup } from './channel-settings.ts';
import { actorActions } from './reading.ts';
import { scheduleSaid } from './schedule.ts';

/**
 * Something posted as a new message: an outcome, or a change that someone else made; `acted`: through Dialdeck;
 * `scheduled`: what a schedule did or could not do.
 * `not_finished` and `not_gone` only ever replace a message that turned out wrong.
 * @internal Exported for tests.
 */
export const noticeKinds = [
  'finished',
  'reopened',
  'started',
  'paused',
  'changed',
  'gone',
  'not_finished',
  'not_gone',
  'quarter',
  'half',
  'three_quarters',
  'acted',
  'scheduled',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Which of the kinds that a channel chooses from. A deletion is an end, no matter who deleted the task. */
export const noticeGroupOf = {
  finished: 'outcomes',
  reopened: 'outcomes',
  started: 'changes',
  paused: 'changes',
  changed: 'changes',
  gone: 'outcomes',
  not_finished: 'outcomes',
  not_gone: 'outcomes',
  quarter: 'milestones',
  half: 'milestones',
  three_quarters: 'milestones',
  acted: 'changes',
  scheduled: 'changes',
} as const satisfies Record<NoticeKind, NoticeGroup>;

const fieldValue = z.union([z.string(), z.number()]).nullable();

/** One field of the form that was changed. Values as people know them, long texts cut; null where it is empty. */
export const fieldChange = z.object({ field: z.string(), before: fieldValue, after: fieldValue });
export type FieldChange = z.infer<typeof fieldChange>;

/** The data of a notice; words and blocks are made from it when it is sent. */
export const notice = z.object({
  kind: z.enum(noticeKinds),
  taskId: z.string(),
  taskName: z.string(),
  /** Epoch ms. */
  at: z.number(),
  total: z.number().nullable(),
  done: z.number().nullable(),
  /** finished: the time spent dialing, ms, and calls per minute of it; null when unknown. */
  durationMs: z.number().nullable(),
  ratePerMinute: z.number().nullable(),
  /** finished: the part that was seen, if the campaign was under way when first looked at. */
  firstSeen: z.object({ at: z.number(), dialed: z.number() }).nullable().default(null),
  /** finished: whether the task was left on, although it calls nobody again by itself. */
  leftOn: z.boolean().default(false),
  /** When the message that this one replaces was made; null for a new message. */
  correctsAt: z.number().nullable().default(null),
  /** acted: who did what; `count`: the numbers that an import added, null where that is not known. */
  act: z
    .object({ person: personRef, action: z.enum(actorActions), count: z.number().nullable() })
    .nullable()
    .default(null),
  /** changed: what was, in the order of the form. */
  changes: z.array(fieldChange).default([]),
  /** scheduled: what there is to say. */
  schedule: scheduleSaid.nullable().default(null),
});
export type Notice = z.infer<typeof notice>;
