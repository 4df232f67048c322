import { z } from 'zod';

/** One number ready to be sent. */
export const phoneEntry = z.object({
  /** National form for mainland numbers (`13800138000`, `01012345678`), `+` and digits for others. */
  phone: z.string(),
  name: z.string().nullable(),
});
export type PhoneEntry = z.infer<typeof phoneEntry>;

/**
 * Why a row of the list cannot be sent.
 * @internal Exported for tests.
 */
export const rejectReasons = [
  'empty',
  'letters',
  'too_short',
  'too_long',
  'scientific_lossy',
  'two_numbers',
  'masked',
  'ambiguous_landline',
  'cn_prefix_unassigned',
  'foreign_not_allowed',
  'invalid',
] as const;
export type RejectReason = (typeof rejectReasons)[number];

export interface RejectedRow {
  /** Line in the file or paste, from 1. */
  line: number;
  /** The cell as written. May contain a phone number: never shown unmasked, never logged. */
  cell: string;
  reason: RejectReason;
}

/** What a list of numbers contains. `ready.length + rejected.length + repeated === rows`, always. */
export interface NumberList {
  /** Non-empty rows, without the header. */
  rows: number;
  ready: PhoneEntry[];
  rejected: RejectedRow[];
  /** Rows whose number appears earlier in the same list. */
  repeated: number;
  /** The header names of the columns used; null when there was no header or only one column. */
  phoneColumn: string | null;
  nameColumn: string | null;
  /** null for pasted text. */
  encoding: string | null;
}
