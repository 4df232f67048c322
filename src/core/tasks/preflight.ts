import type { Metadata } from '../model/metadata.ts';
import type { Task } from '../model/task.ts';

/**
 * What speaks against starting a task, in the order in which it is shown.
 * @internal Exported for tests.
 */
export const preflightCodes = [
  'already_started',
  'no_numbers',
  'script_deleted',
  'line_gone',
  'nothing_left',
  'script_debug',
  'line_expired',
  'rule_off',
  'group_unusable',
  'many_numbers',
] as const;
export type PreflightCode = (typeof preflightCodes)[number];

interface PreflightItem {
  /** Red refuses, amber asks for confirmation. */
  level: 'red' | 'amber';
  code: PreflightCode;
}

export interface Preflight {
  /** The level of the most severe item; green without any. */
  level: 'green' | 'amber' | 'red';
  items: PreflightItem[];
}

const refusing: ReadonlySet<PreflightCode> = new Set(['already_started', 'no_numbers', 'script_deleted', 'line_gone']);

/** What a start is judged by besides the task. */
export interface StartConditions {
  /** null: not available now. */
  metadata: Metadata | null;
  /** Epoch ms. */
  now: number;
  /** A start that would call more numbers than this asks first. */
  askAbove: number;
}

/** Numbers that are still to be dialed; null when that is not known. */
export function leftOf({ progress }: Pick<Task, 'progress'>): number | null {
  return progress === null ? null : Math.max(0, progress.total - progress.done);
}

/** A task into which so many numbers have just been imported: a list that lags may not show them yet. */
export function withArrived(task: Task, arrived: number): Task {
  const { progress } = task;
  if (progress === null) return task;
  return { ...task, progress: { ...progress, total: Math.max(progress.total, progress.done + arrived) } };
}

/**
 * Whether a task can be started now. Only what is known counts: missing metadata or a missing figure never counts
 * against a task.
 */
export function preflight(task: Task, conditions: StartConditions): Preflight {
  const holds = findings(task, conditions);
  const items = preflightCodes
    .filter((code) => holds[code])
    .map((code): PreflightItem => ({ level: refusing.has(code) ? 'red' : 'amber', code }));
  return { level: items[0]?.level ?? 'green', items };
}

function findings(task: Task, { metadata, now, askAbove }: StartConditions): Record<PreflightCode, boolean> {
  const { progress } = task;
  const script = metadata?.scripts.find((entry) => entry.id === task.script.id);
  // A rule that is not listed is not necessarily off: the platform's own default rule is missing from its list.
  const rule = metadata?.redialRules.find((entry) => entry.id === task.redialRule.id);
  const group = metadata?.agentGroups.find((entry) => entry.id === task.agentGroup?.id);
  return {
    already_started: task.started,
    no_numbers: progress?.total === 0,
    script_deleted: task.script.deleted || script?.deleted === true,
    line_gone: metadata !== null && !metadata.lines.some((entry) => entry.id === task.line.id),
    nothing_left: progress !== null && progress.total > 0 && progress.done >= progress.total,
    script_debug: script?.debug ?? task.script.debug,
    line_expired: task.line.expiresAt !== null && task.line.expiresAt <= now,
    rule_off: rule?.enabled === false,
    many_numbers: (leftOf(task) ?? 0) > askAbove,
    group_unusable: metadata !== null && task.agentGroup !== null && !(group?.enabled && group.lineId),
  };
}
