import type { Alert, AlertFacts, AlertKind } from '../model/alert.ts';
import type { Metadata } from '../model/metadata.ts';
import type { Reading } from '../model/reading.ts';
import { expiringMs } from '../model/task.ts';
import { holdersOf, isCalling, isOverbooked, isTaken, lineUseOf, movingOn } from '../watch/line-use.ts';
import { callIntervalMs } from '../watch/pace.ts';
import { standstillLimitMs } from '../watch/standstill.ts';
import { lastSignOf, tallyOf } from '../watch/tally.ts';
import { hasCollapsed, paceOf } from './pace.ts';

/** What is wrong with a task as one look at the platform shows it. */
export interface Cause {
  kind: AlertKind;
  /** What it is known from: each is read on its own, and each may be old. */
  source: Alert['source'];
  /** Since when, epoch ms; null: it can only be said when it was first seen. */
  since: number | null;
  /** For how long it must be seen before it may be believed, ms. */
  lasting: number;
  facts: AlertFacts;
}

/** What is known around a task. */
export interface Surroundings {
  /** Epoch ms. */
  now: number;
  /** null: not known now, so nothing follows from it. */
  metadata: Metadata | null;
  /** All tasks on a line, and all that keep the same quiet hours. */
  onLine(lineId: string): readonly Reading[];
  inQuietGroup(groupId: string): readonly Reading[];
  /** See `Circumstances.platformSpeed`. */
  speed: number;
  /** Since when no calls may be made by the legal hours, epoch ms; null while they may. */
  closedSince: number | null;
}

/**
 * How long a finished task may stay on before that is an oversight, ms.
 * @internal Exported for tests.
 */
export const leftOnMs = 15 * 60_000;
/** A conversation that began before quiet hours is over by then, ms: calls that end later began within them. */
const lastCallMs = 150_000;

const noFacts: AlertFacts = {
  line: null,
  thing: null,
  concurrency: 0,
  holders: [],
  outside: 0,
  perMinute: null,
  ownPerMinute: null,
  expiresAt: null,
  quietKnown: false,
  code: null,
};

/**
 * Everything that is wrong with a task by one look. Only what is known counts: missing metadata or figures never speak
 * against a task, quiet hours are no standstill, and a task that is off is nobody's worry. A standstill has one cause.
 */
export function causesNow(reading: Reading, around: Surroundings): Cause[] {
  const { task, state } = reading;
  if (!task.started || state === 'gone') return [];
  if (state === 'finished') return leftOn(reading, around);
  if (task.progress?.total === 0) return [];
  const closed = hoursCause(reading, around);
  const blocking = [lineCause(reading, around), scriptCause(reading, around)].filter((cause) => cause !== null);
  const others = [ruleCause(reading, around), groupCause(reading, around)].filter((cause) => cause !== null);
  const explains = blocking.some(({ kind }) => kind !== 'line_expiring' && kind !== 'script_debug');
  const still = explains ? null : standstill(reading, around);
  return [closed, still, ...blocking, ...others].filter((cause) => cause !== null);
}

/** On when no calls may be made, unless its own quiet hours keep it from calling anyone. */
function hoursCause(reading: Reading, { closedSince }: Surroundings): Cause | null {
  if (closedSince === null || reading.quietUntil !== null) return null;
  return { kind: 'outside_hours', source: 'list', since: closedSince, lasting: 0, facts: factsOf(reading) };
}

function lineCause(reading: Reading, { metadata, now }: Surroundings): Cause | null {
  const { line } = reading.task;
  const facts = { ...factsOf(reading), expiresAt: line.expiresAt };
  if (metadata !== null && metadata.lines.length > 0 && !metadata.lines.some(({ id }) => id === line.id)) {
    return { kind: 'line_gone', source: 'metadata', since: null, lasting: 0, facts };
  }
  if (line.expiresAt === null || line.expiresAt > now + expiringMs) return null;
  const expired = line.expiresAt <= now;
  return {
    kind: expired ? 'line_expired' : 'line_expiring',
    source: 'list',
    since: expired ? line.expiresAt : null,
    lasting: 0,
    facts,
  };
}

function scriptCause(reading: Reading, { metadata }: Surroundings): Cause | null {
  const { script } = reading.task;
  const listed = metadata?.scripts.find(({ id }) => id === script.id);
  const facts = { ...factsOf(reading), thing: { id: script.id, name: script.name ?? listed?.name ?? script.id } };
  if (script.deleted) return { kind: 'script_deleted', source: 'list', since: null, lasting: 0, facts };
  if (listed?.deleted === true) return { kind: 'script_deleted', source: 'metadata', since: null, lasting: 0, facts };
  // As for a start, the metadata decides where it has the script.
  if (!(listed?.debug ?? script.debug)) return null;
  return { kind: 'script_debug', source: script.debug ? 'list' : 'metadata', since: null, lasting: 0, facts };
}

/** A rule that is not listed is not necessarily off: the platform's own default rule is missing from its list. */
function ruleCause(reading: Reading, { metadata }: Surroundings): Cause | null {
  const { redialRule } = reading.task;
  const rule = metadata?.redialRules.find(({ id }) => id === redialRule.id);
  if (rule?.enabled !== false) return null;
  const facts = { ...factsOf(reading), thing: { id: rule.id, name: redialRule.name ?? rule.name } };
  return { kind: 'rule_off', source: 'metadata', since: null, lasting: 0, facts };
}

