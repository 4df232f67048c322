import { expect, test } from '@jest/globals';
import type { Metadata } from '../../../../src/core/model/metadata.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { type Preflight, preflight } from '../../../../src/core/tasks/preflight.ts';
import { metadataOf, now, taskOf } from '../../../support/core/task-samples.ts';

const { script, line } = taskOf();
const withGroup = { agentGroup: { id: '21', name: '组2' } };

const rows: [string, Partial<Task>, Partial<Metadata> | null, string[]][] = [
  ['all well', {}, {}, []],
  ['without metadata', { ...withGroup }, null, []],
  ['no figure of the numbers', { progress: null }, {}, []],
  ['no numbers', { progress: { total: 0, done: 0, source: 'endpoint' } }, {}, ['red no_numbers']],
  ['all dialed', { progress: { total: 5, done: 5, source: 'endpoint' } }, {}, ['amber nothing_left']],
  ['as many left as need no question', { progress: { total: 300, done: 200, source: 'endpoint' } }, {}, []],
  ['more left than that', { progress: { total: 301, done: 200, source: 'endpoint' } }, {}, ['amber many_numbers']],
  ['started already', { started: true }, {}, ['red already_started']],
  ['script deleted, says the task', { script: { ...script, deleted: true } }, null, ['red script_deleted']],
  [
    'script deleted since',
    {},
    { scripts: [{ id: '447', name: '', debug: false, deleted: true }] },
    ['red script_deleted'],
  ],
  ['script not listed', {}, { scripts: [] }, []],
  ['script in debug', { script: { ...script, debug: true } }, null, ['amber script_debug']],
  [
    'script in debug since',
    {},
    { scripts: [{ id: '447', name: '', debug: true, deleted: false }] },
    ['amber script_debug'],
  ],
  ['script out of debug since', { script: { ...script, debug: true } }, {}, []],
  ['line gone', {}, { lines: [] }, ['red line_gone']],
  [
    'line without room, which none of its tasks take',
    {},
    { lines: [{ id: 'line-a', name: '', free: 0, total: 10, callerNumber: null }] },
    ['amber line_full'],
  ],
  [
    'line full of what the task itself may hold',
    { line: { ...line, total: 2, used: 2 } },
    { lines: [{ id: 'line-a', name: '', free: 0, total: 2, callerNumber: null }] },
    [],
  ],
  ['line expired', { line: { ...line, expiresAt: now } }, {}, ['amber line_expired']],
  ['line expires tomorrow', { line: { ...line, expiresAt: now + 86_400_000 } }, {}, []],
  ['rule off', {}, { redialRules: [{ id: '103', name: '', remark: null, enabled: false }] }, ['amber rule_off']],
  ['rule not listed', {}, { redialRules: [] }, []],
  ['group usable', withGroup, {}, []],
  [
    'group disabled',
    withGroup,
    { agentGroups: [{ id: '21', name: '', lineId: 'a', enabled: false }] },
    ['amber group_unusable'],
  ],
  [
    'group without a line',
    withGroup,
    { agentGroups: [{ id: '21', name: '', lineId: null, enabled: true }] },
    ['amber group_unusable'],
  ],
  ['group gone', withGroup, { agentGroups: [] }, ['amber group_unusable']],
  [
    'several, the refusals first',
    { script: { ...script, debug: true, deleted: true }, line: { ...line, expiresAt: 0 } },
    null,
    ['red script_deleted', 'amber script_debug', 'amber line_expired'],
  ],
  [
    'on, whatever else is wrong with it',
    {
      started: true,
      script: { ...script, debug: true, deleted: true },
      progress: { total: 5, done: 5, source: 'endpoint' },
    },
    null,
    ['red already_started'],
  ],
];

test.each(rows)('%s', (_, task, metadata, expected) => {
  const conditions = { metadata: metadata && metadataOf(metadata), now, askAbove: 100, mates: [] };
  const result: Preflight = preflight(taskOf(task), conditions);
  expect(result.items.map(({ level, code }) => `${level} ${code}`)).toEqual(expected);
  expect(result.level).toBe(expected[0]?.split(' ')[0] ?? 'green');
});
