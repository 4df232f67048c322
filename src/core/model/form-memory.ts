import { z } from 'zod';
import { channelRef, personRef } from './address.ts';
import { rawDraft } from './fields.ts';

/** A value as a form holds it, and what it was called then; null for what is no choice. */
const chosen = z.object({ value: z.string(), name: z.string().nullable().default(null) });

/**
 * What a person chose in their last create form, by the name of the field. A field that a release does not know is
 * ignored, one that is missing was not chosen.
 */
export const lastChoices = z.record(z.string(), chosen);
export type LastChoices = z.infer<typeof lastChoices>;

/**
 * A form that was not submitted, or whose submission changed nothing: it can be continued. It holds no numbers, as those
 * are other people's data; a file only by its id in the chat.
 */
export const keptForm = z.object({
  /** The key of the form: what it creates is created once per key. */
  key: z.string(),
  person: personRef,
  channel: channelRef,
  /** Epoch ms. */
  savedAt: z.number(),
  raw: rawDraft,
  file: z.object({ id: z.string(), name: z.string() }).nullable().default(null),
  /** The task that it edits, with its `alter_datetime` when the form was opened (epoch ms); null for a new task. */
  task: z.object({ id: z.string(), alteredAt: z.number().nullable() }).nullable().default(null),
});
export type KeptForm = z.infer<typeof keptForm>;
export type KeptFile = NonNullable<KeptForm['file']>;
