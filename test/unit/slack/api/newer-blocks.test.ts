import { expect, test } from '@jest/globals';
import { createNewerBlocks } from '../../../../src/slack/api/newer-blocks.ts';
import { createManualClock } from '../../../support/manual-clock.ts';

test('a block that was refused is not tried for a day, and then again', async () => {
  const clock = createManualClock();
  const blocks = createNewerBlocks(clock);
  expect(blocks.mayTake('data_table')).toBe(true);
  blocks.refused('data_table');
  expect(blocks.mayTake('data_table')).toBe(false);
  await clock.advance(24 * 60 * 60_000 - 1);
  expect(blocks.mayTake('data_table')).toBe(false);
  await clock.advance(1);
  expect(blocks.mayTake('data_table')).toBe(true);
});
