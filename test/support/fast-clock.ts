import type { Clock as SlackClock } from '../../sandbox/slack/clock.ts';
import { systemClock } from '../../src/clock.ts';
import type { Clock } from '../../src/core/ports.ts';

/** When time began to run fast (epoch ms), and how fast it has run since. */
export interface FastTime {
  origin: number;
  times: number;
}

/**
 * A time that passes faster than the system's, the same in all processes that are given the same two numbers. It serves
 * the app and the stand-in for Slack alike.
 */
export function createFastClock({ origin, times }: FastTime): Clock & SlackClock {
  return {
    now: () => Math.floor(origin + (Date.now() - origin) * times),
    elapsed: () => systemClock.elapsed() * times,
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
    after(ms, run) {
      const timer = setTimeout(run, Math.max(0, ms / times));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

/**
 * Lets time pass as fast in a PostgreSQL database, for every session that begins later: a schema that is searched
 * before the system's has a clock of its own.
 */
export function fastClockSql({ origin, times }: FastTime): string {
  const since = origin / 1_000;
  return `
    create schema fast;
    create function fast.clock_timestamp() returns timestamptz language sql volatile as $$
      select to_timestamp(${since} + (extract(epoch from pg_catalog.clock_timestamp())::float8 - ${since}) * ${times})
    $$;
    do $$ begin
      execute format('alter database %I set search_path = fast, pg_catalog', current_database());
    end $$`;
}
