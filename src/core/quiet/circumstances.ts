import type { Task } from '../model/task.ts';
import type { CircumstancesOf } from '../watch/look.ts';
import type { KnownHours, PlatformTime } from './known-hours.ts';

export interface CircumstancesDeps {
  redials(task: Pick<Task, 'redialRule'>): boolean | null;
  knownHours: Pick<KnownHours, 'around'>;
  /** How long every number must stay dialed before a task with a redial rule counts as finished, ms. */
  redialQuietMs: number;
  platformTime: (() => PlatformTime) | undefined;
}

/** What is known around every look at a task, beside what the list shows of it. */
export function createCircumstances({
  redials,
  knownHours,
  redialQuietMs,
  platformTime,
}: CircumstancesDeps): CircumstancesOf {
  return (task, at) => {
    const platformSpeed = platformTime?.().speed ?? 1;
    return {
      redials: redials(task),
      quietHours: knownHours.around(task.quietHours.id, at),
      redialQuietMs: redialQuietMs / platformSpeed,
      platformSpeed,
    };
  };
}
