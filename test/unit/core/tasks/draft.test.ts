import { describe, expect, test } from '@jest/globals';
import {
  changedFields,
  draftOf,
  fieldNames,
  type RawDraft,
  rawOf,
  type TaskDraft,
} from '../../../../src/core/model/fields.ts';
import type { FieldIssue } from '../../../../src/core/tasks/checked.ts';
import { checkDraft, defaultDraft } from '../../../../src/core/tasks/draft.ts';
import { choicesWith, lineChoice, rawWith, taskOf } from '../../../support/core/task-samples.ts';
import { sampleDraft } from '../../../support/samples.ts';

const choices = choicesWith();

function issuesOf(change: Partial<RawDraft>): FieldIssue[] {
  const checked = checkDraft(rawWith(change), choices);
  return checked.ok ? [] : checked.issues;
}

function draftFrom(change: Partial<RawDraft>): TaskDraft {
  const checked = checkDraft(rawWith(change), choices);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

test('a complete form becomes a definition', () => {
  expect(draftFrom({ agent_group: '21', remark: ' 第一个任务 ', pause_seconds: '5' })).toEqual(
    sampleDraft({
      name: '春季回访',
      script: '447',
      line: 'line-a',
      concurrency: 2,
      pauseSeconds: 5,
      ringTimeout: 60,
      quietHours: 'noon',
      redialRule: '103',
      agentGroup: '21',
      remark: '第一个任务',
    }),
  );
});

test('what may be left open is left open', () => {
  expect(draftFrom({})).toMatchObject({ agentGroup: null, remark: null });
  expect(draftFrom({ remark: ' \n ' }).remark).toBeNull();
});

describe('refused, at its field', () => {
  const rows: [string, Partial<RawDraft>, FieldIssue[]][] = [
    ['no name', { name: '' }, [{ field: 'name', code: 'required' }]],
    ['a name of blanks', { name: ' \u3000 ' }, [{ field: 'name', code: 'required' }]],
    ['101 characters of name', { name: '字'.repeat(101) }, [{ field: 'name', code: 'too_long', max: 100 }]],
    ['256 characters of remark', { remark: 'x'.repeat(256) }, [{ field: 'remark', code: 'too_long', max: 255 }]],
    ['no script', { script: '' }, [{ field: 'script', code: 'required' }]],
    ['no line', { line: '' }, [{ field: 'line', code: 'required' }]],
    ['no quiet hours', { quiet_hours: '' }, [{ field: 'quiet_hours', code: 'required' }]],
    ['no rule', { redial_rule: '' }, [{ field: 'redial_rule', code: 'required' }]],
    ['a script that is gone', { script: '9' }, [{ field: 'script', code: 'not_available' }]],
    ['a line that is full now', { line: 'line-z' }, [{ field: 'line', code: 'not_available' }]],
    ['unknown quiet hours', { quiet_hours: 'x' }, [{ field: 'quiet_hours', code: 'not_available' }]],
    ['a rule switched off', { redial_rule: '1' }, [{ field: 'redial_rule', code: 'not_available' }]],
    ['an unusable group', { agent_group: '22' }, [{ field: 'agent_group', code: 'not_available' }]],
    ['no concurrency', { concurrency: '' }, [{ field: 'concurrency', code: 'required' }]],
    ['half a call', { concurrency: '1.5' }, [{ field: 'concurrency', code: 'not_a_whole_number' }]],
    ['words', { concurrency: 'two' }, [{ field: 'concurrency', code: 'not_a_whole_number' }]],
    ['an exponent', { concurrency: '1e1' }, [{ field: 'concurrency', code: 'not_a_whole_number' }]],
    ['hexadecimal', { concurrency: '0x2' }, [{ field: 'concurrency', code: 'not_a_whole_number' }]],
    ['no calls at all', { concurrency: '0' }, [{ field: 'concurrency', code: 'out_of_range', min: 1, max: 4 }]],
    ['less than none', { concurrency: '-2' }, [{ field: 'concurrency', code: 'out_of_range', min: 1, max: 4 }]],
    ['more than the line has', { concurrency: '5' }, [{ field: 'concurrency', code: 'over_line', max: 4 }]],
    ['much more', { concurrency: '9'.repeat(400) }, [{ field: 'concurrency', code: 'over_line', max: 4 }]],
    [
      'a negative pause',
      { pause_seconds: '-1' },
      [{ field: 'pause_seconds', code: 'out_of_range', min: 0, max: 3600 }],
    ],
    [
      'a pause over an hour',
      { pause_seconds: '3601' },
      [{ field: 'pause_seconds', code: 'out_of_range', min: 0, max: 3600 }],
    ],
    ['a worded pause', { pause_seconds: 'none' }, [{ field: 'pause_seconds', code: 'not_a_whole_number' }]],
    ['no ring time', { ring_timeout: '' }, [{ field: 'ring_timeout', code: 'required' }]],
    ['a short ring', { ring_timeout: '9' }, [{ field: 'ring_timeout', code: 'out_of_range', min: 10, max: 120 }]],
    ['a long ring', { ring_timeout: '121' }, [{ field: 'ring_timeout', code: 'out_of_range', min: 10, max: 120 }]],
  ];
  test.each(rows)('%s', (_, change, expected) => {
    expect(issuesOf(change)).toEqual(expected);
  });
});

describe('accepted', () => {
  const rows: [string, Partial<RawDraft>, Partial<TaskDraft>][] = [
    ['100 characters beyond the basic plane', { name: '😀'.repeat(100) }, { name: '😀'.repeat(100) }],
    ['255 characters of remark', { remark: '字'.repeat(255) }, { remark: '字'.repeat(255) }],
    [
      'blanks around',
      { name: '  A B ', concurrency: ' 3 ', line: ' line-a ' },
      { name: 'A B', concurrency: 3, line: 'line-a' },
    ],
    ['full-width digits', { concurrency: '　３　', ring_timeout: '９０' }, { concurrency: 3, ringTimeout: 90 }],
    ['all the line has', { concurrency: '4' }, { concurrency: 4 }],
    ['all the other line has', { line: 'line-b', concurrency: '20' }, { concurrency: 20 }],
    [
      'the lower bounds',
      { concurrency: '1', pause_seconds: '0', ring_timeout: '10' },
      { pauseSeconds: 0, ringTimeout: 10 },
    ],
    ['the upper bounds', { pause_seconds: '3600', ring_timeout: '120' }, { pauseSeconds: 3600, ringTimeout: 120 }],
    ['an automatic pause of one call at a time', { concurrency: '1', pause_seconds: ' ' }, { pauseSeconds: 10 }],
    ['an automatic pause of several', { concurrency: '2' }, { pauseSeconds: 0 }],
  ];
  test.each(rows)('%s', (_, change, expected) => {
    expect(draftFrom(change)).toMatchObject(expected);
  });
});

test('every issue is reported at once, the line’s bound among them', () => {
  const issues = issuesOf({ name: '', script: '9', concurrency: '5', ring_timeout: '1', quiet_hours: '' });
  expect(issues.map(({ field, code }) => `${field} ${code}`)).toEqual([
    'name required',
    'script not_available',
    'concurrency over_line',
    'ring_timeout out_of_range',
    'quiet_hours required',
  ]);
});

test('without a line the concurrency is checked as far as it can be', () => {
  expect(issuesOf({ line: '', concurrency: '500' })).toEqual([{ field: 'line', code: 'required' }]);
  expect(issuesOf({ line: '', concurrency: '0' })).toContainEqual({
    field: 'concurrency',
    code: 'out_of_range',
    min: 1,
    max: 20,
  });
});

test('an accepted draft, shown and checked again, is the same draft', () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 500; round += 1) {
    const raw = rawWith({
      concurrency: String(random(7)),
      pause_seconds: random(3) === 0 ? '' : String(random(4000)),
      ring_timeout: String(random(140)),
      line: ['line-a', 'line-b', 'line-c', ''][random(4)] ?? '',
      agent_group: ['', '21', '99'][random(3)] ?? '',
      remark: 'x'.repeat(random(300)),
    });
    const checked = checkDraft(raw, choices);
    if (checked.ok) expect(checkDraft(rawOf(checked.value), choices)).toEqual(checked);
    else {
      const fields = checked.issues.map(({ field }) => field);
      expect(new Set(fields).size).toBe(fields.length);
      expect(fields.every((field) => fieldNames.includes(field))).toBe(true);
    }
  }
});

