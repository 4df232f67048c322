import type { Alert, AlertEnd, AlertKind } from '../model/alert.ts';
import type { Metadata } from '../model/metadata.ts';
import type { Reading } from '../model/reading.ts';
import { isBelieved, isCertain, type Look, type Sighting, type Suspicion, seenAgain, suspicionKey } from './belief.ts';
import { sameLineMs } from './collect.ts';
import { familyOf, hasOther, hasOtherHolder, persists, subjectOf, wasAdjusted, worseThan } from './persistence.ts';

/** What one look changes: each alert as it is from now on. */
export interface Decided {
  /** Those that begin and must be posted. */
  begun: Alert[];
  /** Those that are posted and have changed: over, back again, or better understood. */
  changed: Alert[];
  /** Those that nobody needs to hear of. */
  silent: Alert[];
}

export interface Situation {
  /** Those that are open, and those that ended lately. */
  alerts: readonly Alert[];
  suspicions: ReadonlyMap<string, Suspicion>;
  /** How often the cause of an open alert was missing in a row, by its id. */
  missed: ReadonlyMap<string, Sighting>;
  readingOf(taskId: string): Reading | null;
  /** As last read; null while not known. */
  metadata: Metadata | null;
  look: Look;
  newId(): string;
}

const minute = 60_000;
/**
 * Something that comes back by itself within this time was never quite over: its message says so, and nobody is
 * disturbed again.
 */
const sameAgainMs = 30 * minute;
/** The person who starts a task is asked about these first; what is seen so soon after is what they agreed to. */
const askedAtStart: ReadonlySet<AlertKind> = new Set(['script_debug', 'line_expired', 'rule_off', 'group_unusable']);
const agreedWithinMs = 2 * minute;
/** What a person did here shows within this time: with the next polls. */
const effectMs = 2 * minute;

/** Which alerts begin, end or change by what is suspected after a look. */
export function decide(situation: Situation): Decided {
  const { alerts, suspicions, look } = situation;
  const open = new Map(alerts.filter(isOpen).map((alert) => [keyOf(alert), alert]));
  const decided: Decided = { begun: [], changed: [], silent: [] };
  for (const [key, suspicion] of suspicions) {
    const known = open.get(key);
    if (!isCertain(suspicion, look.now)) continue;
    if (known === undefined) begin(situation, suspicion, decided);
    else {
      const { kind, facts, source } = isBetterKnown(known, suspicion, look.now) ? suspicion.cause : known;
      const now = { ...known, kind, facts, source, taskName: nameOf(situation, known) };
      if (kind === known.kind && facts === known.facts && now.taskName === known.taskName) continue;
      (known.agreed ? decided.silent : decided.changed).push(now);
    }
  }
  for (const [key, alert] of open) {
    if (suspicions.has(key)) continue;
    const end = endOf(situation, alert);
    if (end === null) continue;
    (alert.agreed ? decided.silent : decided.changed).push({ ...alert, taskName: nameOf(situation, alert), ...end });
  }
  return decided;
}

/** A task may have been renamed since. */
function nameOf({ readingOf }: Pick<Situation, 'readingOf'>, { taskId, taskName }: Alert): string {
  return readingOf(taskId)?.task.name ?? taskName;
}

/** How often the cause of each open alert was missing in a row, after a look. */
export function missedAfter(
  { alerts, suspicions, missed, readingOf, metadata, look }: Omit<Situation, 'newId'>,
  isUnseen: (taskId: string) => boolean,
): Map<string, Sighting> {
  const after = new Map<string, Sighting>();
  for (const alert of alerts.filter(isOpen)) {
    const before = missed.get(alert.id);
    if (isUnseen(alert.taskId)) {
      if (before !== undefined) after.set(alert.id, before);
      continue;
    }
    const reading = readingOf(alert.taskId);
    const isHidden = reading?.task.started === true && !hasOther(alert, reading) && growsWorse(alert, suspicions);
    const holds = suspicions.has(keyOf(alert)) || isHidden || (reading !== null && persists(alert, reading, metadata));
    if (!holds) after.set(alert.id, seenAgain(before, look));
  }
  return after;
}

const growsWorse = ({ taskId, kind, facts }: Alert, suspicions: ReadonlyMap<string, Suspicion>): boolean =>
  worseThan(kind).some((other) => suspicions.has(suspicionKey(taskId, { kind: other, facts })));

export const isOpen = ({ endedAt }: Alert): boolean => endedAt === null;

