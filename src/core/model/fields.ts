import { z } from 'zod';
import type { Named, Task } from './task.ts';

/** The properties of a task that hold a `T` and are never null. */
type KeyOf<T> = { [K in keyof Task]: Task[K] extends T ? K : never }[keyof Task];

/** Exactly what may be left empty in the form is null in the task. */
type Emptiable<T> = { optional: false; key: KeyOf<T> } | { optional: true; key: Exclude<KeyOf<T | null>, KeyOf<T>> };

/**
 * One field of the form. `name` is its block_id, action_id, translation key and name in the log; `key` is the property
 * of `Task` it is read from and of `TaskDraft` it is kept in.
 */
type FieldRow = { name: string } & (
  | ({ kind: 'text'; max: number; multiline: boolean } & Emptiable<string>)
  /** An id from `Choices`, under the field's name. */
  | ({
      kind: 'choice';
      /** A rule of the house rather than a matter of the campaign: a person's first form has what most tasks have. */
      usual?: true;
    } & Emptiable<Named>)
  | ({
      kind: 'number';
      key: KeyOf<number>;
      unit: 'calls' | 'seconds';
      min: number;
      /** `line`: as many as the chosen line allows. */
      max: number | 'line';
      /** What a new form shows, and the value assumed for a draft of a release without the field; null: empty. */
      initial: number | null;
    } & ({ optional: false } | { optional: true; automatic: (concurrency: number) => number }))
);

/**
 * The form, in order: the only list of its fields. Everything that handles a definition derives from these rows or does
 * not compile without its part. The platform documents no bounds, so these are ours; lengths in characters.
 */
export const fields = [
  { name: 'name', key: 'name', kind: 'text', optional: false, max: 100, multiline: false },
  { name: 'script', key: 'script', kind: 'choice', optional: false },
  { name: 'line', key: 'line', kind: 'choice', optional: false },
  {
    name: 'concurrency',
    key: 'concurrency',
    kind: 'number',
    optional: false,
    unit: 'calls',
    min: 1,
    max: 'line',
    initial: 1,
  },
  {
    name: 'pause_seconds',
    key: 'pauseSeconds',
    kind: 'number',
    optional: true,
    unit: 'seconds',
    min: 0,
    max: 3600,
    initial: null,
    automatic: automaticPause,
  },
  {
    name: 'ring_timeout',
    key: 'ringTimeout',
    kind: 'number',
    optional: false,
    unit: 'seconds',
    min: 10,
    max: 120,
    initial: 60,
  },
  { name: 'quiet_hours', key: 'quietHours', kind: 'choice', optional: false, usual: true },
  { name: 'redial_rule', key: 'redialRule', kind: 'choice', optional: false, usual: true },
  // Having no group is a choice too, so a single one is not preselected.
  { name: 'agent_group', key: 'agentGroup', kind: 'choice', optional: true },
  { name: 'remark', key: 'remark', kind: 'text', optional: true, max: 255, multiline: true },
] as const satisfies readonly FieldRow[];

export type Field = (typeof fields)[number];
export type FieldName = Field['name'];
type ChoiceRow = Extract<Field, { kind: 'choice' }>;
/** The fields whose value is chosen from the platform's lists. */
export type ChoiceField = ChoiceRow['name'];
export type OptionalChoice = Extract<ChoiceRow, { optional: true }>['name'];

export const fieldNames: readonly FieldName[] = fields.map(({ name }) => name);
export const choiceFields: readonly ChoiceRow[] = fields.filter((field) => field.kind === 'choice');

export const isChoice = (name: FieldName): name is ChoiceField => choiceFields.some((field) => field.name === name);
export const isOptionalChoice = (name: FieldName): name is OptionalChoice =>
  choiceFields.some((field) => field.name === name && field.optional);

/** Seconds between calls when left empty: the task API document advises 10 for one call at a time. */
function automaticPause(concurrency: number): number {
  return concurrency === 1 ? 10 : 0;
}

/** A complete and valid task definition: what create and modify send. Choices are held by id, an opaque string. */
export type TaskDraft = {
  [K in Field['key']]: Task[K] extends Named | null ? string | Extract<Task[K], null> : Task[K];
};

/** What a person typed or chose, not validated: one string per field, '' where empty. Ids for choices. */
export type RawDraft = Record<FieldName, string>;

/** One value per field, in the form's order. */
export function perField<T>(make: (field: Field) => T): Record<FieldName, T> {
  return Object.fromEntries(fields.map((field) => [field.name, make(field)])) as Record<FieldName, T>;
}

function perKey<T>(make: (field: Field) => T): Record<Field['key'], T> {
  return Object.fromEntries(fields.map((field) => [field.key, make(field)])) as Record<Field['key'], T>;
}

/** What a new form shows before anything is chosen. */
export function initialText(field: Field): string {
  return field.kind === 'number' ? String(field.initial ?? '') : '';
}

/** A form as an earlier release stored it: a field added since gets its initial value, a removed one is dropped. */
export const rawDraft = z.object(perField((field) => z.string().default(initialText(field))));

/** The same for a validated draft; null without a name or a required choice. */
export const taskDraft = z.object(
  perKey((field) => {
    if (field.kind === 'number') return z.number().default(field.initial ?? field.min);
    return field.optional ? z.string().nullable().default(null) : z.string();
  }),
) as z.ZodType<TaskDraft>;

/** Whether a form has the same in every field. */
export function sameRaw(a: RawDraft, b: RawDraft): boolean {
  return fieldNames.every((name) => a[name].trim() === b[name].trim());
}

/** The definition of an existing task as a draft: where an edit starts. */
export function draftOf(task: Pick<Task, Field['key']>): TaskDraft {
  return perKey(({ key }) => {
    const value = task[key];
    return typeof value === 'object' ? (value?.id ?? null) : value;
  }) as TaskDraft;
}

/** A draft as the strings a form shows. */
export function rawOf(draft: TaskDraft): RawDraft {
  return perField(({ key }) => String(draft[key] ?? ''));
}

/** The reverse of `rawOf`, for raw values that are known to be valid. */
export function draftFromRaw(raw: RawDraft): TaskDraft {
  return perKey((field) => {
    const text = raw[field.name];
    if (field.kind !== 'number') return field.optional && text === '' ? null : text;
    return text === '' && field.optional ? field.automatic(Number(raw.concurrency)) : Number(text);
  }) as TaskDraft;
}

/** A definition as a task or as a draft has it. */
export type Definition = TaskDraft | Pick<Task, Field['key']>;

/** Surrounding blanks, which the platform may trim, are ignored in texts, and an empty text equals none. */
export function comparable(value: Definition[Field['key']]): string | number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? value.trim() : (value?.id ?? '').trim();
}

/** The fields in which two definitions differ, in the form's order. */
export function changedFields(before: Definition, after: Definition): FieldName[] {
  return fields.filter(({ key }) => comparable(before[key]) !== comparable(after[key])).map(({ name }) => name);
}

export function sameDefinition(a: TaskDraft, b: TaskDraft): boolean {
  return changedFields(a, b).length === 0;
}