function groupCause(reading: Reading, { metadata }: Surroundings): Cause | null {
  const { agentGroup } = reading.task;
  if (agentGroup === null || metadata === null || metadata.agentGroups.length === 0) return null;
  const group = metadata.agentGroups.find(({ id }) => id === agentGroup.id);
  if (group?.enabled && group.lineId !== null) return null;
  const facts = {
    ...factsOf(reading),
    thing: { id: agentGroup.id, name: agentGroup.name ?? group?.name ?? agentGroup.id },
  };
  return { kind: 'group_unusable', source: 'metadata', since: null, lasting: 0, facts };
}

/** Where the redial rule may call numbers again after all, it is no oversight. */
function leftOn(reading: Reading, { now, speed }: Surroundings): Cause[] {
  if (reading.redials === true) return [];
  const since = tallyOf(reading).endedAt ?? reading.takenAt;
  if (now - since < leftOnMs / speed) return [];
  return [{ kind: 'left_on', source: 'list', since, lasting: 0, facts: factsOf(reading) }];
}

/** No calls, or hardly any: because of the line, as far as that shows. */
function standstill(reading: Reading, around: Surroundings): Cause | null {
  if (!isCalling(reading)) return null;
  const { task } = reading;
  const use = lineUseOf(reading, around.onLine(task.line.id), around.metadata);
  const limit = limitOf(reading, around.speed);
  const moving = movingOn(use, (other) => isMoving(other, limit, around.now));
  const facts = { ...factsOf(reading), ...holdersOf(moving) };
  if (hasStalled(reading, around)) {
    const stalled = { source: 'list' as const, since: lastSignOf(reading), lasting: doubtMs(reading, around), facts };
    if (isTaken(moving)) return { ...stalled, kind: 'line_full' };
    if (isSilent(reading, use.others, around)) return { ...stalled, kind: 'line_dead' };
    if (moving.others.length === 0 && use.givesNothing) return { ...stalled, kind: 'line_dead', source: 'metadata' };
    return { ...stalled, kind: 'stalled' };
  }
  const pace = paceOf(reading);
  if (pace === null || !hasCollapsed(pace)) return null;
  const kind = isOverbooked(moving, task.concurrency) ? 'line_full' : 'slowed';
  return {
    kind,
    source: 'list',
    since: null,
    lasting: 0,
    facts: { ...facts, perMinute: pace.now, ownPerMinute: pace.own },
  };
}

/**
 * Whether a task makes no calls although it could: outside of quiet hours that are known. Where nobody has entered them,
 * another task that keeps the same hours must be called at this time. After a change of what decides its pace, such as
 * its line, it is given its limit anew.
 */
function hasStalled(reading: Reading, { inQuietGroup, now, speed }: Surroundings): boolean {
  const { task, state, quietKnown, quietUntil } = reading;
  if (state !== 'waiting' || task.progress === null || quietUntil !== null) return false;
  const { adjustedAt } = tallyOf(reading);
  if (adjustedAt !== null && now - adjustedAt < limitOf(reading, speed)) return false;
  return quietKnown || inQuietGroup(task.quietHours.id).some((other) => isMoving(other, lastCallMs / speed, now));
}

/**
 * For how long a standstill must be seen beyond its limit. Where the quiet hours are not known, they may just have begun
 * (then the last calls of others end within `lastCallMs`) or ended (then the first call of this task comes within its
 * limit). Where numbers are called again, those that come back may hide calls for a while.
 */
function doubtMs(reading: Reading, { speed }: Surroundings): number {
  if (!reading.quietKnown) return limitOf(reading, speed) + lastCallMs / speed;
  return reading.redials === false ? 0 : lastCallMs / speed;
}

/** Whether several tasks of a line could all make calls, and none does. */
function isSilent(reading: Reading, others: readonly Reading[], { now, speed }: Surroundings): boolean {
  const limit = limitOf(reading, speed);
  const witnesses = others.filter(
    ({ task, quietKnown, quietUntil }) =>
      task.progress !== null &&
      quietUntil === null &&
      (quietKnown || task.quietHours.id === reading.task.quietHours.id),
  );
  return witnesses.length > 0 && witnesses.every((other) => now - lastSignOf(other) >= limit);
}

const isMoving = ({ movedAt, state }: Reading, withinMs: number, now: number): boolean =>
  state === 'dialing' && movedAt !== null && now - movedAt < withinMs;

function limitOf(reading: Reading, speed: number): number {
  return standstillLimitMs(reading.task, callIntervalMs(tallyOf(reading)), speed);
}

function factsOf({ task, quietKnown }: Reading): AlertFacts {
  const { id, name } = task.line;
  return { ...noFacts, line: { id, name: name ?? id }, concurrency: task.concurrency, quietKnown };
}

/**
 * How long the platform may fail before that is said, ms.
 * @internal Exported for tests.
 */
export const platformDownMs = 2 * 60_000;

/** Whether the platform has been out of reach for too long. `code`: of the last error. */
export function platformCause(
  { since, code }: { since: number | null; code: string | null },
  now: number,
): Cause | null {
  if (since === null || now - since < platformDownMs) return null;
  return { kind: 'platform_down', source: 'list', since, lasting: 0, facts: { ...noFacts, code } };
}
