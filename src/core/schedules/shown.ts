import type { CardData } from '../model/card.ts';
import type { Schedule, ScheduleMoment } from '../model/schedule.ts';
import type { Conflict } from './conflicts.ts';

/** A schedule as it is shown. */
export interface ShownSchedule {
  schedule: Schedule;
  /** Its task as it is known; null when it is not. */
  card: CardData | null;
  /** Its next moments, also while it is held: those that it would have. */
  upcoming: ScheduleMoment[];
  /** What its last moment wanted of the task. */
  wanted: ScheduleMoment | null;
}

/** What saving a plan would mean. */
export interface PlanPreview {
  upcoming: ScheduleMoment[];
  conflicts: Conflict[];
}
