import { describe, expect, test } from '@jest/globals';
import { courses, rules } from '../support/chaos/courses.ts';
import { runChaos } from '../support/chaos/run.ts';
import { leaksIn } from '../support/leaks.ts';
import { engines } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';

reportSkipped();

/** A small run of what `npm run chaos` does at length. Redials take minutes, so they are left to that. */
describe.each(engines)('on %s', (engine) => {
  test('bots are killed, requests fail and lists lie: every end is announced once, every card is true', async () => {
    const result = await runChaos({
      engine,
      bots: engine === 'sqlite' ? 1 : 2,
      seed: 1,
      shares: { faults: 0.1, lies: 0.1 },
      tasks: 8,
      courses: courses.filter(({ rule }) => rule === rules.off),
      channels: 2,
      numbers: [6, 12],
      kills: 3,
      killEveryMs: 2_000,
      times: 20,
      longestMs: 80_000,
      settleMs: 30_000,
    });
    const { output, lists, calls, ...found } = result;
    expect(lists.failed + lists.lied + calls.failed).toBeGreaterThan(0);
    expect(found).toMatchObject({
      kills: 3,
      faults: [],
      cards: { expected: 16, once: 16, true: 16 },
      ends: { expected: 10, toldOnce: 10 },
      wrong: { goesOn: 0, deleted: 0, secondEnd: 0, other: 0 },
      doubled: 0,
      undelivered: 0,
    });
    const tokens = ['xoxb-sandbox-bot-token', 'xapp-sandbox-app-token', 'sandbox-dialer-token'];
    expect(leaksIn(output.split('\n'), { tokens, phones: [] })).toEqual([]);
  }, 180_000);
});
