import { expect, test } from '@jest/globals';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import { milestonesOf } from '../../../../src/core/watch/milestones.ts';
import { issued, type Look, t0, taskOf, tick } from '../../../support/core/looks.ts';

const on = (done: number, total = 100): Look => ({ on: true, bar: [done, total] });

/** The milestones of a series of looks, each once per campaign, as the store keeps their keys. */
function reached(looks: readonly Look[]): string[] {
  const keys: string[] = [];
  let before: Reading | null = null;
  for (const [index, look] of looks.entries()) {
    const reading = nextReading(before, taskOf(look), t0 + index * tick);
    const saved = issued(reading, index + 1);
    for (const { notice, once } of milestonesOf(before, reading)) {
      expect(once).toBe('campaign');
      keys.push(`${notice.kind}#${saved.campaign} ${notice.done}/${notice.total}`);
    }
    before = saved;
  }
  return [...new Set(keys)];
}

test.each<[string, Look[], string[]]>([
  [
    'each share once',
    [on(0), on(24), on(25), on(30), on(50), on(74), on(75), on(99)],
    ['quarter#1 25/100', 'half#1 50/100', 'three_quarters#1 75/100'],
  ],
  ['of several at once, the last', [on(0), on(80)], ['three_quarters#1 80/100']],
  ['none of what was dialed before the first look', [on(60), on(61)], []],
  ['none of what numbers that leave the list do', [on(10), on(10, 20), on(10, 20)], []],
  ['the end is no milestone', [on(70), on(100), on(100)], []],
  ['no figures', [on(10), { on: true, bar: null }, on(60)], []],
  ['no numbers', [on(0, 0), on(0, 0)], []],
  ['not again when a redial has taken numbers back', [on(20), on(30), on(20), on(20), on(30)], ['quarter#1 30/100']],
  [
    'again in the campaign that added numbers begin',
    [on(20, 40), on(40, 40), on(40, 40), on(40, 200), on(40, 200), on(60, 200)],
    ['quarter#5 60/200'],
  ],
])('%s', (_title, looks, expected) => {
  expect(reached(looks)).toEqual(expected);
});
