import type { Clock } from '../../src/core/ports.ts';
import type { Vitals } from '../../src/health.ts';

/** A bot to which nothing is the matter at this moment. */
export function wellAt(clock: Pick<Clock, 'elapsed'>): Vitals {
  const now = clock.elapsed();
  return {
    slack: { goneSince: null, refusal: null, answeredAt: now, signaturesAreWrong: false },
    askStore: async () => ({ oldestAt: null }),
    storeWrittenAt: now,
    poll: { ok: true, error: null },
    pollDueSince: null,
    goodPollAge: 0,
    pollEveryMs: 20_000,
    pollIsSlow: false,
  };
}
