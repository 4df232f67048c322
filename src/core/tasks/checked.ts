import type { FieldName } from '../model/fields.ts';

/** What is wrong with one field: a code for the catalogue and the figures of its sentence. */
export interface FieldIssue {
  field: FieldName;
  code: FieldIssueCode;
  /** The bounds for `out_of_range`, the limit for `too_long` and `over_line`. */
  min?: number;
  max?: number;
}

export const fieldIssueCodes = [
  'required',
  'too_long',
  'not_a_whole_number',
  'out_of_range',
  'over_line',
  'not_available',
] as const;
export type FieldIssueCode = (typeof fieldIssueCodes)[number];

/** What a person can mend is a value, not an exception. */
export type Checked<T> = { ok: true; value: T } | { ok: false; issues: FieldIssue[] };
