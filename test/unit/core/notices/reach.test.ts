import { beforeEach, describe, expect, test } from '@jest/globals';
import { defaultLimits } from '../../../../src/core/notices/policy.ts';
import { createReach, nextSilence, othersFirstMs, type Reach, silenceMs } from '../../../../src/core/notices/reach.ts';

let reach: Reach;
let changes: boolean[];

beforeEach(() => {
  changes = [];
  reach = createReach(defaultLimits, (down) => changes.push(down));
});

/** Each message goes to a channel of its own. */
const message = (id: string, channel = `channel of ${id}`) => ({ id, channel });

/** A call that may be made: one that may not fails the test. */
function call(id: string, outcome: 'answered' | 'unanswered', now = 0, channel?: string): void {
  expect(reach.enter(message(id, channel), now)).toBe(true);
  reach.leave(message(id, channel), outcome, now);
}
const outage = (now = 0): void => {
  for (const key of ['a', 'b', 'c']) call(key, 'unanswered', now);
};

describe('whether the chat platform answers', () => {
  test('three messages in a row without an answer are an outage; one message alone is none', () => {
    for (let n = 0; n < 20; n += 1) call('a', 'unanswered');
    expect(reach.down).toBe(false);
    call('b', 'unanswered');
    call('c', 'unanswered');
    expect(reach.down).toBe(true);
    expect(changes).toEqual([true]);
  });

  test('however many of one channel are none: it slows down no other', () => {
    for (let n = 0; n < 20; n += 1) call(`${n}`, 'unanswered', 0, 'slow');
    expect(reach.down).toBe(false);
    call('other', 'unanswered', 0, 'other');
    expect(reach.down).toBe(true);
  });

  test('any answer in between starts the count anew', () => {
    for (const key of ['a', 'b', 'x', 'c', 'd', 'x', 'e']) call(key, key === 'x' ? 'answered' : 'unanswered');
    expect(reach.down).toBe(false);
  });

  test('a probe that was not made after all leaves the turn to the next', () => {
    outage();
    const due = reach.probeAt();
    expect(reach.enter(message('x'), due)).toBe(true);
    expect(reach.enter(message('y'), due)).toBe(false);
    reach.leave(message('x'), 'not_made', due);
    expect(reach.down).toBe(true);
    expect(reach.enter(message('y'), due)).toBe(true);
  });

  test('in an outage one call at a time probes, at growing intervals up to a limit', () => {
    outage();
    const probes: number[] = [];
    for (let now = 0; now < 120_000; now += 500) {
      const key = `probe ${now}`;
      if (!reach.enter(message(key), now)) continue;
      expect(reach.enter(message('another'), now)).toBe(false);
      reach.leave(message(key), 'unanswered', now);
      probes.push(now);
    }
    expect(probes.slice(0, 5)).toEqual([1_000, 3_000, 7_000, 15_000, 30_000]);
    expect(Math.max(...probes.slice(1).map((at, n) => at - (probes[n] ?? 0)))).toBe(defaultLimits.outageBackoffMs);
  });

  test('one answered probe ends it for all', () => {
    outage();
    call('d', 'answered', 60_000);
    expect(reach.down).toBe(false);
    expect(changes).toEqual([true, false]);
    for (const key of ['a', 'b', 'c', 'd']) expect(reach.enter(message(key), 60_000)).toBe(true);
  });

  test('a message that failed leaves the next probe to others, but probes when there are none', () => {
    outage();
    expect(reach.enter(message('a'), 1_000)).toBe(false);
    expect(reach.enter(message('a'), 1_000 + othersFirstMs)).toBe(true);
  });
});

describe('a message without an answer', () => {
  const times = (n: number, othersAnswered: boolean) => {
    let silence = nextSilence(null, reach);
    for (let failure = 1; failure < n; failure += 1) {
      if (othersAnswered) call('other', 'answered');
      silence = nextSilence(silence, reach);
    }
    return silence;
  };

  test('waits for short times while nothing else is answered: the outage may be over at any moment', () => {
    expect(times(50, false).blamed).toBe(0);
    expect(silenceMs(times(50, false), defaultLimits)).toBe(defaultLimits.outageBackoffMs);
  });

  test('is blamed itself, and waits longer, when others are answered', () => {
    expect(times(10, true).blamed).toBe(9);
    expect(silenceMs(times(10, true), defaultLimits)).toBe(defaultLimits.lastBackoffMs);
  });
});
