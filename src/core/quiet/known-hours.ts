import type { QuietHours } from '../model/quiet-hours.ts';
import type { Interval } from '../watch/intervals.ts';
import type { QuietHoursStore } from './ports.ts';
import { quietIntervals } from './week.ts';

const day = 24 * 3_600_000;
/** Before today: longer than most tasks stand still. After it: as far ahead as an end is estimated. */
const span = { daysBefore: 14, daysAfter: 28 };

/** What the platform's clock shows now (epoch ms), and how much faster than ours it runs: 1 but in demos. */
export interface PlatformTime {
  now: number;
  speed: number;
}

/** The quiet hours that people have entered, as this bot last read them. */
export interface KnownHours {
  /** Reads them from the store. Throws `store_failed`; what was read before is kept. */
  refresh(): Promise<void>;
  of(groupId: string): QuietHours | null;
  /**
   * The quiet hours of a group from two weeks before `at` to four weeks after it, in order and apart from each other;
   * null when nobody has entered them. `at` is the time now.
   */
  around(groupId: string, at: number): readonly Interval[] | null;
}

export interface KnownHoursDeps {
  store: Pick<QuietHoursStore, 'quietHours'>;
  /** In whose wall-clock time the hours are (an IANA name). */
  zone: string;
  platformTime?: (() => PlatformTime) | undefined;
}

/** Hours that nobody has changed stay the same object, so that nothing is calculated anew. */
function sameOr(before: QuietHours | undefined, read: QuietHours): QuietHours {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(read) ? before : read;
}

export function createKnownHours({ store, zone, platformTime }: KnownHoursDeps): KnownHours {
  let known = new Map<string, QuietHours>();
  /** A poll asks for every task, and the answer changes once a day. */
  const calculated = new Map<string, { hours: QuietHours; today: number; intervals: readonly Interval[] }>();
  let [asked, applied] = [0, 0];

  const onPlatform = (hours: QuietHours, now: number): readonly Interval[] => {
    const today = Math.floor(now / day);
    const before = calculated.get(hours.groupId);
    if (before?.hours === hours && before.today === today) return before.intervals;
    const around = { from: (today - span.daysBefore) * day, until: (today + 1 + span.daysAfter) * day };
    const intervals = quietIntervals(hours.windows, zone, around);
    calculated.set(hours.groupId, { hours, today, intervals });
    return intervals;
  };

  return {
    async refresh() {
      asked += 1;
      const mine = asked;
      const read = await store.quietHours();
      // A later call may have been answered earlier.
      if (mine < applied) return;
      applied = mine;
      known = new Map(read.map((hours) => [hours.groupId, sameOr(known.get(hours.groupId), hours)]));
    },
    of: (groupId) => known.get(groupId) ?? null,
    around(groupId, at) {
      const hours = known.get(groupId);
      if (hours === undefined) return null;
      if (platformTime === undefined) return onPlatform(hours, at);
      const { now, speed } = platformTime();
      const here = (instant: number): number => at + Math.round((instant - now) / speed / 1000) * 1000;
      return onPlatform(hours, now).map(({ from, until }) => ({ from: here(from), until: here(until) }));
    },
  };
}
