import { draftFromRaw, type Field, initialText, perField, type RawDraft, type TaskDraft } from '../model/fields.ts';
import type { Checked, FieldIssue, Problem } from './checked.ts';
import type { Choices } from './choices.ts';

/**
 * The one place where a task definition is validated, before the form is accepted and again against fresh metadata. All
 * issues are reported at once. Surrounding blanks and full-width digits are tolerated.
 */
export function checkDraft(raw: RawDraft, choices: Choices): Checked<TaskDraft> {
  const issues: FieldIssue[] = [];
  const accepted = perField((field) => {
    const read = readField(field, raw, choices);
    if (typeof read === 'string') return read;
    issues.push({ field: field.name, ...read });
    return '';
  });
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: draftFromRaw(accepted) };
}

/** A new form: one call at a time, automatic pause, and every choice without an alternative preselected. */
export function defaultDraft(choices: Choices, name = ''): RawDraft {
  const values = perField((field) => {
    if (field.kind !== 'choice' || field.optional) return initialText(field);
    const [first, ...others] = choices[field.name];
    return first !== undefined && others.length === 0 ? first.id : '';
  });
  return { ...values, name };
}

/** The text as its field accepts it, '' where it may be empty, or what is wrong with it. */
export function readField(field: Field, raw: RawDraft, choices: Choices): string | Problem {
  const text = raw[field.name].trim();
  if (text === '') return field.optional ? '' : { code: 'required' };
  switch (field.kind) {
    case 'text':
      // Length in characters as people count them, not in UTF-16 units.
      return [...text].length > field.max ? { code: 'too_long', max: field.max } : text;
    case 'choice':
      return choices[field.name].some((entry) => entry.id === text) ? text : { code: 'not_available' };
    case 'number':
      return readNumber(text, field, choices, raw.line.trim());
  }
}

/** The limit of the concurrency is that of the chosen line; without one, the highest of any line. */
function readNumber(
  text: string,
  { min, max }: Extract<Field, { kind: 'number' }>,
  choices: Choices,
  lineId: string,
): string | Problem {
  // NFKC turns full-width digits and signs into plain ones.
  const plain = text.normalize('NFKC').trim();
  if (!/^[+-]?\d+$/.test(plain)) return { code: 'not_a_whole_number' };
  const value = Number(plain);
  if (max !== 'line') return value < min || value > max ? { code: 'out_of_range', min, max } : String(value);
  const line = choices.line.find((entry) => entry.id === lineId);
  const most = line?.max ?? choices.line.reduce((highest, entry) => Math.max(highest, entry.max), 1);
  if (value < min) return { code: 'out_of_range', min, max: most };
  return line && value > line.max ? { code: 'over_line', max: line.max } : String(value);
}
