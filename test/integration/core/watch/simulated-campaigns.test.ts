import { expect, test } from '@jest/globals';
import { type Campaign, type CampaignShape, createCampaign } from '../../../support/core/campaign.ts';
import { createFollower, type Shown } from '../../../support/core/course.ts';

/** Whole campaigns on the stand-in's dialer and clock: are the figures of the end those of what really happened? */

const minute = 60_000;

interface Run {
  campaign: Campaign;
  /** Polls for so many minutes, or until nothing is left to dial and no call is under way. */
  polls(minutes: number | 'to the end'): void;
  /** Time passes without polls. */
  unseen(minutes: number): void;
}

interface Truth {
  /** Time in which calls were under way or a pause between two of them, ms, and calls that ended, since the first poll. */
  dialingMs: number;
  calls: number;
}

const step = 5_000;

function run(
  shape: CampaignShape,
  act: (run: Run) => void,
  known: boolean,
): { shown: Shown; truth: Truth; numbers: number } {
  const campaign = createCampaign(shape);
  const follower = createFollower();
  const truth: Truth = { dialingMs: 0, calls: 0 };
  let polled = false;
  const pass = (ms: number): void => {
    for (let left = ms; left > 0; left -= step) {
      const busy = campaign.calls.slots > 0;
      const before = campaign.attempts();
      campaign.advance(step);
      if (!polled) continue;
      if (busy) truth.dialingMs += step;
      truth.calls += campaign.attempts() - before;
    }
  };
  const poll = (): void => {
    const circumstances = { redials: campaign.redials, quietHours: known ? campaign.quietHours() : null };
    follower.poll({ at: campaign.now(), task: campaign.task(), circumstances });
    polled = true;
  };
  act({
    campaign,
    unseen: (minutes) => pass(minutes * minute),
    polls(minutes) {
      const idle = (): boolean => campaign.calls.active === 0 && campaign.calls.done === campaign.calls.phones.length;
      const polls = minutes === 'to the end' ? 10_000 : minutes * 3;
      if (!polled) poll();
      for (let i = 0; i < polls && !(minutes === 'to the end' && idle()); i += 1) {
        pass(20_000);
        poll();
      }
    },
  });
  return { shown: follower.shown(), truth, numbers: campaign.calls.phones.length };
}

const redial = { times: 2, minutes: 10, codes: [3, 4, 8] };

const campaigns: [title: string, shape: CampaignShape, act: (run: Run) => void, messages: string[]][] = [
  [
    'four at a time',
    { numbers: 300 },
    (r) => {
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'by the progress endpoint',
    { numbers: 300, source: 'endpoint' },
    (r) => {
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'one at a time',
    { numbers: 60, concurrency: 1 },
    (r) => {
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'twenty at a time',
    { numbers: 2_000, concurrency: 20 },
    (r) => {
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'that pauses itself at the end',
    { numbers: 200, pauseWhenDone: true },
    (r) => {
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'paused for two hours',
    { numbers: 400 },
    (r) => {
      r.polls(8);
      r.campaign.pause();
      r.polls(120);
      r.campaign.start();
      r.polls('to the end');
      r.polls(1);
    },
    ['paused', 'started', 'finished'],
  ],
  [
    'with quiet hours in the middle',
    { numbers: 1_500, quiet: [['09:20', '11:00']] },
    (r) => {
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'with a line that is dead for an hour',
    { numbers: 400 },
    (r) => {
      r.polls(8);
      r.campaign.lineDown();
      r.polls(60);
      r.campaign.lineUp();
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'that gets numbers while it runs',
    { numbers: 200 },
    (r) => {
      r.polls(5);
      r.campaign.addNumbers(300);
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'that is reset while it runs',
    { numbers: 300 },
    (r) => {
      r.polls(8);
      r.campaign.reset();
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'first seen after half of it',
    { numbers: 400, dialed: 50 },
    (r) => {
      r.unseen(8);
      r.polls('to the end');
      r.polls(1);
    },
    ['finished'],
  ],
  [
    'with redials',
    { numbers: 300, redial },
    (r) => {
      r.polls(240);
    },
    ['finished'],
  ],
  [
    'with redials that come after its end',
    { numbers: 100, redial: { ...redial, minutes: 45 } },
    (r) => {
      r.polls(360);
    },
    ['finished → not_finished → finished → not_finished → finished'],
  ],
  [
    'with numbers added after its end',
    { numbers: 200 },
    (r) => {
      r.polls('to the end');
      r.polls(5);
      r.campaign.addNumbers(200);
      r.polls('to the end');
      r.polls(1);
    },
    ['finished', 'reopened', 'finished'],
  ],
];

const withHours = campaigns.flatMap(([title, ...rest]) =>
  [false, true].map((known) => [title, known ? 'known' : 'unknown', ...rest] as const),
);

test.each(withHours)('a campaign %s (quiet hours %s)', (_title, hours, shape, act, messages) => {
  const { shown, truth, numbers } = run(shape, act, hours === 'known');
  const told = shown.messages.map((history) => history.map(({ kind }) => kind).join(' → '));
  expect(told).toEqual(messages);
  expect(shown.reading.state).toBe('finished');

  const ends = shown.messages.map((history) => history.at(-1)).filter((notice) => notice?.kind === 'finished');
  const dialingMs = ends.reduce((sum, end) => sum + (end?.durationMs ?? 0), 0);
  expect(dialingMs / truth.dialingMs).toBeGreaterThan(0.9);
  expect(dialingMs / truth.dialingMs).toBeLessThan(1.1);

  // How often a number was dialed again cannot be told, so no rate is.
  const again = truth.calls > numbers;
  const rates = ends.map((end) => end?.ratePerMinute ?? null);
  expect(rates.map((rate) => rate === null)).toEqual(ends.map(() => again));
  const calls = ends.reduce((sum, end) => sum + ((end?.ratePerMinute ?? 0) * (end?.durationMs ?? 0)) / minute, 0);
  expect(again || Math.abs(calls / truth.calls - 1) < 0.1).toBe(true);
});
