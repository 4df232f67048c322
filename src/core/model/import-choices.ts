import { z } from 'zod';

/** What a person decided about how a list is read; what is absent is as the list itself shows it. */
export const importChoices = z.object({
  /** The columns with the customer’s own numbers, from 0. */
  phones: z.array(z.number().int().min(0)).min(1).optional(),
  /** The column with the name, from 0; null for none. */
  name: z.number().int().min(0).nullable().optional(),
  /**
   * What becomes of several numbers in a row: all are called, the first is, or such a row is rejected so that the
   * person decides.
   */
  several: z.enum(['all', 'first', 'ask']).default('all'),
});
export type ImportChoices = z.infer<typeof importChoices>;
