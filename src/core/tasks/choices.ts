import { type ChoiceField, choiceFields } from '../model/fields.ts';
import type { AgentGroupEntry, LineEntry, Metadata, NamedEntry, ScriptEntry } from '../model/metadata.ts';
import type { Task } from '../model/task.ts';

/** Why an entry of the platform cannot be chosen. */
export type HiddenReason =
  | 'line_no_free_concurrency'
  | 'script_deleted'
  | 'rule_off'
  | 'group_disabled'
  | 'group_without_line';

interface Hidden {
  field: ChoiceField;
  reason: HiddenReason;
  /** ≥ 1. */
  count: number;
}

export interface LineChoice extends LineEntry {
  /** The highest concurrency this task may have on this line, ≥ 1. */
  max: number;
}

/** What can be chosen for one task, one list per choice field of the form, and what was left out and why. */
export interface Choices extends Record<ChoiceField, NamedEntry[]> {
  script: ScriptEntry[];
  line: LineChoice[];
  quiet_hours: NamedEntry[];
  redial_rule: (NamedEntry & { remark: string | null })[];
  agent_group: AgentGroupEntry[];
  hidden: Hidden[];
  /** Why each entry that was left out is, by field and id. */
  reasons: Record<ChoiceField, ReadonlyMap<string, HiddenReason>>;
  /** When the metadata was read, epoch ms. */
  readAt: number;
}

/** The line and concurrency of the task being edited: its line can still be chosen, with `free + own concurrency`. */
export interface CurrentLine {
  line: string;
  concurrency: number;
}

export function currentLine({ line, concurrency }: Pick<Task, 'line' | 'concurrency'>): CurrentLine {
  return { line: line.id, concurrency };
}

export interface ChoiceRules {
  /** The minimum free concurrency of a usable line (the platform's rule reads "greater than 1", so 2). */
  minResidue: number;
  current?: CurrentLine | undefined;
}

/**
 * What can be chosen from the platform's init metadata. Unusable entries are left out and counted by reason. A line
 * needs `free ≥ minResidue`, and never less than 1, whatever the setting says. The line of the task being edited stays,
 * because a task may hold concurrency on its own line: up to what is free plus its own.
 * @param readAt when the metadata was read, epoch ms.
 */
export function choicesOf(metadata: Metadata, readAt: number, rules: ChoiceRules): Choices {
  const hidden: Hidden[] = [];
  const reasons = perChoice(() => new Map<string, HiddenReason>());
  const hide = (field: ChoiceField, reason: HiddenReason, entries: readonly NamedEntry[]): void => {
    if (entries.length > 0) hidden.push({ field, reason, count: entries.length });
    for (const { id } of entries) reasons[field].set(id, reason);
  };
  const line = metadata.lines.flatMap((entry) => lineChoice(entry, rules));
  const script = metadata.scripts.filter((entry) => !entry.deleted);
  const redialRule = metadata.redialRules.filter((entry) => entry.enabled);
  const agentGroup = metadata.agentGroups.filter((entry) => entry.enabled && entry.lineId);
  const usable = new Set(line.map(({ id }) => id));

  hide(
    'script',
    'script_deleted',
    metadata.scripts.filter(({ deleted }) => deleted),
  );
  hide(
    'line',
    'line_no_free_concurrency',
    metadata.lines.filter(({ id }) => !usable.has(id)),
  );
  hide(
    'redial_rule',
    'rule_off',
    metadata.redialRules.filter(({ enabled }) => !enabled),
  );
  hide(
    'agent_group',
    'group_disabled',
    metadata.agentGroups.filter(({ enabled }) => !enabled),
  );
  hide(
    'agent_group',
    'group_without_line',
    metadata.agentGroups.filter(({ enabled, lineId }) => enabled && !lineId),
  );

  return {
    script,
    line,
    quiet_hours: [...metadata.quietHours],
    redial_rule: redialRule.map(({ id, name, remark }) => ({ id, name, remark })),
    agent_group: agentGroup,
    hidden,
    reasons,
    readAt,
  };
}

/**
 * One value per choice of the form.
 * @internal Exported for tests.
 */
export function perChoice<T>(make: (field: ChoiceField) => T): Record<ChoiceField, T> {
  return Object.fromEntries(choiceFields.map(({ name }) => [name, make(name)])) as Record<ChoiceField, T>;
}

function lineChoice(entry: LineEntry, { minResidue, current }: ChoiceRules): LineChoice[] {
  if (current?.line === entry.id) return [{ ...entry, max: Math.max(1, entry.free + current.concurrency) }];
  return entry.free >= Math.max(1, minResidue) ? [{ ...entry, max: entry.free }] : [];
}
