import { describe, expect, test } from '@jest/globals';
import { nextPeriod, skipNight, timeShown } from '../../../../sandbox/demo/clock.ts';
import { createClock, shanghaiDatetime } from '../../../../sandbox/dialer/clock.ts';

/** A clock that shows that Shanghai time on 1 March 2026. */
const at = (time: string) =>
  createClock({ startAt: Date.parse(`2026-03-01T${time}+08:00`), speed: 0, wall: () => 1_000 });

describe('the nights of the demo', () => {
  test.each([
    ['20:59:59', '2026-03-01 20:59:59'],
    ['21:00:00', '2026-03-02 08:30:00'],
    ['23:59:59', '2026-03-02 08:30:00'],
    ['00:00:00', '2026-03-01 08:30:00'],
    ['08:29:59', '2026-03-01 08:30:00'],
    ['08:30:00', '2026-03-01 08:30:00'],
    ['12:30:00', '2026-03-01 12:30:00'],
  ])('%s becomes %s', (before, after) => {
    const clock = at(before);
    skipNight(clock);
    expect(shanghaiDatetime(clock.now())).toBe(after);
  });
});

test('the time shown is cut down to five minutes', () => {
  expect(timeShown(at('09:24:59'))).toBe('09:20');
  expect(timeShown(at('00:00:00'))).toBe('00:00');
});

describe('the next period that a visitor can watch', () => {
  test.each([
    ['09:20:00', '2026-03-01 09:25:00', '09:25–09:30'],
    ['09:22:00', '2026-03-01 09:25:00', '09:25–09:30'],
    ['09:22:01', '2026-03-01 09:30:00', '09:30–09:35'],
    ['20:47:00', '2026-03-01 20:50:00', '20:50–20:55'],
    ['20:47:01', '2026-03-02 08:35:00', '08:35–08:40'],
    ['23:59:00', '2026-03-02 08:35:00', '08:35–08:40'],
    ['03:00:00', '2026-03-01 08:35:00', '08:35–08:40'],
  ])('after %s begins at %s', (now, from, text) => {
    const period = nextPeriod(at(now).now());
    expect({ ...period, from: shanghaiDatetime(period.from) }).toEqual({ from, text });
  });
});
