import { describe, expect, test } from '@jest/globals';
import { chance } from '../../../../sandbox/dialer/random.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { type CampaignShape, createCampaign } from '../../../support/core/campaign.ts';
import { createFollower } from '../../../support/core/course.ts';

/** One poll in ten lies: it shows an old page, or lacks the task. What is said must be true in the end all the same. */

const minute = 60_000;

function follow(shape: CampaignShape, seed: number) {
  const campaign = createCampaign({ ...shape, seed });
  const follower = createFollower();
  const pages: Task[] = [];
  const polls = (count: number, honest = false): void => {
    for (let i = 0; i < count; i += 1) {
      campaign.advance(20_000);
      pages.push(campaign.task());
      const lies = !honest && chance(seed, 1, pages.length, 0, 1) < 0.1;
      const age = 1 + Math.floor(chance(seed, 2, pages.length, 0, 1) * 20);
      const absent = chance(seed, 3, pages.length, 0, 1) < 0.3;
      const old = absent ? null : (pages.at(-1 - age) ?? null);
      const circumstances = { redials: campaign.redials, quietHours: null };
      follower.poll({ at: campaign.now(), task: lies ? old : campaign.task(), circumstances });
    }
  };
  return { campaign, polls, shown: follower.shown };
}

describe.each(Array.from({ length: 40 }, (_, seed) => seed))('seed %i', (seed) => {
  test('a campaign with a pause: each event is told once, and what was wrong is corrected', () => {
    const { campaign, polls, shown } = follow({ numbers: 200, on: false }, seed);
    polls(10);
    campaign.start();
    polls(15);
    campaign.pause();
    polls(30);
    campaign.start();
    polls(90);
    polls(2, true);
    const { messages, reading } = shown();
    expect(reading.state).toBe('finished');
    const last = messages.map((history) => history.at(-1)?.kind);
    expect(last.filter((kind) => kind === 'finished')).toHaveLength(1);
    expect(last.filter((kind) => kind === 'gone' || kind === 'reopened' || kind === 'not_finished')).toEqual([]);
  });

  test('redials: one end', () => {
    const redial = { times: 1, minutes: 10, codes: [3, 4, 8] };
    const { polls, shown } = follow({ numbers: 100, redial }, seed);
    polls((120 * minute) / 20_000);
    polls(2, true);
    const last = shown().messages.map((history) => history.at(-1)?.kind);
    expect(last.filter((kind) => kind !== 'not_gone')).toEqual(['finished']);
  });
});
