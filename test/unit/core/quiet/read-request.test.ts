import { expect, test } from '@jest/globals';
import { readRequest } from '../../../../src/core/quiet/read-request.ts';

const names = ['午休时间', '休息时间', 'Night', 'Night shift', 'Lunch break', '夜间 21:00-08:00', 'Twin', 'Twin'];
const groups = names.map((name, i) => ({ id: `group-${i}`, name }));

const clock = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** What is asked for, in one line. */
function read(text: string): string {
  const request = readRequest(text, groups);
  switch (request.kind) {
    case 'open':
      return `open ${request.group.name}`;
    case 'many':
      return [`many ${request.groups.map(({ id }) => id).join(' ')}`, request.hours].filter(Boolean).join(': ');
    case 'none':
      return 'none';
    case 'issue':
      return `issue ${request.group.name}: ${request.issue.kind}`;
    case 'set': {
      const { group, given } = request;
      if (given.kind === 'unknown') return `set ${group.name}: unknown`;
      const windows = given.windows.map(({ days, from, until }) => `${days.join('')} ${clock(from)}-${clock(until)}`);
      return `set ${group.name}: ${windows.join(', ') || 'none'}`;
    }
  }
}

test.each([
  ['午休时间', 'open 午休时间'],
  ['午休', 'open 午休时间'],
  ['时间', 'many group-0 group-1'],
  ['night', 'open Night'],
  ['NIGHT SHIFT', 'open Night shift'],
  ['shift', 'open Night shift'],
  ['group-4', 'open Lunch break'],
  ['"Night"', 'open Night'],
  ['“lunch break”', 'open Lunch break'],
  ['nobody', 'none'],
  ['Twin', 'many group-6 group-7'],
  ['夜间 21:00-08:00', 'open 夜间 21:00-08:00'],
  ['夜间 21:00-08:00 20:00-09:00', 'set 夜间 21:00-08:00: 1234567 20:00-9:00'],
  ['夜间 20:00-09:00', 'set 夜间 21:00-08:00: 1234567 20:00-9:00'],
  ['午休时间 12:00-13:30', 'set 午休时间: 1234567 12:00-13:30'],
  ['午休时间12:00-13:30', 'set 午休时间: 1234567 12:00-13:30'],
  ['午休 12:00-13:30、20:30-08:30', 'set 午休时间: 1234567 12:00-13:30, 1234567 20:30-8:30'],
  ['lunch 12:00–13:30', 'set Lunch break: 1234567 12:00-13:30'],
  ['lunch break 12:00–13:30', 'set Lunch break: 1234567 12:00-13:30'],
  ['"Lunch break" 12:00–13:30', 'set Lunch break: 1234567 12:00-13:30'],
  ['night 21:00-8:30', 'set Night: 1234567 21:00-8:30'],
  ['night shift Mon-Fri 21:00-8:30; Sat, Sun 00:00-24:00', 'set Night shift: 12345 21:00-8:30, 67 0:00-24:00'],
  ['night Mon 21:00-8:30\n12:00-13:00', 'set Night: 1 21:00-8:30, 1234567 12:00-13:00'],
  ['group-0 none', 'set 午休时间: none'],
  ['午休时间 无', 'set 午休时间: none'],
  ['night unknown', 'set Night: unknown'],
  ['时间 12:00-13:30', 'many group-0 group-1: 12:00-13:30'],
  ['Twin 12:00-13:30', 'many group-6 group-7: 12:00-13:30'],
  ['nobody 12:00-13:30', 'none'],
  ['12:00-13:30', 'none'],
  ['night 25:00-8:30', 'issue Night: not_a_time'],
  ['lunch 12:00', 'issue Lunch break: not_understood'],
  ['lunch Mon-Fri', 'issue Lunch break: days_alone'],
  ['x'.repeat(4_000), 'none'],
  ['night '.repeat(400), 'none'],
])('%s', (text, expected) => {
  expect(read(text.trim())).toBe(expected);
});

test('without groups, nothing is named', () => {
  expect(readRequest('12:00-13:30', [])).toEqual({ kind: 'none' });
  expect(readRequest('', [])).toEqual({ kind: 'none' });
});
