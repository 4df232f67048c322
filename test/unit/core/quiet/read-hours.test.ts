import { describe, expect, test } from '@jest/globals';
import type { QuietWindow } from '../../../../src/core/model/quiet-hours.ts';
import { maxHoursLength, maxWindows, readHours } from '../../../../src/core/quiet/read-hours.ts';

const two = (n: number) => String(n).padStart(2, '0');
const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
const written = ({ days, from, until }: QuietWindow) => `${days.join('')} ${clock(from)}-${clock(until)}`;

/** What is read, in one notation: `12345 21:00-08:30`; or the issue, with the part that it is about. */
function read(text: string): string {
  const given = readHours(text);
  if (given.kind === 'known') return given.windows.map(written).join(', ') || 'none';
  if (given.kind === 'unknown') return 'unknown';
  return 'text' in given.issue ? `${given.issue.kind}: ${given.issue.text}` : given.issue.kind;
}

const daily = (period: string) => `1234567 ${period}`;

describe('quiet hours, as people write them', () => {
  test.each([
    ['21:00-08:30', daily('21:00-08:30')],
    ['9:05-10:00', daily('09:05-10:00')],
    ['12:00 – 13:30', daily('12:00-13:30')],
    ['１２：００～１３：３０', daily('12:00-13:30')],
    ['12:00〜13:30', daily('12:00-13:30')],
    ['12:00 to 13:30', daily('12:00-13:30')],
    ['12:00-13:30, 20:30-08:30', `${daily('12:00-13:30')}, ${daily('20:30-08:30')}`],
    ['12:00-13:30，20:30-08:30', `${daily('12:00-13:30')}, ${daily('20:30-08:30')}`],
    ['12:00-13:30、20:30-08:30', `${daily('12:00-13:30')}, ${daily('20:30-08:30')}`],
    ['12:00-13:30 20:30-08:30', `${daily('12:00-13:30')}, ${daily('20:30-08:30')}`],
    ['12:00-13:30\n20:30-08:30\n', `${daily('12:00-13:30')}, ${daily('20:30-08:30')}`],
    ['12:00-13:30 and 20:30-08:30', `${daily('12:00-13:30')}, ${daily('20:30-08:30')}`],
    ['Sat 00:00-24:00', '6 00:00-24:00'],
    ['21:00-00:00', daily('21:00-24:00')],
    ['21:00-24:00', daily('21:00-24:00')],
    ['00:00-08:30', daily('00:00-08:30')],
    ['9pm-8am', daily('21:00-08:00')],
    ['9:30 PM - 8:15 am', daily('21:30-08:15')],
    ['12pm-1pm', daily('12:00-13:00')],
    ['12am-6am', daily('00:00-06:00')],
    ['9pm to 8am the next day', daily('21:00-08:00')],
    ['21:00-08:30 (+1)', daily('21:00-08:30')],
    ['21:00-次日08:30', daily('21:00-08:30')],
    ['21点到次日8点半', daily('21:00-08:30')],
    ['每天晚上9点至次日早上8点半', daily('21:00-08:30')],
    ['晚上21点至早上8点', daily('21:00-08:00')],
    ['中午12点到下午1点30分', daily('12:00-13:30')],
    ['中午12点到中午1点半', daily('12:00-13:30')],
    ['21时-8时30分', daily('21:00-08:30')],
    ['下午1点半到6点', daily('13:30-18:00')],
    ['上午9点到6点', daily('09:00-18:00')],
    ['早上9点到11点', daily('09:00-11:00')],
    ['晚上8点到10点', daily('20:00-22:00')],
    ['晚上9点到8点半', daily('21:00-08:30')],
    ['下午1点半到次日6点', daily('13:30-06:00')],
    ['下午6点到02:00', daily('18:00-02:00')],
    ['9am-6:30', daily('09:00-18:30')],
    ['9pm-8:30', daily('21:00-08:30')],
    ['9:30-18:00', daily('09:30-18:00')],
    ['晚上8点到晚上12点', daily('20:00-24:00')],
    ['凌晨12点到早上8点', daily('00:00-08:00')],
    ['21:00-次日0点', daily('21:00-24:00')],
    ['Mon-Fri 21:00-08:30', '12345 21:00-08:30'],
    ['Monday to Friday 21:00-08:30', '12345 21:00-08:30'],
    ['weekdays 21:00-08:30', '12345 21:00-08:30'],
    ['Sat, Sun 00:00-24:00', '67 00:00-24:00'],
    ['sat & sun 00:00-24:00', '67 00:00-24:00'],
    ['Weekends 00:00-24:00', '67 00:00-24:00'],
    ['Fri-Mon 12:00-13:00', '1567 12:00-13:00'],
    ['Tues, Thurs 12:00-13:00', '24 12:00-13:00'],
    ['Sundays 12:00-13:00', '7 12:00-13:00'],
    ['Mon Mon 12:00-13:00', '1 12:00-13:00'],
    ['周一至周五 21:00-08:30', '12345 21:00-08:30'],
    ['周一到五21:00-08:30', '12345 21:00-08:30'],
    ['星期一至星期五，21:00-08:30', '12345 21:00-08:30'],
    ['周六日 00:00-24:00', '67 00:00-24:00'],
    ['周六、日 00:00-24:00', '67 00:00-24:00'],
    ['周六和周日 0点-24点', '67 00:00-24:00'],
    ['周末 00:00-24:00', '67 00:00-24:00'],
    ['工作日12:00-13:30', '12345 12:00-13:30'],
    ['礼拜天 12:00-13:30', '7 12:00-13:30'],
    ['Mon-Fri 12:00-13:30, 20:30-08:30', '12345 12:00-13:30, 12345 20:30-08:30'],
    ['Mon-Fri 20:30-08:30; 12:00-13:30', `12345 20:30-08:30, ${daily('12:00-13:30')}`],
    ['周一至周五 20:30-08:30；周末 00:00-24:00', '12345 20:30-08:30, 67 00:00-24:00'],
    ['20:30-08:30, Sat 12:00-24:00', `${daily('20:30-08:30')}, 6 12:00-24:00`],
    ['Mon 9:00-10:00 Tue 11:00-12:00', '1 09:00-10:00, 2 11:00-12:00'],
    ['none', 'none'],
    [' None ', 'none'],
    ['无', 'none'],
    ['不限时段', 'none'],
    ['unknown', 'unknown'],
    ['未知', 'unknown'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('what is not clear is no guess', () => {
  test.each([
    ['', 'empty'],
    [' ;\n； ', 'empty'],
    ['lunch', 'not_understood: lunch'],
    ['21-8', 'not_understood: 21-8'],
    ['2100-0830', 'not_understood: 2100-0830'],
    ['21:00', 'not_understood: 21:00'],
    ['21:00-', 'not_understood: 21:00 -'],
    ['21:00 08:30', 'not_understood: 21:00 08:30'],
    ['21:00-08:30-09:00', 'not_understood: - 09:00'],
    ['21:00--08:30', 'not_understood: 21:00 - -'],
    ['9-10pm', 'not_understood: 9-10pm'],
    ['21:00-08:30 except Sunday', 'not_understood: except sunday'],
    ['not 21:00-08:30', 'not_understood: not 21:00-08:30'],
    ['21:00-08:30 Mon-', 'not_understood: mon -'],
    ['Mon-Fri', 'days_alone: mon - fri'],
    ['21:00-08:30 周末', 'days_alone: 周末'],
    ['日 21:00-08:30', 'not_understood: 日 21:00-08:30'],
    ['moon 21:00-08:30', 'not_understood: moon 21:00-08:30'],
    ['25:00-08:30', 'not_a_time: 25:00 - 08:30'],
    ['21:60-08:30', 'not_a_time: 21:60 - 08:30'],
    ['24:30-08:30', 'not_a_time: 24:30 - 08:30'],
    ['24:00-08:30', 'not_a_time: 24:00 - 08:30'],
    ['13pm-8am', 'not_a_time: 13pm - 8am'],
    ['08:00-08:00', 'no_length: 08:00 - 08:00'],
    ['00:00-00:00', 'no_length: 00:00 - 00:00'],
    ['08:00-次日09:00', 'over_a_day: 08:00 - 次日09:00'],
    ['00:00-24:00', 'whole_week'],
    ['12:00-11:00, 10:30-12:30', 'whole_week'],
    ['1'.repeat(maxHoursLength + 1), 'too_long'],
    [
      Array(maxWindows + 1)
        .fill('12:00-13:00')
        .join(),
      'too_many',
    ],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('the part that is quoted is short', () => {
    for (const text of ['x'.repeat(900), `${'mon '.repeat(200)}`, '25:00-08:30 '.repeat(50)]) {
      expect(read(text).length).toBeLessThan(50);
    }
  });
});
