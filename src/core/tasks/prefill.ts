import { type ChoiceField, type Field, type FieldName, fields, isChoice, type RawDraft } from '../model/fields.ts';
import type { LastChoices } from '../model/form-memory.ts';
import type { Task } from '../model/task.ts';
import type { Problem } from './checked.ts';
import type { Choices, HiddenReason } from './choices.ts';
import { defaultDraft, readField } from './draft.ts';

/**
 * Why a choice of last time is not filled in: what its field says against it, or why it is no longer offered.
 * @internal Exported for tests.
 */
export type GoneReason = HiddenReason | 'missing' | Problem;

export interface GoneChoice {
  field: FieldName;
  /** What was chosen, as it was called then. */
  said: string;
  why: GoneReason;
}

/** A new form as it is shown first. */
export interface Prefill {
  values: RawDraft;
  gone: GoneChoice[];
}

/** What may be known of the person and the account when a form is opened. */
export interface Known {
  last: LastChoices | null;
  /** The tasks of the account. */
  tasks: readonly Pick<Task, Field['key']>[];
}

/** Names and remarks are about one task, not about how a person works. */
const isRemembered = (field: Field): boolean => field.kind !== 'text';

/** What is remembered of a submitted form. */
export function choicesIn(raw: RawDraft, choices: Choices): LastChoices {
  const remembered = fields.filter(isRemembered).map(({ name }) => {
    const value = raw[name].trim();
    return [name, { value, name: isChoice(name) ? nameOf(choices, name, value) : null }];
  });
  return Object.fromEntries(remembered);
}

function nameOf(choices: Choices, field: ChoiceField, id: string): string | null {
  return choices[field].find((entry) => entry.id === id)?.name ?? null;
}

/**
 * A new form: filled with what the person chose last, as far as that can be chosen now; else with what most tasks of
 * the account have where that is a rule of the house rather than a matter of the campaign; else with the defaults.
 */
export function prefilled(choices: Choices, name: string, { last, tasks }: Known): Prefill {
  const gone: GoneChoice[] = [];
  const values = { ...defaultDraft(choices, name) };
  for (const field of fields.filter(isRemembered)) {
    const before = last?.[field.name];
    if (before === undefined) {
      if (values[field.name] === '') values[field.name] = usual(field, choices, tasks);
      continue;
    }
    const read = readField(field, { ...values, [field.name]: before.value }, choices);
    if (typeof read === 'string') values[field.name] = read;
    else if (before.value !== '') gone.push({ ...goneBecause(field, before, read, choices) });
  }
  return { values, gone };
}

function goneBecause(
  field: Field,
  { value, name }: LastChoices[string],
  problem: Problem,
  choices: Choices,
): GoneChoice {
  const said = name ?? value;
  if (field.kind !== 'choice') return { field: field.name, said, why: problem };
  return { field: field.name, said, why: choices.reasons[field.name].get(value) ?? 'missing' };
}

/** What most tasks have, if it can be chosen; '' where nothing can be said. */
function usual(field: Field, choices: Choices, tasks: Known['tasks']): string {
  if (field.kind !== 'choice' || !('usual' in field)) return '';
  const offered = new Set(choices[field.name].map(({ id }) => id));
  const counts = new Map<string, number>();
  for (const task of tasks) {
    const { id } = task[field.key];
    if (offered.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0] as const)[0];
}
