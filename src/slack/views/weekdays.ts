import type { Catalogue } from '../../i18n/en.ts';

/** Days of the week (1 for Monday), ascending, in words: those that follow each other as a range. */
export function daysOfWeekText(days: readonly number[], t: Catalogue): string {
  const { hours } = t.quiet;
  if (days.length === 7) return hours.daily;
  const name = (day: number): string => hours.days[day - 1] ?? '';
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return hours.dayList(
    runs.flatMap((run) => {
      const names = run.map(name);
      return names.length < 3 ? names : [hours.dayRange(names[0] ?? '', names.at(-1) ?? '')];
    }),
  );
}

/** A time of day, from minutes after midnight: `18:30`. */
export function clockText(minutes: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
