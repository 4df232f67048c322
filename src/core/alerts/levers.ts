import type { Alert, AlertKind } from '../model/alert.ts';

/** What repairs an alert: a press, or a form with a single question. `check` asks the platform again. */
export const leverVerbs = ['pause', 'start', 'line', 'concurrency', 'edit', 'check'] as const;
export type LeverVerb = (typeof leverVerbs)[number];

export interface Lever {
  verb: LeverVerb;
  /** The task that it acts on, which may be another one than that of the alert; '' for the platform. */
  taskId: string;
  /** Its name, where it is another one. */
  otherName: string | null;
}

const repairs: Record<AlertKind, readonly LeverVerb[]> = {
  stalled: ['line', 'pause', 'edit'],
  slowed: ['line', 'pause', 'edit'],
  line_full: ['line', 'concurrency', 'pause'],
  line_dead: ['line', 'pause', 'edit'],
  line_gone: ['line', 'pause', 'edit'],
  line_expired: ['line', 'pause', 'edit'],
  line_expiring: ['line', 'pause', 'edit'],
  script_deleted: ['edit', 'pause'],
  script_debug: ['edit', 'pause'],
  rule_off: ['edit', 'pause'],
  group_unusable: ['edit', 'pause'],
  left_on: ['pause', 'edit'],
  outside_hours: ['pause'],
  platform_down: ['check'],
};

/**
 * What can be done about an alert, the likeliest repair first. One that ended because its task was paused offers to
 * start it again, and not where *Pause* was: that is never first.
 */
export function leversOf(alert: Alert): Lever[] {
  const own = (verb: LeverVerb): Lever => ({ verb, taskId: alert.taskId, otherName: null });
  if (alert.endedAt !== null) {
    const resumes = alert.end === 'paused' && alert.kind !== 'left_on' && alert.kind !== 'outside_hours';
    return resumes ? [own('start'), own('edit')] : [];
  }
  return repairs[alert.kind].flatMap((verb) => (verb === 'concurrency' ? roomMaker(alert) : [own(verb)]));
}

/** The task whose lower concurrency would leave some of the line to others: the one that holds most of it. */
function roomMaker({ facts }: Alert): Lever[] {
  const [largest] = facts.holders;
  if (largest === undefined || largest.concurrency <= 1) return [];
  return [{ verb: 'concurrency', taskId: largest.id, otherName: largest.name }];
}
