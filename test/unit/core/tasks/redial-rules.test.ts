import { expect, test } from '@jest/globals';
import type { DatedMetadata } from '../../../../src/core/tasks/metadata-cache.ts';
import { createRedialRules } from '../../../../src/core/tasks/redial-rules.ts';
import { metadataOf, now, taskOf } from '../../../support/core/task-samples.ts';

const rule = (id: string, enabled: boolean) => ({ id, name: id, remark: null, enabled });

test('says what the metadata says, nothing of what it does not, and has an old answer renewed', () => {
  let known: DatedMetadata | null = null;
  let time = now;
  let renewals = 0;
  const metadata = {
    last: () => known,
    peek: () => {
      renewals += 1;
      return known;
    },
  };
  const rules = createRedialRules(metadata, { elapsed: () => time });
  const isOn = (id: string, redials: boolean | null = null) =>
    rules(taskOf({ redialRule: { id, name: null, redials } }));

  expect([isOn('on'), isOn('off'), renewals]).toEqual([null, null, 1]);
  time += 20_000;
  expect([isOn('on'), renewals]).toEqual([null, 2]);
  known = { metadata: metadataOf({ redialRules: [rule('on', true), rule('off', false)] }), readAt: now };
  expect([isOn('on'), isOn('off'), isOn('unlisted'), renewals]).toEqual([true, false, null, 2]);
  expect([isOn('on', false), isOn('off', true), isOn('unlisted', true), renewals]).toEqual([false, true, true, 2]);
  time += 10 * 60_000;
  expect([isOn('on'), renewals]).toEqual([true, 2]);
  time += 1;
  expect([isOn('on'), isOn('off'), renewals]).toEqual([true, false, 3]);
});
