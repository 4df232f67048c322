import { z } from 'zod';

/** The encodings that a text may be read as. */
export const textEncodings = ['utf-8', 'gb18030', 'big5', 'shift_jis', 'utf-16le', 'utf-16be'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** What a person decided about how a list is read; what is absent is as the list itself shows it. */
export const importChoices = z.object({
  /** The sheet of a workbook, from 0. */
  sheet: z.number().int().min(0).optional(),
  encoding: z.enum(textEncodings).optional(),
  /** The columns with the customer’s own numbers, from 0. */
  phones: z.array(z.number().int().min(0)).min(1).optional(),
  /** The column with the name, from 0; null for none. */
  name: z.number().int().min(0).nullable().optional(),
  /**
   * What becomes of several numbers in a row: all are called, the first is, or such a row is rejected so that the
   * person decides.
   */
  several: z.enum(['all', 'first', 'ask']).default('all'),
  /** What was sent to this task before is sent again. */
  again: z.boolean().optional(),
  /** What was sent to any task lately is left out. */
  withoutRecent: z.boolean().optional(),
  /**
   * The numbers are for the do-not-call list: what the list says of not calling them does not reject them, and what is
   * open is `add`ed rather than asked.
   */
  doNotCall: z.enum(['add', 'remove']).optional(),
});
export type ImportChoices = z.infer<typeof importChoices>;
