import { describe, expect, test } from '@jest/globals';
import { createWallClockReader } from '../../../src/dialer/datetime.ts';

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
});
