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
  const isOn = (id: string) => rules()(taskOf({ redialRule: { id, name: null } }));

  expect([isOn('on'), renewals]).toEqual([null, 1]);
  known = { metadata: metadataOf({ redialRules: [rule('on', true), rule('off', false)] }), readAt: now };
  expect([isOn('on'), isOn('off'), isOn('unlisted'), renewals]).toEqual([true, false, null, 1]);
  time += 10 * 60_000;
  expect([isOn('on'), renewals]).toEqual([true, 1]);
  time += 1;
  expect([isOn('on'), renewals]).toEqual([true, 2]);
});
