import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Archive, makePlace, removePlace, thisRelease } from '../support/release/archive.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { buildNextRelease } from '../support/years/next-release.ts';
import { liveTwoYears, type Played, tableOf } from '../support/years/run.ts';

reportSkipped();

const server = process.env.TEST_DATABASE_URL ?? null;

let place: string;
let archives: { now: Archive; next: Archive };
beforeAll(async () => {
  place = await makePlace('next');
  archives = { now: await thisRelease(), next: await buildNextRelease('9.0.0', join(place, 'next')) };
}, 300_000);
afterAll(() => removePlace(place));

test('two years of an installation: nothing lost but what is said, nothing sent or said twice, nothing false', async () => {
  const played: Played[] = [];
  try {
    await liveTwoYears({ archives, server, report: (one) => played.push(one) });
  } finally {
    if (played.length > 0) process.stdout.write(`\n${tableOf(played)}\n\n`);
  }
  const leftOut = played.filter(({ outcome }) => outcome !== 'ok').map(({ name }) => name);
  expect(leftOut.length).toBe(server === null ? 3 : 0);
  expect(played.length).toBeGreaterThan(15);
}, 900_000);
