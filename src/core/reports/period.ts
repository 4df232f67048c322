import { type Day, daysAfter, weekdayOf } from '../time/days.ts';

/** `week`: from Monday on; `last_week`: the whole week before. */
export const periods = ['today', 'yesterday', 'week', 'last_week'] as const;
export type Period = (typeof periods)[number];

/** Days from the first to the last, both included. */
export interface Span {
  from: Day;
  until: Day;
}

/** The days of a period, as of that day. */
export function spanOf(period: Period, today: Day): Span {
  const monday = daysAfter(today, 1 - weekdayOf(today));
  switch (period) {
    case 'today':
      return { from: today, until: today };
    case 'yesterday':
      return { from: daysAfter(today, -1), until: daysAfter(today, -1) };
    case 'week':
      return { from: monday, until: today };
    case 'last_week':
      return { from: daysAfter(monday, -7), until: daysAfter(monday, -1) };
  }
}
