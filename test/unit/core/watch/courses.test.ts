import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { messageText, stepText } from '../../../support/core/course.ts';
import { follow, parseCourses, readCourse } from '../../../support/core/recorded-course.ts';

const root = `${import.meta.dirname}/../../../..`;
const courses = parseCourses(readFileSync(`${root}/test/fixtures/courses.txt`, 'utf8'));
const sources = ['progress_bar', 'endpoint'] as const;
const cases = courses.flatMap((course) =>
  sources.flatMap((source) => ((course.options.source ?? source) === source ? [{ ...course, source }] : [])),
);

describe('what is said of a task', () => {
  test.each(cases)('$title ($source)', ({ text, options, source, steps, messages }) => {
    const shown = follow(readCourse(text, { ...options, source }));
    expect(shown.steps.map(stepText)).toEqual(steps);
    expect(shown.messages.map(messageText)).toEqual(messages);
  });

  test('in more than sixty courses', () => {
    expect(courses.length).toBeGreaterThan(60);
    expect(new Set(courses.map(({ title }) => title)).size).toBe(courses.length);
  });

  test('with a redial rule: at most one end and two messages beside the card', () => {
    const redialing = courses.filter(({ options }) => options.circumstances?.redials === true);
    expect(redialing.length).toBeGreaterThan(9);
    for (const { title, messages } of redialing) {
      expect([title, messages.filter((message) => message.startsWith('finished')).length]).toEqual([
        title,
        expect.any(Number),
      ]);
      expect(messages.filter((message) => message.startsWith('finished')).length).toBeLessThan(2);
      expect(messages.length).toBeLessThan(3);
    }
  });
});

test.each(['docs/states.md', 'docs/zh-CN/states.md'])(
  '%s lists every state with its evidence, and no other',
  (page) => {
    const rows = readFileSync(`${root}/${page}`, 'utf8').matchAll(/^\| `(\w+)` \| `(\w+)` \|/gm);
    const listed = [...rows].map(([, state, evidence]) => `${state} ${evidence}`);
    const seen = courses.flatMap(({ steps }) => steps.map((step) => step.split(' ').slice(1, 3).join(' ')));
    expect(listed.sort()).toEqual([...new Set(seen)].sort());
  },
);
