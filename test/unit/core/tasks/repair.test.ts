import { describe, expect, test } from '@jest/globals';
import { createPermission } from '../../../../src/core/access/permission.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { TaskDraft } from '../../../../src/core/model/fields.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import type { TaskUseCases } from '../../../../src/core/tasks/actions.ts';
import { choicesOf } from '../../../../src/core/tasks/choices.ts';
import { createRepair } from '../../../../src/core/tasks/repair.ts';
import type { Repair } from '../../../../src/core/tasks/repairs.ts';
import type { ActionResult } from '../../../../src/core/tasks/requests.ts';
import { metadataOf, now, taskOf } from '../../../support/core/task-samples.ts';
import { sampleCard } from '../../../support/samples.ts';

const metadata = metadataOf({
  lines: [
    { id: 'line-a', name: 'Line A', free: 4, total: 10, callerNumber: null },
    { id: 'line-b', name: 'Line B', free: 3, total: 10, callerNumber: null },
  ],
  scripts: [
    { id: '447', name: '回访话术', debug: false, deleted: false },
    { id: '448', name: 'Survey', debug: false, deleted: false },
  ],
});

interface Given {
  task?: Partial<Task>;
  result?: (draft: TaskDraft) => ActionResult;
  may?: boolean;
}

/** Repairs a task, and returns the result with everything that was sent. */
async function repaired(repair: Repair, { task: change = {}, result, may = true }: Given = {}, alteredAt = now) {
  const task = taskOf({ concurrency: 4, alteredAt: now, ...change });
  const sent: { draft: TaskDraft; alteredAt?: number | null }[] = [];
  const tasks: Pick<TaskUseCases, 'card' | 'save'> = {
    card: async () => ({ ...sampleCard(), task }),
    async save({ draft, alteredAt: asRead }) {
      sent.push({ draft, ...(asRead !== undefined && { alteredAt: asRead }) });
      return result?.(draft) ?? { kind: 'done', card: { ...sampleCard(), task } };
    },
  };
  const repairTask = createRepair({
    tasks,
    choices: { fresh: async (current) => choicesOf(metadata, now, { minResidue: 1, current: await current }) },
    metadata: { last: () => ({ metadata, readAt: now }) },
    may: createPermission(async () => may),
  });
  return { result: await repairTask({ taskId: task.id, person: 'U1', repair, alteredAt }), sent };
}

const toLineB: Repair = { field: 'line', value: 'line-b' };

describe('a repair', () => {
  test('sends the whole definition with that one change, and with when it was read', async () => {
    const { result, sent } = await repaired(toLineB);
    expect(result).toMatchObject({ kind: 'saved', changed: ['line', 'concurrency'] });
    const { script, ringTimeout } = taskOf();
    // The line has room for three.
    expect(sent).toMatchObject([
      { draft: { line: 'line-b', concurrency: 3, script: script.id, ringTimeout }, alteredAt: now },
    ]);
  });

  test.each<[string, Repair, Given, number, Record<string, unknown>]>([
    ['changed meanwhile', toLineB, {}, now - 1, { kind: 'moved' }],
    ['so already', { field: 'line', value: 'line-a' }, {}, now - 1, { kind: 'already' }],
    ['not to be had', { field: 'script', value: '999' }, {}, now, { kind: 'unavailable', issue: { field: 'script' } }],
    ['more than the line has', { field: 'concurrency', value: 99 }, {}, now, { kind: 'unavailable' }],
    [
      'one of two things',
      toLineB,
      { task: { script: { id: '1', name: null, debug: false, deleted: true } } },
      now,
      { kind: 'incomplete', field: 'script', draft: { line: 'line-b' } },
    ],
    ['not permitted', toLineB, { may: false }, now, { kind: 'refused', error: { code: 'not_permitted' } }],
  ])('of what is %s sends nothing', async (_, repair, given, alteredAt, expected) => {
    const { result, sent } = await repaired(repair, given, alteredAt);
    expect(result).toMatchObject(expected);
    expect(sent).toEqual([]);
  });

  test.each<[ActionResult, string]>([
    [{ kind: 'busy' }, 'busy'],
    [{ kind: 'refused', error: new AppError('task_changed', '') }, 'moved'],
    [{ kind: 'refused', error: new AppError('platform_rejected', '') }, 'refused'],
    [{ kind: 'unknown', error: new AppError('outcome_unknown', '') }, 'unknown'],
  ])('that comes to %j is %s', async (outcome, kind) => {
    const { result, sent } = await repaired(toLineB, { result: () => outcome });
    expect(result.kind).toBe(kind);
    expect(sent).toHaveLength(1);
  });

  test('leaves what is not listed, and may be the platform’s own, to the platform', async () => {
    const { result } = await repaired(toLineB, { task: { redialRule: { id: '1', name: '默认', redials: null } } });
    expect(result.kind).toBe('saved');
  });
});
