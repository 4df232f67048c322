import { createRequire } from 'node:module';
import { z } from 'zod';
import type { WorkingDays } from './core/schedules/calendar.ts';

/** Days (`2026-11-26`) that differ from Monday to Friday, with the holiday that they belong to. */
const arranged = z.object({ holidays: z.record(z.string(), z.string()), workdays: z.record(z.string(), z.string()) });

/**
 * The working days of China by the package `chinese-days`. Its functions depend on the time zone of the machine, west of
 * UTC they are a day off; so the table that it ships is read, which does not.
 */
export function chineseWorkingDays(): WorkingDays {
  let read: ReturnType<typeof readDays> | null = null;
  // Checking the table takes longer than anything else of a start, and few bots ever ask.
  const days = () => {
    read ??= readDays();
    return read;
  };
  return {
    isWorkingDay(day) {
      const { holidays, workdays } = days();
      if (day in workdays) return true;
      if (day in holidays) return false;
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
      return weekday !== 0 && weekday !== 6;
    },
    isKnown: (year) => days().years.has(year),
  };
}

function readDays() {
  const require = createRequire(import.meta.url);
  const { holidays, workdays } = arranged.parse(require('chinese-days/dist/chinese-days.json'));
  return { holidays, workdays, years: new Set(Object.keys(holidays).map((day) => Number(day.slice(0, 4)))) };
}
