import { z } from 'zod';
import { personRef } from './address.ts';

export const minutesPerDay = 24 * 60;
/** 1 is Monday, 7 is Sunday. */
export const daysOfWeek = [1, 2, 3, 4, 5, 6, 7] as const;

/** A period without calls, in the wall-clock time of the platform, that begins on each of these days of the week. */
const quietWindow = z.object({
  /** 1 (Monday) to 7 (Sunday), ascending, at least one. */
  days: z.array(z.number().int().min(1).max(7)).min(1),
  /** Minutes since midnight. `until` (1…1440) before `from` (0…1439) is on the following day; they are never equal. */
  from: z
    .number()
    .int()
    .min(0)
    .max(minutesPerDay - 1),
  until: z.number().int().min(1).max(minutesPerDay),
});
export type QuietWindow = z.infer<typeof quietWindow>;

export const quietWindows = z.array(quietWindow);

/**
 * The hours of one of the platform's quiet-hours groups, as a person entered them: the platform only names its groups.
 * Without windows, the group is known to have no quiet hours.
 */
export const quietHours = z.object({
  groupId: z.string(),
  windows: quietWindows,
  /** Who entered them, and when (epoch ms). */
  person: personRef,
  at: z.number(),
});
export type QuietHours = z.infer<typeof quietHours>;
