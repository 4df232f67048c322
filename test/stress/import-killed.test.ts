import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Built, build } from '../support/built.ts';
import { runKills } from '../support/imports/kill-run.ts';
import { engines } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';

reportSkipped();

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

/** A small run of what `npm run bench:kills` does at length. */
describe.each(engines)('on %s', (engine) => {
  test('a bot is killed while it imports: every good number is there once, or its person has it as not known', async () => {
    const { output, ...found } = await runKills({
      engine,
      seed: 1,
      numbers: 2_000,
      kills: 4,
      termEvery: 4,
      killEveryMs: 700,
      lost: 0.05,
      lagMs: 5_000,
      times: 10,
      built,
    });
    expect(found).toMatchObject({
      kills: 3,
      terms: 1,
      good: { twice: 0, missing: 0 },
      bad: { elsewhere: 0 },
      untrue: [],
      leaks: [],
      leftInStore: 0,
    });
    expect(found.good.once).toBeGreaterThan(found.good.unknown);
  }, 180_000);
});
