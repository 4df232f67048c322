import { describe, expect, test } from '@jest/globals';
import { createPermission } from '../../../../src/core/access/permission.ts';
import { AppError } from '../../../../src/core/errors.ts';
import { createMove, type MoveDeps, type MoveRequest } from '../../../../src/core/lines/move.ts';
import { draftOf, type TaskDraft } from '../../../../src/core/model/fields.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import type { CurrentLine } from '../../../../src/core/tasks/choices.ts';
import type { ActionResult } from '../../../../src/core/tasks/requests.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { sampleCard, sampleChoices, sampleTask, sampleTaskOf } from '../../../support/samples.ts';

const unknownError = new AppError('outcome_unknown', 'lost');
const refusal = new AppError('platform_rejected', 'no');

/**
 * A platform with two tasks on one line of ten, of which it lets go and take as it is asked. Everything that is sent is
 * kept, and so is how many calls the two tasks may make together after each step.
 */
function rig(change: Partial<MoveDeps> & { answers?: ActionResult['kind'][]; frees?: boolean; total?: number } = {}) {
  const { answers = [], frees = true, total = 10, ...deps } = change;
  const tasks = new Map<string, Task>([
    ['giver', sampleTask({ id: 'giver', name: 'Giver', concurrency: 6 })],
    ['taker', sampleTask({ id: 'taker', name: 'Taker', concurrency: 4 })],
  ]);
  const sent: [string, number][] = [];
  const together: number[] = [];
  let meanwhile: (() => void) | null = null;
  const sum = () => [...tasks.values()].reduce((all, { concurrency }) => all + concurrency, 0);
  let held = sum();
  const card = async (taskId: string) => {
    const task = tasks.get(taskId);
    if (task === undefined) throw new AppError('task_gone', 'gone');
    return sampleCard({ task });
  };
  const save = async ({ taskId, draft }: { taskId: string; draft: TaskDraft }): Promise<ActionResult> => {
    sent.push([taskId, draft.concurrency]);
    const kind = answers.shift() ?? 'done';
    if (kind === 'busy') return { kind };
    if (kind === 'refused') return { kind, error: refusal };
    // A lost answer may have taken effect.
    const before = tasks.get(taskId);
    if (before !== undefined) tasks.set(taskId, sampleTaskOf(draft, { id: taskId, name: before.name }));
    if (frees) held = sum();
    together.push(sum());
    meanwhile?.();
    if (kind === 'unknown') return { kind, error: unknownError };
    return { kind: 'done', card: await card(taskId) };
  };
  const fresh = async (current?: CurrentLine | Promise<CurrentLine>) => {
    const own = (await current)?.concurrency ?? 0;
    const base = sampleChoices(3);
    const line = base.line.map((entry) => (entry.id === 'line-1' ? { ...entry, max: total - held + own } : entry));
    return { ...base, line };
  };
  const clock = createManualClock();
  const shown: string[] = [];
  const move = createMove({
    tasks: { card, save } as never,
    choices: { fresh },
    may: createPermission(),
    clock,
    ...deps,
  });
  return {
    tasks,
    sent,
    together,
    shown,
    clock,
    during: (act: () => void) => {
      meanwhile = act;
    },
    run: (request: Partial<MoveRequest> = {}) =>
      clock.until(
        move(
          {
            from: { taskId: 'giver', concurrency: 6 },
            to: { taskId: 'taker', concurrency: 4 },
            count: 2,
            person: 'U0ALICE',
            channel: 'C0OUT',
            ...request,
          },
          async (from, to) => {
            shown.push(`${from.task.name} ${from.before}→${from.after}, ${to.task.name} ${to.before}→${to.after}`);
          },
        ),
      ),
  };
}

