import { expect, test } from '@jest/globals';
import { chance } from '../../../../sandbox/dialer/random.ts';
import { createLegalHours } from '../../../../src/core/quiet/legal-hours.ts';
import { readHours } from '../../../../src/core/quiet/read-hours.ts';
import { wallIn } from '../../../support/wall.ts';

const minute = 60_000;

function windowsOf(said: string) {
  const read = readHours(said);
  if (read.kind !== 'known') throw new Error(said);
  return read.windows;
}

/** The hours at an instant. */
const hoursAt = (said: string, zone: string, at: number) =>
  createLegalHours(windowsOf(said), { zone, clock: { now: () => at } });

/** What a clock on the wall of a zone shows at an instant. */
function wallOf(zone: string): (at: number) => { day: string; minutes: number } {
  const wall = wallIn(zone);
  return (at) => {
    const { weekday, hour, minute } = wall(at);
    return { day: weekday, minutes: Number(hour) * 60 + Number(minute) };
  };
}

test.each([['Asia/Shanghai'], ['America/New_York'], ['Europe/Berlin'], ['Asia/Kolkata']])(
  'at a thousand moments of a year in %s, open exactly while the clock on the wall shows these hours',
  (zone) => {
    const year = Date.UTC(2026, 0, 1);
    const wall = wallOf(zone);
    let at = year;
    const hours = createLegalHours(windowsOf('Mon-Fri 09:00-21:00; Sat, Sun 10:00-18:00'), {
      zone,
      clock: { now: () => at },
    });
    const wrong: string[] = [];
    for (let i = 0; i < 1_000; i += 1) {
      at = year + Math.floor(chance(7, i) * 365 * 24 * 60) * minute;
      const { day, minutes } = wall(at);
      const weekend = day === 'Sat' || day === 'Sun';
      const expected = weekend ? minutes >= 600 && minutes < 1_080 : minutes >= 540 && minutes < 1_260;
      if (hours.isOpen() !== expected) wrong.push(new Date(at).toISOString());
      if ((hours.closedSince() === null) !== expected) wrong.push(`since ${new Date(at).toISOString()}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('the hours begin and end to the millisecond, and are closed since their end', () => {
  const nine = Date.UTC(2026, 0, 5, 1);
  const isOpen = (at: number): boolean => hoursAt('09:00-21:00', 'Asia/Shanghai', at).isOpen();
  expect([nine - 1, nine, nine + 12 * 60 * minute - 1, nine + 12 * 60 * minute].map(isOpen)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  const later = nine + 14 * 60 * minute;
  expect(hoursAt('09:00-21:00', 'Asia/Shanghai', later).closedSince()).toBe(nine + 12 * 60 * minute);
  expect(hoursAt('Mon 09:00-21:00', 'Asia/Shanghai', nine + 5 * 24 * 60 * minute).closedSince()).toBe(
    nine + 12 * 60 * minute,
  );
});

test('a clock that is set is followed, back as well', () => {
  let now = Date.UTC(2026, 0, 5, 4);
  const hours = createLegalHours(windowsOf('09:00-21:00'), { zone: 'Asia/Shanghai', clock: { now: () => now } });
  const seen = [hours.isOpen()];
  for (const by of [14, -14, -8, 20]) {
    now += by * 60 * minute;
    seen.push(hours.isOpen());
  }
  expect(seen).toEqual([true, false, true, false, false]);
});
