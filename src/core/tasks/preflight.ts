import type { Metadata } from '../model/metadata.ts';
import type { Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import { roomFor } from '../watch/line-use.ts';

/** What speaks against starting a task, in the order in which it is shown. */
export const preflightCodes = [
  'already_started',
  'no_numbers',
  'script_deleted',
  'line_gone',
  'nothing_left',
  'script_debug',
  'line_expired',
  'line_full',
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
  /** Where the line has less room than the task may take: how many calls at a time it has room for, ≥ 0. */
  room: number | null;
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
  /** The readings of all tasks on its line, as far as they are known. */
  mates: readonly Reading[];
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
 * against a task. Of a task that is on, that is all there is to say.
 */
export function preflight(task: Task, conditions: StartConditions): Preflight {
  if (task.started) return { level: 'red', items: [{ level: 'red', code: 'already_started' }], room: null };
  const room = roomFor(task, conditions.mates, conditions.metadata);
  const holds = findings(task, conditions, room);
  const items = preflightCodes
    .filter((code) => holds[code])
    .map((code): PreflightItem => ({ level: refusing.has(code) ? 'red' : 'amber', code }));
  return { level: items[0]?.level ?? 'green', items, room };
}

function findings(
  task: Task,
  { metadata, now, askAbove }: StartConditions,
  room: number | null,
): Record<PreflightCode, boolean> {
  const { progress } = task;
  const script = metadata?.scripts.find((entry) => entry.id === task.script.id);
  // A rule that is not listed is not necessarily off: the platform's own default rule is missing from its list.
  const rule = metadata?.redialRules.find((entry) => entry.id === task.redialRule.id);
  const group = metadata?.agentGroups.find((entry) => entry.id === task.agentGroup?.id);
  const isGone = metadata !== null && !metadata.lines.some((entry) => entry.id === task.line.id);
  return {
    already_started: false,
    no_numbers: progress?.total === 0,
    script_deleted: task.script.deleted || script?.deleted === true,
    line_gone: isGone,
    nothing_left: progress !== null && progress.total > 0 && progress.done >= progress.total,
    script_debug: script?.debug ?? task.script.debug,
    line_expired: task.line.expiresAt !== null && task.line.expiresAt <= now,
    line_full: room !== null && !isGone,
    rule_off: rule?.enabled === false,
    many_numbers: (leftOf(task) ?? 0) > askAbove,
    group_unusable: metadata !== null && task.agentGroup !== null && !(group?.enabled && group.lineId),
  };
}
