import { test } from '@jest/globals';
import { engines } from './databases.ts';

/** Makes it visible in the report that half of the suite did not run. */
export function reportSkipped(): void {
  if (!engines.includes('postgres')) {
    test.skip('on PostgreSQL: TEST_DATABASE_URL is not set (.ci/postgres.sh start gives one)', () => undefined);
  }
}
