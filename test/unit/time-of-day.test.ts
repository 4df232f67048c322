import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

/**
 * Wherever the time of day is compared or calculated with, and why setting the clock does no harm there: a person or
 * NTP may set it at any moment, by hours and back. Durations are measured by `Clock.elapsed`; what came first is
 * decided by the store, or by the order of events.
 */
const decided: readonly { file: string; code: string; why: string }[] = [
  {
    file: 'core/home/homes.ts',
    code: 'clock.now() - limits.openForMs',
    why: 'for how long a Home is kept up to date: it is bounded by their number, and opening it again counts anew',
  },
  {
    file: 'core/notices/deliver.ts',
    code: 'clock.now() - since',
    why: 'the board dates `since` anew when the clock is set',
  },
  {
    file: 'core/notices/efforts.ts',
    code: 'clock.now() - item.createdAt',
    why: 'once per process; a day of age counts, and the cleanup dates what lies in the future anew',
  },
  {
    file: 'core/notices/settling.ts',
    code: 'clock.now() + ms',
    why: 'for another process, which waits no longer than the longest back-off; this one goes by elapsed time',
  },
  {
    file: 'core/quiet/legal-hours.ts',
    code: 'clock.now() - Math.round',
    why: 'legal hours are times of day; only where a stand-in has a time of its own is it taken for ours',
  },
  {
    file: 'core/stop/resume.ts',
    code: 'clock.now() - stop.resumedBy.at',
    why: 'for how long a resumption goes on by itself: a set clock ends it, and someone is asked',
  },
  {
    file: 'core/stop/take-over.ts',
    code: 'clock.now() - stop.at',
    why: 'a stop that a killed bot left: a set clock ends the search for more that is on, not the pauses of what was found',
  },
  {
    file: 'core/stop/after-hours.ts',
    code: 'clock.now() - closedAt',
    why: 'legal hours are times of day; a clock that is a day off announces their end once more, or to fewer people',
  },
  {
    file: 'core/subscriptions/subscriptions.ts',
    code: 'clock.now() + forMs',
    why: 'the end of a mute is a time of day that people are shown, like that of quiet hours',
  },
  {
    file: 'core/tasks/follow-up.ts',
    code: 'clock.now() - action.sentAt',
    why: 'how long a lost action may still take effect: a generous limit, sooner or later by as much',
  },
  {
    file: 'core/time/days.ts',
    code: 'at - clock.now()',
    why: 'days and hours are those of a stand-in, which has a time of its own; nowhere else',
  },
  { file: 'core/time/leases.ts', code: 'clock.now() - saidAt.now', why: 'the store is asked whenever it looks odd' },
  { file: 'core/watch/board.ts', code: 'clock.now() - clock.elapsed()', why: 'this is how a set clock is noticed' },
  { file: 'core/watch/board.ts', code: 'clock.now() - askedAt', why: 'the age of a poll; none lies in the future' },
  { file: 'core/watch/board.ts', code: 'stored.takenAt - clock.now()', why: 'a reading from the future is dated anew' },
  { file: 'health.ts', code: 'clock.now() - store.oldestAt', why: 'an alert, off as soon as the notice is sent' },
  { file: 'jobs/cron.ts', code: 'clock.now() - clock.elapsed()', why: 'this is how a set clock is noticed' },
  { file: 'jobs/schedule.ts', code: 'clock.now() - limits.keepMs', why: 'days: an hour more or less' },
  {
    file: 'jobs/schedule.ts',
    code: 'clock.now() - limits.keepPreviewsMs',
    why: 'a day: an hour more or less; what lies in the future is dated anew',
  },
  { file: 'metrics.ts', code: 'clock.now() - oldestAt', why: 'a figure for monitoring, off until the item is sent' },
  {
    file: 'slack/listeners/task-start.ts',
    code: 'clock.now() - last.at',
    why: 'the board dates what was done anew when the clock is set',
  },
];

const operator = '(?:[<>]=?|[-+])';
const value = String.raw`[\w.]+(?:\(\))?`;
const comparison = new RegExp(
  String.raw`(?:\w+\.)?\bclock\.now\(\) ${operator} ${value}|${value} ${operator} (?:\w+\.)?\bclock\.now\(\)`,
  'g',
);

test('the time of day is compared only where setting the clock does no harm', () => {
  const source = new URL('../../src/', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const found = files.flatMap((file) =>
    Array.from(readFileSync(new URL(file, source), 'utf8').matchAll(comparison), ([code]) => ({ file, code })),
  );
  expect(found.length).toBeGreaterThan(5);
  const isDecided = (one: (typeof found)[number]): boolean =>
    decided.some(({ file, code }) => file === one.file && code === one.code.replace(/^deps\./, ''));
  expect(found.filter((one) => !isDecided(one))).toEqual([]);
});
