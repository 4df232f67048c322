import { describe, expect, test } from '@jest/globals';
import type { Metadata } from '../../../../src/core/model/metadata.ts';
import { choicesOf } from '../../../../src/core/tasks/choices.ts';
import { choicesIn, type Known, prefilled } from '../../../../src/core/tasks/prefill.ts';
import { choicesWith, rawWith } from '../../../support/core/task-samples.ts';
import { sampleTask } from '../../../support/samples.ts';

const metadata: Metadata = {
  lines: [
    { id: 'line-a', name: '上海', free: 4, total: 10, callerNumber: null },
    { id: 'line-full', name: '北京', free: 0, total: 10, callerNumber: null },
  ],
  scripts: [
    { id: '447', name: '回访话术', debug: false, deleted: false },
    { id: '448', name: '旧话术', debug: false, deleted: true },
  ],
  quietHours: [
    { id: 'noon', name: '午休时间' },
    { id: 'none', name: '不限时段' },
  ],
  redialRules: [
    { id: '103', name: '默认', remark: null, enabled: true },
    { id: '104', name: '三次', remark: null, enabled: false },
  ],
  agentGroups: [
    { id: '21', name: '组1', lineId: 'line-a', enabled: true },
    { id: '22', name: '组2', lineId: null, enabled: true },
    { id: '23', name: '组3', lineId: 'line-a', enabled: false },
  ],
};
const choices = choicesOf(metadata, 0, { minResidue: 2 });
const known = (last: Known['last'], tasks: Known['tasks'] = []): Known => ({ last, tasks });
const last = (given: Record<string, [value: string, name?: string]>): Known['last'] =>
  Object.fromEntries(Object.entries(given).map(([field, [value, name = null]]) => [field, { value, name }]));

test('what was submitted is remembered, without its name and remark, and fills the next form', () => {
  const all = choicesWith();
  const raw = rawWith({ name: 'Spring', remark: 'secret', line: 'line-b', concurrency: '12', agent_group: '21' });
  const remembered = choicesIn(raw, all);
  expect(JSON.stringify(remembered)).not.toMatch(/Spring|secret/);
  const { values, gone } = prefilled(all, 'Autumn', known(remembered));
  expect(values).toEqual({ ...raw, name: 'Autumn', remark: '' });
  expect(gone).toEqual([]);
});

describe('what cannot be chosen now is not filled in, and named with the reason', () => {
  test.each([
    ['line', ['line-full', '北京'], 'line_no_free_concurrency'],
    ['line', ['line-x', '广州'], 'missing'],
    ['script', ['448', '旧话术'], 'script_deleted'],
    ['redial_rule', ['104', '三次'], 'rule_off'],
    ['agent_group', ['22', '组2'], 'group_without_line'],
    ['agent_group', ['23', '组3'], 'group_disabled'],
  ] as const)('%s %j: %s', (field, [id, name], why) => {
    const { values, gone } = prefilled(choices, '', known(last({ [field]: [id, name] })));
    expect(gone).toEqual([{ field, said: name, why }]);
    expect(values[field]).not.toBe(id);
  });

  test('a concurrency above what the line has free', () => {
    const before = last({ line: ['line-a', '上海'], concurrency: ['8'] });
    const { values, gone } = prefilled(choices, '', known(before));
    expect(values).toMatchObject({ line: 'line-a', concurrency: '1' });
    expect(gone).toEqual([{ field: 'concurrency', said: '8', why: { code: 'over_line', max: 4 } }]);
  });

  test('no group and an automatic pause are choices like any other', () => {
    const { values, gone } = prefilled(choices, '', known(last({ agent_group: [''], pause_seconds: [''] })));
    expect(values).toMatchObject({ agent_group: '', pause_seconds: '' });
    expect(gone).toEqual([]);
  });

  test('a field of another release is ignored', () => {
    expect(prefilled(choices, '', known(last({ colour: ['red'] }))).gone).toEqual([]);
  });
});

describe('a first form', () => {
  const task = (quiet: string, script = '447') =>
    sampleTask({
      script: { id: script, name: null, debug: false, deleted: false },
      quietHours: { id: quiet, name: null },
      redialRule: { id: '103', name: null, redials: null },
    });

  test('has the quiet hours and the redial rule that most tasks have, and no guess at what is called or by which line', () => {
    const two = choicesOf(
      { ...metadata, scripts: [...metadata.scripts, { ...metadata.scripts[0], id: '449' } as never] },
      0,
      {
        minResidue: 0,
      },
    );
    const { values } = prefilled(two, '', known(null, [task('noon'), task('none'), task('none')]));
    expect(values).toMatchObject({ quiet_hours: 'none', redial_rule: '103', script: '', agent_group: '' });
  });

  test('leaves them open where the account has no task, or none with a usable one', () => {
    expect(prefilled(choices, '', known(null, [task('gone')])).values.quiet_hours).toBe('');
  });
});
