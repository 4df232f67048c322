import { describe, expect, test } from '@jest/globals';
import { createPace } from '../../../../src/core/notices/pace.ts';

const minute = 60_000;

/** Makes edits as fast as the pace allows until `until`; returns their moments. */
function run(pace: ReturnType<typeof createPace>, from: number, until: number): number[] {
  const moments: number[] = [];
  for (let now = pace.readyAt(from); now < until; now = pace.readyAt(now)) {
    pace.take(now);
    moments.push(now);
  }
  return moments;
}

describe('a pace of 48 edits a minute, two at once after a pause', () => {
  test('never makes more than 50 within any minute, after a pause neither', () => {
    const pace = createPace(48, 2, 0);
    const moments = [...run(pace, 0, 5 * minute), ...run(pace, 8 * minute, 13 * minute)];
    const mostInAMinute = Math.max(
      ...moments.map((from) => moments.filter((at) => at >= from && at < from + minute).length),
    );
    expect(mostInAMinute).toBeLessThanOrEqual(50);
    expect(moments.filter((at) => at < 5 * minute)).toHaveLength(5 * 48);
  });

  test('a restart begins without a reserve, a pause with one', () => {
    const pace = createPace(48, 2, 0);
    pace.restart(10 * minute);
    expect(run(pace, 10 * minute, 10 * minute + 1)).toHaveLength(1);
    expect(run(pace, 11 * minute, 11 * minute + 1)).toHaveLength(2);
  });

  test('a refusal stops all edits for as long as asked, and slows down what follows', () => {
    const pace = createPace(48, 2, 0);
    pace.throttled(1_000, 10_000);
    expect(pace.readyAt(1_000)).toBe(11_000);
    expect(pace.perMinute()).toBeLessThan(48);
    expect(run(pace, 1_000, 11_001)).toEqual([11_000]);
  });

  test('refusals of edits that were under way together count once', () => {
    const [one, several] = [createPace(48, 2, 0), createPace(48, 2, 0)];
    one.throttled(1_000, 10_000);
    for (const at of [1_000, 1_100, 1_300, 1_900]) several.throttled(at, 10_000);
    expect(several.perMinute()).toBe(one.perMinute());
    expect(several.readyAt(2_000)).toBe(11_900);
  });

  test('however often it is refused it goes on, and comes back to its full pace', () => {
    const pace = createPace(48, 2, 0);
    for (let n = 0; n < 100; n += 1) pace.throttled(n * minute, 10_000);
    expect(pace.perMinute()).toBeGreaterThanOrEqual(4.8);
    for (let now = 100 * minute; now < 600 * minute; now += minute) pace.readyAt(now);
    expect(pace.perMinute()).toBe(48);
  });
});
