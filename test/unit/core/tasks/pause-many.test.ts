import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import type { SubscriptionScope } from '../../../../src/core/model/subscription.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { createPauseMany } from '../../../../src/core/tasks/pause-many.ts';
import type { ActionResult } from '../../../../src/core/tasks/requests.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { sampleCard, sampleTask } from '../../../support/samples.ts';

const on = (id: string, change: Partial<Task> = {}): Task =>
  sampleTask({ id, name: `Task ${id}`, started: true, ...change });
const request = { person: 'U1', channel: 'C1' };
const all = { kind: 'all' } as const;

/**
 * `known`: by the last poll; `listed`: on the platform now, null when it cannot be read; `starting`: imports are just
 * starting these. `showsAfterMs`: so long after the answer the list shows the effect.
 */
function rig(
  known: readonly Task[],
  listed: readonly Task[] | null = known,
  starting: readonly string[] = [],
  showsAfterMs = 0,
) {
  const clock = createManualClock();
  const board = createBoard(clock);
  for (const task of known) board.put({ ...nextReading(null, task, clock.now()), runBy: `run-${task.id}` });
  const sent: { id: string; at: number }[] = [];
  const began = clock.elapsed();
  let underWay = 0;
  let most = 0;
  const answers = new Map<string, ActionResult[]>();
  const pauseMany = createPauseMany({
    board,
    clock,
    async list() {
      if (listed === null) throw new AppError('platform_timeout', 'no list');
      return listed;
    },
    async pause({ taskId, answered }) {
      sent.push({ id: taskId, at: clock.elapsed() - began });
      underWay += 1;
      most = Math.max(most, underWay);
      await clock.sleep(200);
      underWay -= 1;
      answered?.();
      if (showsAfterMs > 0) await clock.sleep(showsAfterMs);
      return (
        answers.get(taskId)?.shift() ?? { kind: 'done', card: sampleCard({ task: { id: taskId, started: false } }) }
      );
    },
    withdrawStarts: async (isMeant) => new Set(starting.filter(isMeant)),
    maxInFlight: 8,
    signal: new AbortController().signal,
  });
  return {
    sent,
    most: () => most,
    answer: (id: string, ...given: ActionResult[]) => answers.set(id, given),
    async pause(scope: SubscriptionScope = all) {
      const { paused, failed, isIncomplete } = await clock.until(pauseMany({ ...request, scope }));
      return { paused: paused.map(({ task }) => task.id).sort(), failed, isIncomplete };
    },
  };
}

const refused = (retryAfterMs?: number): ActionResult => ({
  kind: 'refused',
  error: new AppError('platform_rate_limited', 'slow down', {
    details: retryAfterMs === undefined ? {} : { retryAfterMs },
  }),
});

describe('a pause of many tasks', () => {
  test('stops all that are on, a few at a time, and leaves the others alone', async () => {
    const tasks = Array.from({ length: 30 }, (_, i) => on(`t${i}`, { started: i % 3 !== 0 }));
    const { pause, sent, most } = rig(tasks);
    const ids = tasks.filter(({ started }) => started).map(({ id }) => id);
    expect(await pause()).toEqual({ paused: [...ids].sort(), failed: [], isIncomplete: false });
    expect(sent.map(({ id }) => id)).toEqual(ids);
    expect(most()).toBe(8);
  });

  test('sends the next requests while the effects of earlier ones are looked for', async () => {
    const tasks = Array.from({ length: 24 }, (_, i) => on(`t${i}`));
    const { pause, sent, most } = rig(tasks, tasks, [], 5_000);
    expect((await pause()).paused).toHaveLength(24);
    expect([most(), Math.max(...sent.map(({ at }) => at))]).toEqual([8, 400]);
  });

  test.each<[string, SubscriptionScope, string[]]>([
    ['a line', { kind: 'line', lineId: 'east', name: 'East' }, ['b']],
    ['a part of the name', { kind: 'name', text: 'ask A' }, ['a']],
    ['who runs them', { kind: 'mine', person: 'run-c' }, ['c']],
  ])('by %s', async (_, scope, ids) => {
    const tasks = [on('a'), on('b', { line: { ...sampleTask().line, id: 'east' } }), on('c')];
    expect((await rig(tasks).pause(scope)).paused).toEqual(ids);
  });

  test('also what was switched on since the last poll; a task that both show is paused once', async () => {
    const { pause, sent } = rig([on('a'), on('b', { started: false })], [on('a'), on('b'), on('new')]);
    expect((await pause()).paused).toEqual(['a', 'b', 'new']);
    expect(sent.map(({ id }) => id)).toEqual(['a', 'b', 'new']);
  });

  test('also what an import is just starting, if it is meant', async () => {
    const off = [on('a', { started: false }), on('b', { started: false, name: 'Other' })];
    expect((await rig(off, off, ['a', 'b']).pause()).paused).toEqual(['a', 'b']);
    expect((await rig(off, null, ['a', 'b']).pause({ kind: 'name', text: 'Other' })).paused).toEqual(['b']);
  });

  test('what is known is paused although the list cannot be read, and that is said', async () => {
    expect(await rig([on('a')], null).pause()).toEqual({ paused: ['a'], failed: [], isIncomplete: true });
  });

  test('what failed is named with its reason, and keeps none of the others', async () => {
    const { pause, answer } = rig([on('a'), on('b'), on('c')]);
    const unknown = { kind: 'unknown', error: new AppError('platform_timeout', 'lost') } as const;
    answer('a', refused());
    answer('b', unknown);
    const { paused, failed } = await pause();
    expect(paused).toEqual(['c']);
    expect(failed.map(({ task, result }) => [task, result.kind])).toEqual([
      [{ id: 'a', name: 'Task a' }, 'refused'],
      [{ id: 'b', name: 'Task b' }, 'unknown'],
    ]);
  });

  test('one that was deleted meanwhile makes no calls; one that a list still shows, or none could, may', async () => {
    const gone = { kind: 'refused', error: new AppError('task_gone', 'gone') } as const;
    const notFound = { kind: 'refused', error: new AppError('platform_not_found', '404') } as const;
    const deleted = rig([on('a'), on('b'), on('c')], [on('c')]);
    deleted.answer('a', gone);
    deleted.answer('b', notFound);
    deleted.answer('c', notFound);
    const { paused, failed } = await deleted.pause();
    expect([paused, failed.map(({ task }) => task.id)]).toEqual([[], ['c']]);
    const unread = rig([on('b')], null);
    unread.answer('b', notFound);
    expect((await unread.pause()).failed).toHaveLength(1);
  });

  test('a platform that asks to wait is obeyed by all of them, and asked again', async () => {
    const { pause, answer, sent } = rig(Array.from({ length: 10 }, (_, i) => on(`t${i}`)));
    answer('t0', refused(5_000), refused(5_000));
    const { paused, failed } = await pause();
    expect([paused.length, failed]).toEqual([10, []]);
    // Eight left before the answer; from then on nothing for five seconds, twice.
    expect(sent.filter(({ at }) => at < 5_200)).toHaveLength(8);
    expect(sent.filter(({ id }) => id === 't0').map(({ at }) => at)).toEqual([0, 5_200, 10_400]);
  });

  test('one that is asked to wait again and again is given up', async () => {
    const { pause, answer, sent } = rig([on('a')]);
    answer('a', ...Array<ActionResult>(50).fill(refused(1_000)));
    expect((await pause()).failed).toMatchObject([{ task: { id: 'a' }, result: { kind: 'refused' } }]);
    expect(sent).toHaveLength(21);
  });
});
