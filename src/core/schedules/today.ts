import type { Schedule, ScheduleMoment } from '../model/schedule.ts';
import type { Board } from '../watch/board.ts';
import { dayMs, dayNumber, type ScheduleCalendar } from './calendar.ts';
import { momentsBetween } from './moments.ts';
import type { Schedules } from './ports.ts';

/** What a schedule still does today: at least one moment. */
export interface TodaysSchedule {
  taskId: string;
  taskName: string;
  moments: ScheduleMoment[];
}

/** A schedule that waits for someone: it is held, or asks about a start that was missed. */
export interface UndecidedSchedule {
  schedule: Schedule;
  taskName: string;
}

/** What schedules do today, in the zone of the platform, and what they wait for. */
export interface ScheduleDay {
  calendar: Pick<ScheduleCalendar, 'zone' | 'shows'>;
  /** The time that schedules go by, epoch ms. */
  now: number;
  /** The one with the next moment first. */
  today: TodaysSchedule[];
  /** How many more schedules do something today. */
  moreToday: number;
  /** Questions first, then the latest change. */
  undecided: UndecidedSchedule[];
  /** How many more of them there are. */
  moreUndecided: number;
}

interface ScheduleDayDeps {
  store: Pick<Schedules, 'comingSchedules' | 'undecidedSchedules'>;
  board: Pick<Board, 'get'>;
  calendar: ScheduleCalendar;
  now(): number;
}

/** So many are read: their number has no bound, and each reader has room for a few. */
const maxToday = 8;
const maxUndecided = 50;

/** Reads what the schedules of all tasks do today. Throws `store_failed`. */
export function createScheduleDay({ store, board, calendar, now }: ScheduleDayDeps): () => Promise<ScheduleDay> {
  const nameOf = ({ taskId, taskName }: Schedule): string => board.get(taskId)?.task.name ?? taskName;
  return async () => {
    const after = now();
    const midnight = calendar.instantOf((dayNumber(calendar.shows(after)) + 1) * dayMs);
    const [coming, undecided] = await Promise.all([
      store.comingSchedules({ after, before: midnight, limit: maxToday }),
      store.undecidedSchedules(maxUndecided),
    ]);
    const today = coming.first.map((schedule) => ({
      taskId: schedule.taskId,
      taskName: nameOf(schedule),
      moments: momentsBetween(schedule.plan, calendar, { after, until: midnight - 1 }),
    }));
    return {
      calendar,
      now: after,
      today: today.filter(({ moments }) => moments.length > 0),
      moreToday: Math.max(0, coming.count - coming.first.length),
      undecided: undecided.first.map((schedule) => ({ schedule, taskName: nameOf(schedule) })),
      moreUndecided: Math.max(0, undecided.count - undecided.first.length),
    };
  };
}
