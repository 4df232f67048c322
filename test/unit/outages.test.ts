import { expect, test } from '@jest/globals';
import { createOutages } from '../../src/outages.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { recordingLog } from '../support/real-store.ts';

test('while the store fails, what fails for it is one line; what a person can quote, and all else, stays', async () => {
  const clock = createManualClock();
  const given = recordingLog();
  const { log, written } = createOutages(given, clock);
  for (let n = 0; n < 50; n += 1) {
    log.warn('poll failed', { code: 'store_failed', reason: 'no answer' });
    log.error('delivery failed', { code: 'store_failed' });
    await clock.advance(1_000);
  }
  log.error('an interaction failed', { code: 'store_failed', reference: '1a2b3c4d' });
  log.warn('poll failed', { code: 'platform_timeout' });
  written();
  const lines = given.lines.filter(({ level }) => level !== 'debug');
  expect(lines.map(({ level, message }) => [level, message])).toEqual([
    ['error', 'the store fails'],
    ['error', 'an interaction failed'],
    ['warn', 'poll failed'],
    ['info', 'the store works again'],
  ]);
  expect(lines[0]?.fields).toEqual({ what: 'store', code: 'store_failed', reason: 'no answer' });
  expect(lines[3]?.fields).toMatchObject({ seconds: 50, failures: 100 });
});
