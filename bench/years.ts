import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildArchive, makePlace } from '../test/support/release/archive.ts';
import { buildNextRelease } from '../test/support/years/next-release.ts';
import { liveTwoYears, type Played, tableOf } from '../test/support/years/run.ts';

/**
 * Two years of an installation from the archive of this release: install, load, back up, crash, restore, rotate every
 * secret, upgrade and go back, move to PostgreSQL and back, a second workspace, uninstall. `npm run years` prints a table;
 * exits with 1 when anything was lost, sent or said twice, or said falsely. TEST_DATABASE_URL names a PostgreSQL server.
 */
const place = await makePlace('years-build');
const played: Played[] = [];
try {
  const now = await buildArchive(process.cwd(), join(place, 'now'));
  const next = await buildNextRelease('9.0.0', join(place, 'next'));
  await liveTwoYears({
    archives: { now, next },
    server: process.env.TEST_DATABASE_URL ?? null,
    report(one) {
      played.push(one);
      console.log(`${(one.ms / 1_000).toFixed(1).padStart(6)} s  ${one.name}: ${one.outcome}`);
    },
  });
  console.log(`\n${tableOf(played)}`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await rm(place, { recursive: true, force: true });
}
