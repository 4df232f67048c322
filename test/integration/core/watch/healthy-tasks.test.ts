import { describe, expect, test } from '@jest/globals';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { cardOf } from '../../../../src/core/watch/card.ts';
import { elapsedOutside } from '../../../../src/core/watch/intervals.ts';
import { callIntervalMs } from '../../../../src/core/watch/pace.ts';
import { standstillLimitMs } from '../../../../src/core/watch/standstill.ts';
import { tallyOf } from '../../../../src/core/watch/tally.ts';
import { type Campaign, type CampaignShape, createCampaign } from '../../../support/core/campaign.ts';
import { clockOf, createFollower } from '../../../support/core/course.ts';

/** Healthy tasks of every kind, simulated for a day each: is one of them ever said to wait, and is a dead line? */

const minute = 60_000;
const hour = 60 * minute;
const noAnswer = { 4: 1 };
const quiet: CampaignShape['quiet'] = [
  ['09:45', '10:05'],
  ['12:00', '13:30'],
  ['20:30', '24:00'],
  ['00:00', '08:30'],
];

const shapes: [title: string, shape: CampaignShape, everySeconds?: number][] = [
  ['one call at a time', { concurrency: 1, numbers: 5_000 }],
  ['one call at a time, polled every minute', { concurrency: 1, numbers: 5_000 }, 60],
  [
    'one call at a time with long conversations',
    { concurrency: 1, numbers: 3_000, outcomes: { 1: 1 }, pauseSeconds: 30 },
  ],
  ['nobody answers', { concurrency: 1, numbers: 3_000, outcomes: noAnswer, ringTimeout: 120 }],
  ['two at a time, three calls in a hundred answered', { concurrency: 2, numbers: 6_000, outcomes: { 1: 3, 4: 97 } }],
  ['four at a time', { concurrency: 4, numbers: 12_000 }],
  ['many at a time', { concurrency: 20, numbers: 60_000 }],
  ['many at a time that all end together', { concurrency: 20, numbers: 40_000, callSeconds: 60 }],
  ['long pauses', { concurrency: 3, numbers: 3_000, pauseSeconds: 300 }],
  ['on a line shared by ten', { concurrency: 2, sharedBy: 9, line: 6, numbers: 2_000 }],
  ['redials', { concurrency: 2, numbers: 1_500, redial: { times: 2, minutes: 5, codes: [3, 4, 8] } }],
  [
    'redials as fast as it dials',
    { concurrency: 1, numbers: 600, outcomes: noAnswer, redial: { times: 3, minutes: 10, codes: [4] } },
  ],
  [
    'quiet hours',
    {
      concurrency: 4,
      numbers: 12_000,
      quiet: [
        ['12:00', '13:30'],
        ['21:00', '08:30'],
      ],
    },
  ],
  ['quiet hours, one call at a time', { concurrency: 1, numbers: 5_000, outcomes: { 1: 1 }, pauseSeconds: 30, quiet }],
  ['quiet hours, nobody answers', { concurrency: 1, numbers: 3_000, outcomes: noAnswer, ringTimeout: 120, quiet }],
  ['quiet hours, long pauses', { concurrency: 3, numbers: 3_000, pauseSeconds: 300, quiet }],
  [
    'quiet hours, redials',
    { concurrency: 2, numbers: 1_500, quiet, redial: { times: 2, minutes: 5, codes: [3, 4, 8] } },
  ],
];

/** Whether the hours were entered. Where there are none, to know that changes as much for one shape as for all. */
function knowledgeOf({ quiet, concurrency }: CampaignShape): [what: string, known: boolean][] {
  const both: [string, boolean][] = [
    ['unknown', false],
    ['known', true],
  ];
  return quiet !== undefined || concurrency === 4 ? both : both.slice(0, 1);
}

/** Follows a campaign for a day; `each` is called after every poll. */
function follow(
  campaign: Campaign,
  { every, known }: { every: number; known: boolean },
  each: (reading: Reading) => 'go on' | 'stop',
): void {
  const follower = createFollower();
  const end = campaign.now() + 24 * hour;
  while (campaign.now() < end) {
    campaign.advance(every * 1000);
    const circumstances = { redials: campaign.redials, quietHours: known ? campaign.quietHours() : null };
    const reading = follower.poll({ at: campaign.now(), task: campaign.task(), circumstances });
    if (reading !== null && each(reading) === 'stop') return;
  }
}

describe.each(shapes)('%s', (_title, shape, every = 20) => {
  test.each(knowledgeOf(shape))('24 healthy hours: waits in quiet hours only (%s)', (_what, known) => {
    const campaign = createCampaign(shape);
    const wrong: string[] = [];
    let moved = 0;
    let busySince: number | null = null;
    follow(campaign, { every, known }, (reading) => {
      const busy = campaign.calls.active > 0 && !campaign.isQuiet();
      busySince = busy ? (busySince ?? reading.takenAt) : null;
      if (reading.movedAt === reading.takenAt) moved += 1;
      // Nobody who was not told the hours can know that they are over before a call has ended.
      const resuming = !known && (reading.movedAt ?? 0) < (busySince ?? 0);
      if (reading.state === 'waiting' && busy && !resuming) wrong.push(clockOf(reading.takenAt));
      if (known && reading.state === 'waiting') {
        const until = campaign.isQuiet() ? campaign.quietUntil() : null;
        const { evidence } = cardOf(reading, null);
        if (until === null || evidence.kind !== 'quiet_hours' || evidence.until !== until) {
          wrong.push(`${clockOf(reading.takenAt)} ${JSON.stringify(evidence)}`);
        }
      }
      return 'go on';
    });
    expect(wrong).toEqual([]);
    expect(moved).toBeGreaterThan(100);
  });

  /** By then the line is dead at a quiet, at a busy, and just before a quiet hour. */
  const deaths = [7, 43, 61, 127, 150, 178];

  test.each(knowledgeOf(shape))(
    'a dead line is shown within the limit of the task and three minutes, whenever it dies (%s)',
    (_what, known) => {
      for (const afterMinutes of deaths) {
        // It lives for three hours: more numbers than it dials by then would only be made and thrown away.
        const campaign = createCampaign({ ...shape, numbers: Math.min(shape.numbers ?? 0, 16_000) });
        const diesAt = campaign.now() + afterMinutes * minute;
        let dead = false;
        let stillSince: number | null = null;
        let limit = 0;
        let shownAt: number | null = null;
        const outside = (from: number, until: number): number =>
          elapsedOutside(from, until, known ? campaign.quietHours() : []);
        follow(campaign, { every, known }, (reading) => {
          const { takenAt, task } = reading;
          if (!dead && takenAt >= diesAt) {
            campaign.lineDown();
            dead = true;
          }
          // Calls in progress end as usual; from the last one on the task stands still.
          if (!dead || campaign.calls.active > 0) return 'go on';
          if (stillSince === null) {
            stillSince = takenAt - every * 1000;
            limit = standstillLimitMs(task, callIntervalMs(tallyOf(reading))) + 3 * minute;
          }
          const { kind } = cardOf(reading, null).evidence;
          if (kind === (known ? 'stalled' : 'not_moved')) shownAt = takenAt;
          return shownAt !== null || outside(stillSince, takenAt) > limit ? 'stop' : 'go on';
        });
        expect([afterMinutes, shownAt !== null]).toEqual([afterMinutes, true]);
        expect(outside(stillSince ?? 0, shownAt ?? 0)).toBeLessThanOrEqual(limit);
      }
    },
  );
});
