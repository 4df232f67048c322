import { expect, test } from '@jest/globals';
import type { Actor } from '../../../../src/core/model/reading.ts';
import { type NewAct, withAct } from '../../../../src/core/watch/acts.ts';
import { lastOf, t0 } from '../../../support/core/looks.ts';

const untouched = lastOf([{ on: false, bar: [0, 9] }]);
const act = (person: string, action: Actor['action'], at = t0): NewAct => ({ person, action, at });
const after = (...acts: NewAct[]) => acts.reduce(withAct, untouched);

test('the last three acts are kept, the newest last, and imports with their count', () => {
  const { acts, actor } = after(
    act('U1', 'created', t0),
    { ...act('U2', 'imported', t0 + 1), count: 1_200 },
    act('U3', 'started', t0 + 2),
    act('U4', 'paused', t0 + 3),
  );
  expect(acts).toEqual([
    { person: 'U2', action: 'imported', at: t0 + 1, count: 1_200 },
    { person: 'U3', action: 'started', at: t0 + 2, count: null },
    { person: 'U4', action: 'paused', at: t0 + 3, count: null },
  ]);
  expect(actor).toEqual({ person: 'U4', action: 'paused', at: t0 + 3 });
});

test('an act that is noted twice is one', () => {
  const start = act('U1', 'started');
  expect(after(start, start).acts).toHaveLength(1);
  expect(after(start, act('U1', 'paused'), start).acts).toHaveLength(3);
});

test.each<[why: string, acts: NewAct[], runBy: string | null]>([
  ['nobody here did anything', [], null],
  ['whoever created it, until someone starts it', [act('U1', 'created')], 'U1'],
  ['whoever started it last', [act('U1', 'created'), act('U2', 'started'), act('U3', 'started')], 'U3'],
  [
    'whoever started it, whatever others do then',
    [act('U2', 'started'), act('U3', 'paused'), act('U4', 'edited')],
    'U2',
  ],
  ['nobody who only changed it', [act('U3', 'edited'), act('U4', 'imported'), act('U5', 'deleted')], null],
  ['whoever started it, although its creation was noted late', [act('U2', 'started'), act('U1', 'created')], 'U2'],
])('it is run by %s', (_, acts, runBy) => {
  expect(after(...acts).runBy).toBe(runBy);
});
