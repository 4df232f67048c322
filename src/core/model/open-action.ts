import { z } from 'zod';
import { channelRef, personRef } from './address.ts';
import { taskDraft } from './fields.ts';
import type { ActorAction } from './reading.ts';

/** What can be asked of the platform and left without an outcome; an import has a ledger of its own. */
const openActionKinds = ['create', 'start', 'pause', 'save', 'delete'] as const;
export type OpenActionKind = (typeof openActionKinds)[number];

/** What one poll shows of an action: its effect, that there is none (yet), or that the task itself is missing. */
const showings = ['done', 'not_done', 'gone'] as const;
export type Showing = (typeof showings)[number];

/** `unsettled`: the polls that may decide did not agree. */
const verdicts = [...showings, 'unsettled'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * An action of a person whose outcome is not known: written before its request is sent, and deleted once the outcome is
 * recorded. Stored as JSON, so a key that a later release adds needs a default.
 */
export const openAction = z.object({
  /** Of a create, the key of its submission. */
  id: z.string(),
  /** '' for a create, whose task has no id yet. */
  taskId: z.string(),
  kind: z.enum(openActionKinds),
  person: personRef,
  /** Where it was requested; null when that is not known. */
  channel: channelRef.nullable(),
  /** The name of the task as it was known when the request was sent; null where a pause asked nothing first. */
  taskName: z.string().nullable(),
  /** save: the whole definition that was sent. */
  draft: taskDraft.nullable(),
  /** Epoch ms. */
  sentAt: z.number(),
  /**
   * `working`: its process is at work, or died over it. `unknown`: its person knows that the outcome is not known.
   * `settled`: it is known, and its person is yet to be notified. `closed`: nothing more is to be said, unless it takes
   * effect after all.
   */
  state: z.enum(['working', 'unknown', 'settled', 'closed']),
  /** Its process died over it, as far as the lease tells. */
  interrupted: z.boolean().default(false),
  /** Good polls since, what the last of them showed, and how many in a row have shown that. */
  polls: z.number().default(0),
  showing: z.enum(showings).nullable().default(null),
  agreeing: z.number().default(0),
  verdict: z.enum(verdicts).nullable().default(null),
  /** It took effect after its person was informed otherwise. */
  late: z.boolean().default(false),
  /** A message with the verdict was begun, and may have arrived. */
  attempted: z.boolean().default(false),
});
export type OpenAction = z.infer<typeof openAction>;

/** An open action as the store knows it: `held` while its process keeps the lease. */
export type StoredAction = OpenAction & { held: boolean };

export const actorActionOf = {
  create: 'created',
  start: 'started',
  pause: 'paused',
  save: 'edited',
  delete: 'deleted',
} as const satisfies Record<OpenActionKind, ActorAction>;
