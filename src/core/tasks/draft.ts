import { z } from 'zod';
import { type FieldName, fieldNames, type RawDraft, type TaskDraft } from '../model/task.ts';
import { type Checked, type FieldIssue, type FieldIssueCode, fieldIssueCodes } from './checked.ts';
import type { Choices } from './choices.ts';

/** The bounds of the form's own fields. The platform documents none, so these are ours; lengths in characters. */
export const draftLimits = {
  name: 100,
  remark: 255,
  pauseSeconds: { min: 0, max: 3600 },
  ringTimeout: { min: 10, max: 120 },
} as const;

/** Seconds between calls when the person leaves it open: the task API document advises 10 for one call at a time. */
export function automaticPause(concurrency: number): number {
  return concurrency === 1 ? 10 : 0;
}

/**
 * The one place where a task definition is checked, before the form is accepted and again against fresh metadata.
 * Every issue is reported at once. Blanks around values and full-width digits are tolerated.
 */
export function checkDraft(raw: RawDraft, choices: Choices): Checked<TaskDraft> {
  const result = schemaFor(raw, choices).safeParse(raw);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, issues: result.error.issues.flatMap(fieldIssue) };
}

/** A new form: one call at a time, automatic pause, and what leaves no choice already chosen. */
export function defaultDraft(choices: Choices, name = ''): RawDraft {
  const only = (entries: readonly { id: string }[]): string => (entries.length === 1 ? (entries[0]?.id ?? '') : '');
  return {
    name,
    script: only(choices.script),
    line: only(choices.line),
    concurrency: '1',
    pause_seconds: '',
    ring_timeout: '60',
    quiet_hours: only(choices.quiet_hours),
    redial_rule: only(choices.redial_rule),
    // Optional: to have none is a choice too, so a single group is not forced on anybody.
    agent_group: '',
    remark: '',
  };
}

/** The fields in which two definitions differ, in the form's order. An empty remark and none are the same. */
export function changedFields(before: TaskDraft, after: TaskDraft): FieldName[] {
  return fieldNames.filter((field) => (before[draftKeys[field]] ?? '') !== (after[draftKeys[field]] ?? ''));
}

const draftKeys = {
  name: 'name',
  script: 'script',
  line: 'line',
  concurrency: 'concurrency',
  pause_seconds: 'pauseSeconds',
  ring_timeout: 'ringTimeout',
  quiet_hours: 'quietHours',
  redial_rule: 'redialRule',
  agent_group: 'agentGroup',
  remark: 'remark',
} as const satisfies Record<FieldName, keyof TaskDraft>;

type Problem = Omit<FieldIssue, 'field'>;
type Read<T> = { value: T } | { problem: Problem };

/**
 * The schema is made for one form, since the bound of the concurrency depends on the chosen line: a refinement of the
 * whole object would not run while any other field is wrong, and its issue would come one submission late.
 */
function schemaFor(raw: RawDraft, choices: Choices) {
  return z
    .object({
      name: field((text) => (text === '' ? problem('required') : shortText(text, draftLimits.name))),
      script: field((id) => chosen(id, choices.script)),
      line: field((id) => chosen(id, choices.line)),
      concurrency: field((text) => concurrencyOf(text, raw.line.trim(), choices)),
      pause_seconds: field((text) => orNone(text, (typed) => wholeNumber(typed, draftLimits.pauseSeconds))),
      ring_timeout: field((text) => wholeNumber(text, draftLimits.ringTimeout)),
      quiet_hours: field((id) => chosen(id, choices.quiet_hours)),
      redial_rule: field((id) => chosen(id, choices.redial_rule)),
      agent_group: field((text) => orNone(text, (id) => chosen(id, choices.agent_group))),
      remark: field((text) => orNone(text, (typed) => shortText(typed, draftLimits.remark))),
    } satisfies Record<FieldName, z.ZodType>)
    .transform(
      (form): TaskDraft => ({
        name: form.name,
        script: form.script,
        line: form.line,
        concurrency: form.concurrency,
        pauseSeconds: form.pause_seconds ?? automaticPause(form.concurrency),
        ringTimeout: form.ring_timeout,
        quietHours: form.quiet_hours,
        redialRule: form.redial_rule,
        agentGroup: form.agent_group,
        remark: form.remark,
      }),
    );
}

function field<T>(read: (text: string) => Read<T>) {
  return z.string().transform((text, context): T => {
    const outcome = read(text.trim());
    if ('value' in outcome) return outcome.value;
    context.issues.push({ code: 'custom', input: text, params: { ...outcome.problem } });
    return z.NEVER;
  });
}

const problemSchema = z.object({
  code: z.enum(fieldIssueCodes),
  min: z.number().optional(),
  max: z.number().optional(),
});

/** A zod issue that is not one of ours (a field that is no string) means that the field was not sent at all. */
function fieldIssue(issue: z.core.$ZodIssue): FieldIssue {
  const { code, min, max } = problemSchema.catch({ code: 'required' }).parse(issue.code === 'custom' && issue.params);
  return {
    field: z.enum(fieldNames).parse(issue.path[0]),
    code,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

function problem(code: FieldIssueCode, bounds: { min?: number; max?: number } = {}): { problem: Problem } {
  return { problem: { code, ...bounds } };
}

function orNone<T>(text: string, read: (text: string) => Read<T>): Read<T | null> {
  return text === '' ? { value: null } : read(text);
}

/** Length in characters as people count them, not in UTF-16 units. */
function shortText(text: string, max: number): Read<string> {
  return [...text].length > max ? problem('too_long', { max }) : { value: text };
}

function chosen(id: string, entries: readonly { id: string }[]): Read<string> {
  if (id === '') return problem('required');
  return entries.some((entry) => entry.id === id) ? { value: id } : problem('not_available');
}

function wholeNumber(text: string, bounds: { min: number; max: number }): Read<number> {
  if (text === '') return problem('required');
  // NFKC turns full-width digits and signs into plain ones.
  const plain = text.normalize('NFKC').trim();
  if (!/^[+-]?\d+$/.test(plain)) return problem('not_a_whole_number');
  const value = Number(plain);
  return value < bounds.min || value > bounds.max ? problem('out_of_range', bounds) : { value };
}

function concurrencyOf(text: string, lineId: string, choices: Choices): Read<number> {
  const line = choices.line.find((entry) => entry.id === lineId);
  const read = wholeNumber(text, { min: 1, max: Number.POSITIVE_INFINITY });
  if ('problem' in read) {
    if (read.problem.code !== 'out_of_range') return read;
    const highest = line?.max ?? choices.line.reduce((most, entry) => Math.max(most, entry.max), 1);
    return problem('out_of_range', { min: 1, max: highest });
  }
  return line && read.value > line.max ? problem('over_line', { max: line.max }) : read;
}
