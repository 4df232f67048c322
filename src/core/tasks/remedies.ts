import type { Metadata } from '../model/metadata.ts';
import type { Task } from '../model/task.ts';
import { type PreflightCode, preflight } from './preflight.ts';
import type { RepairField } from './repairs.ts';

/** What repairs a finding: one change of the task, numbers, or a look at it. */
export type Remedy = RepairField | 'import' | 'show';

/**
 * What repairs each finding of a preflight, the likeliest first. Of many numbers nothing is to be repaired: the
 * person who starts the task agrees to them.
 */
const remedies: Record<Exclude<PreflightCode, 'already_started'>, readonly Remedy[]> = {
  no_numbers: ['import'],
  nothing_left: ['import'],
  script_deleted: ['script'],
  script_debug: ['script'],
  line_gone: ['line'],
  line_expired: ['line'],
  line_full: ['line', 'concurrency'],
  rule_off: ['redial_rule'],
  group_unusable: ['agent_group'],
  many_numbers: [],
};

/** What repairs a finding about a task. */
export function remediesOf(code: PreflightCode, { progress }: Pick<Task, 'progress'>): readonly Remedy[] {
  if (code !== 'already_started') return remedies[code];
  // On with nothing to dial: numbers are all that it lacks.
  return progress !== null && progress.done >= progress.total ? ['import'] : ['show'];
}

/** What the platform does not save a task with, so that one of them alone cannot be repaired. */
const unsavable = new Map<PreflightCode, RepairField>([
  ['script_deleted', 'script'],
  ['line_gone', 'line'],
  ['group_unusable', 'agent_group'],
]);

/** The field besides the repaired one without whose repair the platform does not save the task; null where there is none. */
export function alsoBroken(task: Task, repaired: RepairField, metadata: Metadata | null): RepairField | null {
  const conditions = { metadata, now: 0, askAbove: Number.POSITIVE_INFINITY, mates: [] };
  const { items } = preflight({ ...task, started: false }, conditions);
  const broken = items.flatMap(({ code }) => unsavable.get(code) ?? []);
  return broken.find((field) => field !== repaired) ?? null;
}