describe('a new form', () => {
  test('has one call at a time, an automatic pause and 60 seconds to ring', () => {
    expect(defaultDraft(choices)).toMatchObject({ name: '', concurrency: '1', pause_seconds: '', ring_timeout: '60' });
    expect(defaultDraft(choices, '春季').name).toBe('春季');
  });

  test('chooses what leaves no choice, but nobody’s agent group', () => {
    const single = choicesWith({ line: [lineChoice('line-b', 1)], script: [] });
    expect(defaultDraft(single)).toMatchObject({
      line: 'line-b',
      redial_rule: '103',
      script: '',
      quiet_hours: '',
      agent_group: '',
    });
  });

  test('is accepted once the open choices are made', () => {
    const raw = { ...defaultDraft(choices, 'A'), line: 'line-a', script: '447', quiet_hours: 'rest' };
    expect(checkDraft(raw, choices)).toMatchObject({ ok: true, value: { concurrency: 1, pauseSeconds: 10 } });
  });
});

test('the changed fields, in the order of the form', () => {
  const before = draftOf(taskOf());
  expect(changedFields(before, { ...before })).toEqual([]);
  expect(changedFields(before, { ...before, remark: '' })).toEqual([]);
  expect(changedFields(before, { ...before, agentGroup: '21', ringTimeout: 30, name: 'x', pauseSeconds: 1 })).toEqual([
    'name',
    'pause_seconds',
    'ring_timeout',
    'agent_group',
  ]);
});
