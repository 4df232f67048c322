import { expect, test } from '@jest/globals';
import { leversOf } from '../../../../src/core/alerts/levers.ts';
import { alertKinds } from '../../../../src/core/model/alert.ts';
import { sampleAlert, sampleNow } from '../../../support/samples.ts';

test.each(alertKinds)('%s: a second press where Pause was does not start the task', (kind) => {
  const open = sampleAlert({ kind, facts: { holders: [{ id: 'task-2', name: 'Giant', concurrency: 6 }] } });
  const over = { ...open, endedAt: sampleNow, end: 'paused' as const };
  const pauseAt = leversOf(open).findIndex(({ verb }) => verb === 'pause');
  expect(leversOf(over).findIndex(({ verb }) => verb === 'start')).not.toBe(pauseAt === -1 ? null : pauseAt);
});
