import { expect, test } from '@jest/globals';
import type { OpenActionKind } from '../../../../src/core/model/open-action.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { attributed, causesOf } from '../../../../src/core/watch/causes.ts';
import { goneReading, nextReading } from '../../../../src/core/watch/infer.ts';
import { sampleAction, sampleDraft, sampleNow, sampleTask, sampleTaskOf } from '../../../support/samples.ts';

const draft = sampleDraft({ remark: 'changed' });
const reading = (task = sampleTask()): Reading => nextReading(null, task, sampleNow);
const off = reading(sampleTask({ started: false }));
const on = reading(sampleTask({ started: true }));
const changed = reading(sampleTaskOf(draft));
const otherwise = reading(sampleTaskOf(sampleDraft({ remark: 'by someone else' })));
const gone = goneReading(off, sampleNow + 1);

const kinds: OpenActionKind[] = ['create', 'start', 'pause', 'save', 'delete'];
const actions = kinds.map((kind) => sampleAction({ id: kind, kind, draft: kind === 'save' ? draft : null }));

test.each([
  ['switched on', off, on, ['start']],
  ['switched off', on, off, ['pause']],
  ['still on', on, on, []],
  ['still off', off, off, []],
  ['changed as it was sent', reading(sampleTaskOf(sampleDraft())), changed, ['save']],
  ['changed otherwise', reading(sampleTaskOf(sampleDraft())), otherwise, []],
  ['unchanged', changed, changed, []],
  ['gone', off, gone, ['delete']],
  ['gone as before', gone, gone, []],
  ['gone while it was on', on, goneReading(on, sampleNow + 1), ['delete']],
  ['seen for the first time', null, on, []],
] as const)(
  'a task that is %s is explained by the action that does that, and by no other',
  (_, before, after, causes) => {
    expect(causesOf(actions, before, after).map(({ id }) => id)).toEqual(causes);
  },
);

test('what an action explains carries its person and is no news; the rest is', () => {
  const [, start] = actions;
  const { reading: after, known } = attributed(on, start === undefined ? [] : [start]);
  expect(after.actor).toEqual({ person: 'U0ALICE', action: 'started', at: sampleNow });
  expect(after).toMatchObject({ acts: [{ ...after.actor, count: null }], runBy: 'U0ALICE' });
  expect([...known]).toEqual(['started']);
  expect(attributed(on, [])).toEqual({ reading: on, known: new Set(), acts: [] });
});
