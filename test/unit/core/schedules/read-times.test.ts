import { describe, expect, test } from '@jest/globals';
import { maxTimes, maxTimesLength, readTimes } from '../../../../src/core/schedules/read-times.ts';

const read = (typed: string): string => {
  const given = readTimes(typed);
  if (given.kind === 'issue') return given.issue.kind;
  return given.times.map(({ from, until }) => `${from ?? ''}-${until ?? ''}`).join(' ');
};

describe('times as people write them', () => {
  test.each([
    ['09:00–12:00, 13:30–18:00', '540-720 810-1080'],
    ['13:30-18:00;9:00-12:00', '540-720 810-1080'],
    ['9:00~12:00\n13:30~18:00', '540-720 810-1080'],
    ['９：００—１２：００、１３：３０－１８：００', '540-720 810-1080'],
    ['上午9点至12点，下午1点半到6点', '540-720 810-1080'],
    ['1:30pm-6:00', '810-1080'],
    ['上午9点到6点', '540-1080'],
    ['9am to 6pm', '540-1080'],
    ['9点-18点', '540-1080'],
    ['0:00-24:00', '0-1440'],
    ['21:00-02:00', '1260-120'],
    ['21:00 to 2:00 next day', '1260-120'],
    ['22:00-次日0点', '1320-1440'],
    ['start 09:00', '540-'],
    ['Start at 9am, pause at 6pm', '540- -1080'],
    ['启动 9:00；暂停 18:00', '540- -1080'],
    ['停止18点', '-1080'],
    ['', 'empty'],
    [' ,; ', 'empty'],
    ['9', 'not_understood'],
    ['09:00', 'not_understood'],
    ['morning', 'not_understood'],
    ['09:00-12:00-18:00', 'not_understood'],
    ['start', 'not_understood'],
    ['start 9:00-12:00', 'not_understood'],
    ['Mon 09:00-12:00', 'not_understood'],
    ['25:00-26:00', 'not_a_time'],
    ['24:00-02:00', 'not_a_time'],
    ['start 24:00', 'not_a_time'],
    ['start 9:75', 'not_a_time'],
    ['9:00-12:00 next day', 'not_a_time'],
    ['9:00-9:00', 'no_length'],
    ['0:00-0:00', 'no_length'],
    ['x'.repeat(maxTimesLength + 1), 'too_long'],
    [Array.from({ length: maxTimes + 1 }, (_, i) => `start ${i}:00`).join(), 'too_many'],
  ])('%s', (typed, expected) => {
    expect(read(typed)).toBe(expected);
  });
});
