import { z } from 'zod';
import { personRef } from './address.ts';

/** The app's Home of one person, as it was published last. */
export const home = z.object({
  person: personRef,
  /** When they last opened it, epoch ms. */
  openedAt: z.number(),
  /** Of what it shows; null: nothing is known to have been published. */
  fingerprint: z.string().nullable(),
  /** The hash by which the chat platform knows what is published. */
  viewHash: z.string().nullable(),
});
export type Home = z.infer<typeof home>;
