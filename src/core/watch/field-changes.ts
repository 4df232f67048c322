import { changedFields, type Field, fields } from '../model/fields.ts';
import type { FieldChange } from '../model/notice.ts';
import type { Reading } from '../model/reading.ts';

/** The longest text that is kept of a value, UTF-16 units: more than is shown of it, and no burden to the store. */
const maxValueLength = 300;

/**
 * What differs in the definition between two readings of a task, in the order of the form. A field that the earlier
 * reading could not know has only been learned since.
 */
export function fieldChangesOf(before: Reading, after: Reading): FieldChange[] {
  const names = changedFields(before.task, after.task).filter((name) => !before.unknownFields.includes(name));
  return fields
    .filter(({ name }) => names.includes(name))
    .map((field) => ({ field: field.name, before: knownValue(field, before), after: knownValue(field, after) }));
}

/** The value of a field as people know it: of a choice its name, where it has one. */
function knownValue({ key }: Field, { task }: Reading): FieldChange['before'] {
  const value = task[key];
  const known = typeof value === 'object' && value !== null ? value.name || value.id : value;
  return typeof known === 'string' ? known.slice(0, maxValueLength) : known;
}
