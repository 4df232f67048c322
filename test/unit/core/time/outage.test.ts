import { expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { createOutage } from '../../../../src/core/time/outage.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';

function rig() {
  const clock = createManualClock();
  const log = recordingLog();
  const outage = createOutage({ clock, log }, { begins: 'begins', ends: 'ends' });
  const lines = () => log.lines.filter(({ level }) => level !== 'debug');
  return { clock, log, outage, lines };
}
const hangs = new AppError('platform_timeout', 'it hangs');
const refuses = new AppError('platform_unauthorized', 'it refuses');

test('one line when it begins and one when it ends, however often it fails, with what was seen', async () => {
  const { clock, outage, lines, log } = rig();
  outage.works('poll');
  expect(log.lines).toEqual([]);
  for (let n = 0; n < 100; n += 1) {
    outage.failed('poll', n % 2 === 0 ? hangs : refuses);
    await clock.advance(1_000);
  }
  expect(lines()).toEqual([
    { level: 'error', message: 'begins', fields: { what: 'poll', code: 'platform_timeout', reason: 'it hangs' } },
  ]);
  outage.works('poll');
  outage.works('poll');
  expect(lines().slice(1)).toEqual([
    {
      level: 'info',
      message: 'ends',
      fields: { seconds: 100, failures: 100, codes: ['platform_timeout', 'platform_unauthorized'] },
    },
  ]);
  outage.failed('poll', refuses, 'warn');
  expect(lines().slice(2)).toMatchObject([{ level: 'warn', message: 'begins' }]);
});

test('what fails under several names is one outage, until all of them work', () => {
  const { outage, lines } = rig();
  outage.failed('socket 1', hangs);
  outage.failed('answers', hangs);
  outage.works('socket 1');
  expect(lines().length).toBe(1);
  outage.failed('socket 1', hangs);
  outage.works('answers');
  outage.works('socket 1');
  expect(lines().map(({ message }) => message)).toEqual(['begins', 'ends']);
});
