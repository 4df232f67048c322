import { describe, expect, test } from '@jest/globals';
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { createWallClockReader } from '../../../src/dialer/datetime.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

describe('the wall clock of the platform', () => {
  test('is read in the configured zone, whatever the zone of the process', () => {
    expect(createWallClockReader('Asia/Shanghai')('2020-03-06 22:38:02')).toBe(Date.UTC(2020, 2, 6, 14, 38, 2));
    expect(createWallClockReader('UTC')('2020-03-06 22:38:02')).toBe(Date.UTC(2020, 2, 6, 22, 38, 2));
    expect(createWallClockReader('America/New_York')('2020-03-06 22:38:02')).toBe(Date.UTC(2020, 2, 7, 3, 38, 2));
    expect(createWallClockReader('America/New_York')('2020-07-06 22:38:02')).toBe(Date.UTC(2020, 6, 7, 2, 38, 2));
  });

  test('answers the same the second time', () => {
    const read = createWallClockReader('Asia/Shanghai');
    expect(read('2020-03-06 22:38:02')).toBe(read('2020-03-06 22:38:02'));
    expect(read('2020-02-31 00:00:00')).toBeNull();
    expect(read('2020-02-31 00:00:00')).toBeNull();
  });

  test('accepts shorter forms and a text with its own offset', () => {
    const read = createWallClockReader('Asia/Shanghai');
    expect(read('2020-03-06')).toBe(Date.UTC(2020, 2, 5, 16));
    expect(read('2020-03-06 08:30')).toBe(Date.UTC(2020, 2, 6, 0, 30));
    expect(read('2020-03-06T08:30:00.000000')).toBe(Date.UTC(2020, 2, 6, 0, 30));
    expect(read('2026-01-01T09:00:00+02:00')).toBe(Date.UTC(2026, 0, 1, 7));
    expect(read('2026-01-01T09:00:00.000000Z')).toBe(Date.UTC(2026, 0, 1, 9));
  });

  test.each([null, '', '0000-00-00 00:00:00', '2020-02-31 10:00:00', '2020-01-01 25:00:00', 'soon', '1583505482'])(
    'has no moment for %p',
    (text) => {
      expect(createWallClockReader('Asia/Shanghai')(text)).toBeNull();
    },
  );

  test.each([
    ['Asia/Shanghai', '2026-03-01', '2026-03-05'],
    ['America/New_York', '2026-03-06', '2026-03-10'],
    ['America/New_York', '2026-10-30', '2026-11-03'],
    ['Australia/Lord_Howe', '2026-04-03', '2026-04-07'],
    ['Pacific/Apia', '2011-12-28', '2012-01-02'],
    ['Asia/Kathmandu', '1985-12-30', '1986-01-03'],
  ])('at every hour of every date what the rules of the zone say: %s from %s', (zone, from, until) => {
    const read = createWallClockReader(zone);
    const wrong: string[] = [];
    for (let wall = Date.parse(`${from}T00:00:00Z`); wall < Date.parse(`${until}T00:00:00Z`); wall += 900_000) {
      const text = new Date(wall).toISOString().slice(0, 19);
      if (read(text.replace('T', ' ')) !== dayjs.tz(text, zone).valueOf()) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });

  test('more dates than it remembers cost nothing but time', () => {
    const read = createWallClockReader('Asia/Shanghai');
    const midnights = Array.from({ length: 4_100 }, (_, day) => Date.UTC(2020, 0, 1 + day));
    const wrong = midnights.filter((at) => read(new Date(at).toISOString().slice(0, 10)) !== at - 8 * 3_600_000);
    expect(wrong).toEqual([]);
  });
});
