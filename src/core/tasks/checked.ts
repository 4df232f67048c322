import type { FieldName } from '../model/fields.ts';

/** What is wrong with a value: a code for the catalogue and the figures in its sentence. */
export type Problem =
  | { code: 'required' | 'not_a_whole_number' | 'not_available' }
  | { code: 'too_long' | 'over_line'; max: number }
  | { code: 'out_of_range'; min: number; max: number };

export type FieldIssue = { field: FieldName } & Problem;

/** What a person can fix is a value, not an exception. */
export type Checked<T> = { ok: true; value: T } | { ok: false; issues: FieldIssue[] };
