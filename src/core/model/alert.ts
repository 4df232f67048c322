import { z } from 'zod';
import { channelRef, messageRef, personRef } from './address.ts';

/**
 * What can be wrong with a task, its line or the platform, so that someone should act. What each means and when it
 * begins: docs/alerts.md.
 * @internal Exported for tests.
 */
export const alertKinds = [
  'stalled',
  'slowed',
  'line_full',
  'line_dead',
  'line_gone',
  'line_expired',
  'line_expiring',
  'script_deleted',
  'script_debug',
  'rule_off',
  'group_unusable',
  'left_on',
  'outside_hours',
  'platform_down',
] as const;
export type AlertKind = (typeof alertKinds)[number];

/**
 * Why an alert is over. `wrong`: it should never have begun.
 * @internal Exported for tests.
 */
export const alertEnds = ['over', 'paused', 'finished', 'changed', 'deleted', 'quiet', 'wrong'] as const;
export type AlertEnd = (typeof alertEnds)[number];

const holder = z.object({ id: z.string(), name: z.string(), concurrency: z.number() });

/** What the sentence of an alert and its levers need; what does not belong to its kind is null. */
const alertFacts = z.object({
  /** The line of the task, when the alert began. */
  line: z.object({ id: z.string(), name: z.string() }).nullable().default(null),
  /** The script, redial rule or agent group that is meant. */
  thing: z.object({ id: z.string(), name: z.string() }).nullable().default(null),
  /** Simultaneous calls that the task may make; 0 where that is not known. */
  concurrency: z.number().default(0),
  /** The tasks that hold the line, the largest first, and how much is in use that belongs to none of them. */
  holders: z.array(holder).default([]),
  outside: z.number().default(0),
  /** Calls per minute now, and those that the task made before. */
  perMinute: z.number().nullable().default(null),
  ownPerMinute: z.number().nullable().default(null),
  /** Epoch ms. */
  expiresAt: z.number().nullable().default(null),
  /** Whether the quiet hours of the task were known. */
  quietKnown: z.boolean().default(false),
  /** The code of the error by which the platform fails. */
  code: z.string().nullable().default(null),
});
export type AlertFacts = z.infer<typeof alertFacts>;

/** Stored as JSON: a key that a later release adds needs a default. */
export const alert = z.object({
  id: z.string(),
  /** '' for the platform. */
  taskId: z.string(),
  taskName: z.string(),
  kind: z.enum(alertKinds),
  /** What it is known from. */
  source: z.enum(['list', 'metadata']).default('list'),
  facts: alertFacts,
  /** Since when it has been so, as far as that is known, and when it was believed (epoch ms). */
  since: z.number(),
  begunAt: z.number(),
  /** The person who started the task agreed to it when they were asked: nothing is posted. */
  agreed: z.boolean().default(false),
  endedAt: z.number().nullable().default(null),
  end: z.enum(alertEnds).nullable().default(null),
  /** Who paused or changed the task through Dialdeck, which ended it. */
  endedBy: personRef.nullable().default(null),
  /** The ids of the messages that show it, one for each destination. */
  posts: z.array(z.string()).default([]),
});
export type Alert = z.infer<typeof alert>;

/** One message that shows one or more alerts in one place. It is edited whenever one of them begins, changes or ends. */
export const alertPost = z.object({
  id: z.string(),
  channel: channelRef,
  /** The ids of its alerts, oldest first. */
  alerts: z.array(z.string()),
  /** Everybody it is addressed to. */
  mentions: z.array(personRef).default([]),
  createdAt: z.number(),
  /** Raised by every change; `shown` is the version that the message shows, 0 before it is posted. */
  version: z.number(),
  shown: z.number(),
  ref: messageRef.nullable(),
  /** Its channel cannot be posted to, or follows none of its tasks any longer: its alerts have to go elsewhere. */
  lost: z.boolean(),
  /** It goes to a person because they run a task, whatever they watch. */
  direct: z.boolean(),
  /** When the last of its alerts ended; null while one is open. */
  closedAt: z.number().nullable(),
});
export type AlertPost = z.infer<typeof alertPost>;

/** What a message about alerts shows. */
export interface AlertMessage {
  /** At least one, oldest first. */
  alerts: readonly Alert[];
  mentions: readonly string[];
}
