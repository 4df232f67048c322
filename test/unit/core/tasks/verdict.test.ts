import { describe, expect, test } from '@jest/globals';
import type { OpenAction, Showing } from '../../../../src/core/model/open-action.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { afterPoll, agreeingPolls, maxPolls, showingOf } from '../../../../src/core/tasks/verdict.ts';
import { sampleAction, sampleDraft, sampleTask, sampleTaskOf } from '../../../support/samples.ts';

const on = sampleTask({ started: true });
const off = sampleTask({ started: false });
const ranThrough = sampleTask({ started: false, progress: { total: 9, done: 9, source: 'progress_bar' } });
const draft = sampleDraft({ remark: 'changed' });
const saved = sampleTaskOf(draft);

describe('what one list shows of an action', () => {
  const table: [OpenAction['kind'], string, Task | null, boolean, Showing | null][] = [
    ['pause', 'on', on, true, 'not_done'],
    ['pause', 'off', off, true, 'done'],
    ['pause', 'on, in an incomplete list', on, false, 'not_done'],
    ['pause', 'missing', null, true, 'gone'],
    ['pause', 'missing from an incomplete list', null, false, null],
    ['start', 'on', on, true, 'done'],
    ['start', 'off', off, true, 'not_done'],
    ['start', 'off, with nothing left to dial', ranThrough, true, 'done'],
    ['start', 'missing', null, true, 'gone'],
    ['start', 'missing from an incomplete list', null, false, null],
    ['save', 'as it was sent', saved, true, 'done'],
    ['save', 'otherwise', off, true, 'not_done'],
    ['save', 'missing', null, true, 'gone'],
    ['save', 'missing from an incomplete list', null, false, null],
    ['delete', 'there', off, true, 'not_done'],
    ['delete', 'missing', null, true, 'done'],
    ['delete', 'missing from an incomplete list', null, false, null],
  ];
  test.each(table)('%s, the task is %s', (kind, _, task, complete, shown) => {
    expect(showingOf({ kind, draft: kind === 'save' ? draft : null }, task, complete)).toBe(shown);
  });
});

describe('polls after another', () => {
  const follow = (showings: readonly (Showing | null)[], change: Partial<OpenAction> = {}): OpenAction => {
    let action = sampleAction({ state: 'unknown', ...change });
    for (const showing of showings) {
      if (action.state === 'settled') break;
      action = afterPoll(action, showing);
    }
    return action;
  };

  const table: [string, (Showing | null)[], OpenAction['verdict']][] = [
    ['one proves nothing', ['not_done'], null],
    ['nor does one that shows the effect', ['done'], null],
    ['two that agree settle it', ['not_done', 'not_done'], 'not_done'],
    ['an old page in between begins anew', ['done', 'not_done', 'done'], null],
    ['and two that agree settle it then', ['done', 'not_done', 'done', 'done'], 'done'],
    ['one that shows nothing does not count against them', ['done', null, 'done'], 'done'],
    ['a task that is missing twice', ['gone', 'gone'], 'gone'],
    ['a task that is missing once', ['gone', 'not_done', 'not_done'], 'not_done'],
    ['they never agree', Array.from({ length: maxPolls }, (_, i) => (i % 2 ? 'done' : 'not_done')), 'unsettled'],
    ['they never show it', Array(maxPolls).fill(null), 'unsettled'],
    ['one less than that', Array(maxPolls - 1).fill(null), null],
  ];
  test.each(table)('%s', (_, showings, verdict) => {
    const { verdict: reached, state } = follow(showings);
    expect([reached, state]).toEqual([verdict, verdict === null ? 'unknown' : 'settled']);
  });

  test('a created task is no old page: one poll is enough', () => {
    expect(follow(['done'], { kind: 'create' }).verdict).toBe('done');
    expect(follow(['not_done'], { kind: 'create' }).verdict).toBeNull();
  });

  test('an action whose process died is known as such to the end', () => {
    expect(follow(['done', 'done'], { state: 'working' })).toMatchObject({ interrupted: true, verdict: 'done' });
    expect(follow(['done', 'done'])).toMatchObject({ interrupted: false, verdict: 'done' });
  });

  test('whatever the polls show, a verdict rests on the last two that show anything, and comes in time', () => {
    const showings = ['done', 'not_done', 'gone', null] as const;
    const wrong: unknown[] = [];
    for (let seed = 0; seed < 4 ** 6; seed += 1) {
      const course = Array.from({ length: 6 }, (_, i) => showings[Math.floor(seed / 4 ** i) % 4] ?? null);
      const { verdict, polls } = follow(course);
      const seen = course.slice(0, polls).filter((one) => one !== null);
      const last = seen.slice(-agreeingPolls);
      const unfounded =
        verdict === null
          ? seen.some((one, i) => one === seen[i - 1])
          : last.length !== agreeingPolls || last.some((one) => one !== verdict);
      if (unfounded) wrong.push({ course, verdict });
    }
    expect(wrong).toEqual([]);
  });
});