describe('moving concurrency', () => {
  test('lowers first, and raises only after that; the line is never asked for more than before', async () => {
    const { run, sent, together, shown } = rig();
    expect(await run()).toMatchObject({
      kind: 'moved',
      from: { task: { name: 'Giver' }, before: 6, after: 4 },
      to: { task: { name: 'Taker' }, before: 4, after: 6 },
    });
    expect(sent).toEqual([
      ['giver', 4],
      ['taker', 6],
    ]);
    expect(together).toEqual([8, 10]);
    expect(shown).toEqual(['Giver 6→4, Taker 4→6']);
  });

  test('changes nothing of a task but its concurrency', async () => {
    const { run, tasks } = rig();
    const before = [...tasks.values()].map(draftOf);
    await run();
    expect([...tasks.values()].map(draftOf)).toEqual(
      before.map((draft, i) => ({ ...draft, concurrency: i === 0 ? 4 : 6 })),
    );
  });

  test.each([
    ['refused', { kind: 'nothing', because: { kind: 'refused', error: refusal } }],
    ['busy', { kind: 'nothing', because: { kind: 'busy' } }],
    ['unknown', { kind: 'lowered_unknown', error: unknownError }],
  ] as const)('raises nothing when lowering was %s', async (kind, result) => {
    const { run, sent } = rig({ answers: [kind] });
    expect(await run()).toMatchObject(result);
    expect(sent).toEqual([['giver', 4]]);
  });

  test.each([
    ['refused', { kind: 'lowered', because: { kind: 'refused', error: refusal } }],
    ['busy', { kind: 'lowered', because: { kind: 'busy' } }],
    ['unknown', { kind: 'raised_unknown', error: unknownError }],
  ] as const)('says that the first task is lowered when raising was %s', async (kind, result) => {
    const { run, tasks } = rig({ answers: ['done', kind] });
    expect(await run()).toMatchObject({ ...result, from: { before: 6, after: 4 }, to: { before: 4, after: 6 } });
    expect(tasks.get('giver')?.concurrency).toBe(4);
  });

  test.each(['giver', 'taker'])('begins nothing when %s is no longer as it was chosen', async (taskId) => {
    const { run, sent, tasks } = rig();
    tasks.set(taskId, sampleTask({ id: taskId, name: 'Other', concurrency: 5 }));
    expect(await run()).toMatchObject({ kind: 'nothing', because: { kind: 'changed', task: { concurrency: 5 } } });
    expect(sent).toEqual([]);
  });

  test('begins nothing when the two tasks are on different lines', async () => {
    const { run, sent, tasks } = rig();
    const line = { ...sampleTask().line, id: 'line-2' };
    tasks.set('taker', sampleTask({ id: 'taker', concurrency: 4, line }));
    expect(await run()).toMatchObject({ kind: 'nothing', because: { kind: 'changed' } });
    expect(sent).toEqual([]);
  });

  test('begins nothing when one of them could not be saved for another reason', async () => {
    const { run, sent, tasks } = rig();
    const script = { id: 'gone', name: null, debug: false, deleted: true };
    tasks.set('taker', sampleTask({ id: 'taker', name: 'Taker', concurrency: 4, script }));
    expect(await run()).toMatchObject({
      kind: 'nothing',
      because: { kind: 'invalid', task: { name: 'Taker' }, issue: { field: 'script', code: 'not_available' } },
    });
    expect(sent).toEqual([]);
  });

  test('asks for permission on both tasks before either is changed', async () => {
    const { run, sent } = rig({ may: createPermission(async (_person, _act, taskId) => taskId !== 'taker') });
    expect(await run()).toMatchObject({
      kind: 'nothing',
      because: { kind: 'refused', error: { code: 'not_permitted' } },
    });
    expect(sent).toEqual([]);
  });

  test('stops half-way when someone takes what was freed, and when the line does not free it', async () => {
    const taken = rig({ total: 8 });
    expect(await taken.run()).toMatchObject({ kind: 'lowered', because: { kind: 'no_room', max: 4 } });
    const kept = rig({ frees: false });
    expect(await kept.run()).toMatchObject({ kind: 'lowered', because: { kind: 'no_room', max: 4 } });
    for (const { sent } of [taken, kept]) expect(sent).toEqual([['giver', 4]]);
  });

  test('stops half-way when the second task was changed meanwhile, or is gone', async () => {
    const changed = rig();
    changed.during(() => changed.tasks.set('taker', sampleTask({ id: 'taker', name: 'Taker', concurrency: 1 })));
    expect(await changed.run()).toMatchObject({
      kind: 'lowered',
      because: { kind: 'changed', task: { concurrency: 1 } },
    });
    const gone = rig();
    gone.during(() => gone.tasks.delete('taker'));
    expect(await gone.run()).toMatchObject({
      kind: 'lowered',
      because: { kind: 'refused', error: { code: 'task_gone' } },
    });
    for (const { sent } of [changed, gone]) expect(sent).toEqual([['giver', 4]]);
  });

  test.each([{ count: 6 }, { count: 0 }, { count: 1.5 }, { to: { taskId: 'giver', concurrency: 6 } }])(
    'sends nothing for what cannot be moved: %p',
    async (request) => {
      const { run, sent } = rig();
      expect(await run(request)).toMatchObject({ kind: 'nothing' });
      expect(sent).toEqual([]);
    },
  );
});
