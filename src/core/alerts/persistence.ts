import type { Alert, AlertKind } from '../model/alert.ts';
import type { Metadata } from '../model/metadata.ts';
import type { Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import { isCalling } from '../watch/line-use.ts';
import { tallyOf } from '../watch/tally.ts';
import { isStillSlow } from './pace.ts';

/** Of these, a task has one at a time: what is known of it may become clearer without being something new. */
const standstills: ReadonlySet<AlertKind> = new Set(['stalled', 'slowed', 'line_full', 'line_dead']);

/** What two alerts of one task about the same thing must not have in common. */
export function familyOf(kind: AlertKind): string {
  return standstills.has(kind) ? 'standstill' : kind;
}

/** The part of a task that is wrong; null: the task, or the platform, itself. */
const wrongPart: Record<AlertKind, 'line' | 'script' | 'redialRule' | 'agentGroup' | null> = {
  stalled: 'line',
  slowed: 'line',
  line_full: 'line',
  line_dead: 'line',
  line_gone: 'line',
  line_expired: 'line',
  line_expiring: 'line',
  script_deleted: 'script',
  script_debug: 'script',
  rule_off: 'redialRule',
  group_unusable: 'agentGroup',
  left_on: null,
  outside_hours: null,
  platform_down: null,
};

/** The id of what is wrong with a task: with another script, or on another line, it is something else. */
export function subjectOf({ kind, facts }: Pick<Alert, 'kind' | 'facts'>): string {
  const part = wrongPart[kind];
  if (part === null) return '';
  return (part === 'line' ? facts.line?.id : facts.thing?.id) ?? '';
}

/** Whether a task now has another line, script, rule or group than the one that an alert is about. */
export function hasOther(alert: Alert, { task }: { task: Task }): boolean {
  const part = wrongPart[alert.kind];
  return part !== null && (task[part]?.id ?? '') !== subjectOf(alert);
}

/**
 * Whether an alert is still true although its cause no longer shows as it did when it began: a pace is no longer quite as
 * low, a standstill has lost the task that proved it or has another cause by now, a line has expired and was not renewed,
 * the metadata say nothing of it any longer.
 */
export function persists(alert: Alert, reading: Reading, metadata: Metadata | null): boolean {
  const { kind, facts, begunAt } = alert;
  if (!reading.task.started || reading.state === 'gone' || reading.state === 'finished') return false;
  if (hasOther(alert, reading) || wasAdjusted(alert, reading)) return false;
  if (alert.source === 'metadata' && metadata !== null && isMissingIn(metadata, alert)) return true;
  if (kind === 'line_expiring') return hasExpired(reading);
  if (standstills.has(kind) && facts.ownPerMinute === null) return isStandingStill(reading, begunAt);
  if (facts.ownPerMinute === null || (kind !== 'slowed' && kind !== 'line_full') || !isCalling(reading)) return false;
  // It makes even fewer calls, although perhaps for a reason that is not known.
  if (reading.state === 'waiting') return reading.quietUntil === null;
  return isStillSlow(reading, facts.ownPerMinute);
}

/** Whether metadata lack what an alert is about: a list that is empty, or without it, does not say that it is right. */
function isMissingIn({ lines, scripts, redialRules, agentGroups }: Metadata, { kind, facts }: Alert): boolean {
  const lacks = (list: readonly { id: string }[]): boolean => !list.some(({ id }) => id === facts.thing?.id);
  switch (kind) {
    case 'line_gone':
      return lines.length === 0;
    case 'script_deleted':
    case 'script_debug':
      return lacks(scripts);
    case 'rule_off':
      return lacks(redialRules);
    case 'group_unusable':
      return agentGroups.length === 0;
    default:
      return false;
  }
}

const hasExpired = ({ task, takenAt }: Reading): boolean =>
  task.line.expiresAt !== null && task.line.expiresAt <= takenAt;

/**
 * Whether what decides the pace of a task was changed, here or elsewhere, since an alert about it began: then calls are
 * to be waited for, and no pace can be compared.
 */
export function wasAdjusted({ kind, begunAt }: Alert, reading: Reading): boolean {
  return standstills.has(kind) && (tallyOf(reading).adjustedAt ?? 0) >= begunAt;
}

/** Without a call since, and without an edit here. */
function isStandingStill({ state, quietUntil, movedAt, actor }: Reading, since: number): boolean {
  const edited = actor !== null && actor.action === 'edited' && actor.at >= since;
  return state === 'waiting' && quietUntil === null && !edited && (movedAt ?? 0) < since;
}

/** What a cause becomes when it grows worse: only the worse one shows then, and the other is not over. */
const worse: Partial<Record<AlertKind, readonly AlertKind[]>> = {
  line_expiring: ['line_expired', 'line_gone'],
  line_expired: ['line_gone'],
  script_debug: ['script_deleted'],
};

/** The kinds of which one, seen now, hides an alert of this kind. */
export function worseThan(kind: AlertKind): readonly AlertKind[] {
  return worse[kind] ?? [];
}

/** Whether the task that held most of a line no longer holds any of it, so that what is said of it is out of date. */
export function hasOtherHolder(
  { kind, facts: { holders } }: Pick<Alert, 'kind' | 'facts'>,
  now: Pick<Alert, 'kind' | 'facts'>,
): boolean {
  if (kind !== 'line_full' || now.kind !== kind) return false;
  const [largest] = holders;
  if (largest === undefined) return now.facts.holders.length > 0;
  return !now.facts.holders.some(({ id }) => id === largest.id);
}
