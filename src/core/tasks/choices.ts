import type { AgentGroupEntry, LineEntry, Metadata, NamedEntry, ScriptEntry } from './metadata.ts';

/** The fields whose value is chosen from the platform's lists. */
export type ChoiceField = 'script' | 'line' | 'quiet_hours' | 'redial_rule' | 'agent_group';

/** Why an entry of the platform cannot be chosen. */
export type HiddenReason =
  | 'line_no_free_concurrency'
  | 'script_deleted'
  | 'rule_off'
  | 'group_disabled'
  | 'group_without_line';

export interface Hidden {
  field: ChoiceField;
  reason: HiddenReason;
  /** ≥ 1. */
  count: number;
}

export interface LineChoice extends LineEntry {
  /** The highest concurrency this task may have on this line, ≥ 1. */
  max: number;
}

/** What may be chosen for one task, and what was left out and why. */
export interface Choices {
  script: ScriptEntry[];
  line: LineChoice[];
  quiet_hours: NamedEntry[];
  redial_rule: (NamedEntry & { remark: string | null })[];
  agent_group: AgentGroupEntry[];
  hidden: Hidden[];
  /** When the metadata was read, epoch ms. */
  readAt: number;
}

export interface ChoiceRules {
  /** The least free concurrency that makes a line usable (the platform's rule reads "greater than 1", so 2). */
  minResidue: number;
  /** The task being edited: its line stays selectable with `free + own concurrency`. */
  current?: { line: string; concurrency: number };
}

export type ChoicesOf = (metadata: Metadata, readAt: number, rules: ChoiceRules) => Choices;