const keyOf = (alert: Alert): string => suspicionKey(alert.taskId, alert);

/** Whether what is seen now has another kind than what an alert says, or other tasks hold its line, and for long enough. */
function isBetterKnown(known: Alert, { cause, kindSince }: Suspicion, now: number): boolean {
  return (known.kind !== cause.kind || hasOtherHolder(known, cause)) && now - kindSince >= cause.lasting;
}

function begin(situation: Situation, suspicion: Suspicion, decided: Decided): void {
  const { alerts, readingOf, look, newId } = situation;
  const { taskId, cause } = suspicion;
  const reading = readingOf(taskId);
  const former = alerts.find((alert) => isSameAgain(alert, suspicion, look.now));
  if (former !== undefined) {
    const { kind, facts, source } = cause;
    const again = { endedAt: null, end: null, endedBy: null };
    decided.changed.push({ ...former, kind, facts, source, taskName: nameOf(situation, former), ...again });
    return;
  }
  const agreed = reading !== null && wasAgreed(reading, suspicion);
  const alert: Alert = {
    id: newId(),
    taskId,
    taskName: reading?.task.name ?? '',
    kind: cause.kind,
    source: cause.source,
    facts: cause.facts,
    since: cause.since ?? suspicion.since,
    begunAt: look.now,
    agreed,
    endedAt: null,
    end: null,
    endedBy: null,
    posts: [],
  };
  (agreed ? decided.silent : decided.begun).push(alert);
}

/** What someone ended by what they did is news when it is back. */
function isSameAgain(alert: Alert, { taskId, cause }: Suspicion, now: number): boolean {
  if (alert.endedAt === null || alert.agreed || alert.taskId !== taskId) return false;
  if (familyOf(alert.kind) !== familyOf(cause.kind) || subjectOf(alert) !== subjectOf(cause)) return false;
  const age = now - alert.endedAt;
  if (cause.kind === 'line_expiring') {
    return age <= sameLineMs && alert.end !== 'changed';
  }
  return Math.abs(age) <= sameAgainMs && (alert.end === 'over' || alert.end === 'wrong');
}

function wasAgreed({ acts }: Reading, { cause, since }: Suspicion): boolean {
  const start = acts.findLast(({ action }) => action === 'started');
  return askedAtStart.has(cause.kind) && start !== undefined && since - start.at <= agreedWithinMs;
}

/** How an alert whose cause is missing has ended; null while that is not believed. */
function endOf(
  { readingOf, missed, look }: Situation,
  alert: Alert,
): Pick<Alert, 'endedAt' | 'end' | 'endedBy'> | null {
  const reading = readingOf(alert.taskId);
  const absence = missed.get(alert.id);
  if (absence === undefined) return null;
  const actor = reading?.actor ?? null;
  // An act that ended nothing then is not what ends it later.
  const acted = actor !== null && actor.at >= alert.begunAt && absence.since - actor.at <= effectMs;
  const off = reading !== null && !reading.task.started;
  // What was done here was read back: it needs no second look.
  const certain = acted && (off || actor.action === 'edited' || actor.action === 'deleted');
  if (!certain && !isBelieved(absence, needs(alert, reading))) return null;
  const edited = acted && actor.action === 'edited';
  const end = endKind(alert, reading, edited || (reading !== null && wasAdjusted(alert, reading)));
  // Someone may have paused elsewhere what a person here has edited.
  const did = acted && actor.action === (end === 'paused' ? 'paused' : 'edited');
  return {
    endedAt: certain ? look.now : absence.since,
    end,
    endedBy: did && (end === 'paused' || end === 'changed') ? actor.person : null,
  };
}

/** What must have been read again for an end to be believed: the metadata only where they alone knew of the cause. */
function needs({ source }: Alert, reading: Reading | null): Alert['source'] {
  return reading?.task.started ? source : 'list';
}

function endKind(alert: Alert, reading: Reading | null, edited: boolean): AlertEnd {
  if (alert.kind === 'platform_down') return 'over';
  if (reading === null || reading.state === 'gone') return 'deleted';
  if (alert.kind !== 'left_on' && reading.state === 'finished') return 'finished';
  if (!reading.task.started) return 'paused';
  if (familyOf(alert.kind) === 'standstill' && reading.quietUntil !== null) {
    return alert.facts.quietKnown ? 'quiet' : 'wrong';
  }
  return edited || hasOther(alert, reading) ? 'changed' : 'over';
}
