import type { Reading } from '../model/reading.ts';
import type { Progress, Task } from '../model/task.ts';
import { contradicts, falls, sameSource } from './doubt.ts';
import { type Interval, intervalAt } from './intervals.ts';

/** What a look at a task is, and what is known around it. */
export interface Circumstances {
  /**
   * Only a `poll` counts toward "several polls in a row" and can finish a task: a `glance` (reading back an own action,
   * or on a person's request) proves neither that a task has stalled nor that it is finished. But what it shows of the
   * task itself is believed at once, and numbers added end a finish.
   */
  look?: 'poll' | 'glance';
  /** Whether the task's redial rule is on; null or absent: not known now, so what was last known holds. */
  redials?: boolean | null;
  /**
   * The quiet hours from the last movement on, and for some weeks ahead, in order and apart from each other; null or
   * absent: not known.
   */
  quietHours?: readonly Interval[] | null;
  /** How long every number must stay dialed, while the redial rule is on, before that is the end. */
  redialQuietMs?: number;
  /** How much faster than ours the platform's clock runs: its timeouts and pauses are that much shorter. 1 but in demos. */
  platformSpeed?: number;
}

/** What is known around a look at a task, by a poll or on request. */
export type CircumstancesOf = (task: Task, takenAt: number) => Omit<Circumstances, 'look'>;

/** A look, and what is to be made of it. */
export interface Look {
  /** The task as far as it is believed. */
  task: Task;
  takenAt: number;
  glance: boolean;
  /** What the look adds to counts of polls. */
  counts: 0 | 1;
  contradicts: boolean;
  /** The figures before, and whether those of this look can be compared with them. */
  earlier: Progress | null;
  comparable: boolean;
  redials: boolean | null;
  redialQuietMs: number | undefined;
  quiet: Quiet;
}

export function lookOf(before: Reading | null, seen: Task, takenAt: number, circumstances: Circumstances): Look {
  const glance = circumstances.look === 'glance';
  const earlier = before?.task.progress ?? null;
  // A glance may not take back what polls have shown; the next two of them can.
  const task = glance && falls(earlier, seen.progress) ? { ...seen, progress: earlier } : seen;
  const sameRule = before?.task.redialRule.id === task.redialRule.id;
  return {
    task,
    takenAt,
    glance,
    counts: glance ? 0 : 1,
    contradicts: !glance && before !== null && before.state !== 'gone' && contradicts(before, seen, takenAt),
    earlier,
    comparable: sameSource(earlier, task.progress),
    redials: circumstances.redials ?? (sameRule ? (before?.redials ?? null) : null),
    redialQuietMs: circumstances.redialQuietMs,
    quiet: quietOf(takenAt, circumstances.quietHours ?? null),
  };
}

interface Quiet {
  known: boolean;
  /** The end of the quiet hours that are on now. */
  until: number | null;
  hours: readonly Interval[];
}

function quietOf(takenAt: number, hours: readonly Interval[] | null): Quiet {
  if (hours === null) return { known: false, until: null, hours: [] };
  return { known: true, until: intervalAt(takenAt, hours)?.until ?? null, hours };
}
