import type { May } from '../access/permission.ts';
import type { CardData } from '../model/card.ts';
import type { Clock, Log } from '../ports.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { Board } from '../watch/board.ts';
import type { ScheduleCalendar } from './calendar.ts';
import type { Surroundings } from './conflicts.ts';
import type { Schedules } from './ports.ts';

/** What the use cases of schedules work with. */
export interface ScheduleDeps {
  store: Schedules & AudienceStore;
  board: Pick<Board, 'get' | 'all'>;
  calendar: ScheduleCalendar;
  now(): number;
  clock: Pick<Clock, 'now' | 'sleep'>;
  log: Pick<Log, 'error'>;
  may: May;
  /** A task as the platform has it now. Throws `AppError`. */
  read(taskId: string): Promise<CardData>;
  /** What a plan for that task meets, besides other schedules. */
  around(card: CardData): Promise<Omit<Surroundings, 'now' | 'task' | 'others'>>;
  /** Aborted when the process stops. */
  stopping: AbortSignal;
  /** Something is to be shown in channels. */
  changed(): void;
}
