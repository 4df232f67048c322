import { describe, expect, test } from '@jest/globals';
import { createOneTime } from '../../../../sandbox/demo/one-time.ts';
import { createClock, type SimClock } from '../../../../sandbox/dialer/clock.ts';
import { type ShownTime, shownAt } from '../../../../sandbox/slack/shown-time.ts';

const minute = 60_000;

describe('the time that a page shows', () => {
  const changes: ShownTime[] = [
    { at: 100 * minute, shows: 500 * minute, speed: 10 },
    { at: 110 * minute, shows: 600 * minute, speed: 0 },
    { at: 120 * minute, shows: 900 * minute, speed: 60 },
  ];
  const shown = (epoch: number, now: number): number => shownAt(epoch * minute, changes, now * minute) / minute;

  test.each([
    ['before the first change, as it passes', 90, 130, 490],
    ['fast', 105, 130, 550],
    ['standing still', 115, 130, 600],
    ['after a jump', 121, 130, 960],
    ['ahead, at this speed', 122, 121, 1_020],
    ['days ahead, as the date that it is', 1_561, 121, 2_400],
    ['ahead of a clock that stands still, as if it ran', 118, 115, 603],
  ])('%s', (_, epoch, now, expected) => expect(shown(epoch, now)).toBe(expected));

  test('is the real one where nothing was changed', () => expect(shownAt(7, [], 9)).toBe(7));
});

test('is that of the clock of the platform, whatever is done to it', () => {
  let wall = 1_000_000;
  const clock: SimClock = createClock({ startAt: 5_000_000, speed: 10, wall: () => wall });
  let changes: ShownTime[] = [];
  const time = createOneTime(clock, (next) => {
    changes = next;
  });
  const acts = [
    () => {},
    () => clock.setSpeed(60),
    () => clock.advance(3_600_000),
    () => clock.setSpeed(0),
    () => {},
    () => clock.setSpeed(1),
  ];
  for (const act of acts) {
    act();
    time.look();
    for (let looks = 0; looks < 3; looks += 1) {
      wall += 700;
      time.look();
      expect(Math.abs(shownAt(wall, changes, wall) - clock.now())).toBeLessThanOrEqual(60);
    }
  }
  expect(changes).toHaveLength(5);
});
