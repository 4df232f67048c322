import { describe, expect, test } from '@jest/globals';
import type { Notice } from '../../../../src/core/model/notice.ts';
import { clockOf } from '../../../support/core/course.ts';
import { type CourseOptions, follow, readCourse } from '../../../support/core/recorded-course.ts';

const courses: [title: string, course: string, options?: CourseOptions][] = [
  ['a', 'off 0/60 | on | 5 | 20 | 40 | 60 x4'],
  ['b', 'on 10/60 x12'],
  ['c', 'on 0/60 | 30 | 60 x95', { circumstances: { redials: true } }],
  ['d', 'on 0/60 | 30 | 60 x3 | 50 x2 | 60 x95 | 59 x2 | 60 x92', { circumstances: { redials: true } }],
  [
    'dead line with falling done',
    'on 0/60 | 30 | 60 x3 | 59 | 58 | 57 | 56 | 55 | 54 | 53 | 52 | 51 | 50 | 49 | 48| 47 | 46 | 45 | 44 | 43 | 42 | 41',
    { circumstances: { redials: true } },
  ],
];
const saying = (notice: Notice) =>
  notice.kind +
  (notice.durationMs === null ? '' : ` ${notice.total} in ${notice.durationMs / 1000}s, ${notice.ratePerMinute}/min`) +
  (notice.firstSeen === null ? '' : ` ${notice.firstSeen.dialed} since ${clockOf(notice.firstSeen.at)}`);
test('x', () => {
  for (const [title, course, options] of courses) {
    const { steps, messages } = follow(readCourse(course, options));
    console.log(
      [
        title,
        ...steps.map((s) => `${clockOf(s.at)} ${s.state} ${s.evidence}`),
        ...messages.map((m) => m.map(saying).join(' → ')),
      ].join('\n'),
    );
  }
});
