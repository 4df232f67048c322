import { describe, expect, test } from '@jest/globals';
import { onlyListed } from '../../../../src/core/access/listed.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import type { Dialer } from '../../../../src/core/ports.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { sampleDraft, sampleTask } from '../../../support/samples.ts';

const listedTask = sampleTask({ id: 'listed-1' });

function rig(
  change: { list?: () => Promise<Task[]>; knows?: (id: string) => Promise<boolean>; board?: string[] } = {},
) {
  const sent: string[] = [];
  const clock = createManualClock();
  const done = (verb: string) => async (taskId: string) => {
    sent.push(`${verb} ${taskId}`);
    return { kind: 'done' as const, value: sampleTask({ id: taskId }) };
  };
  const list = change.list ?? (async () => [listedTask]);
  const platform: Dialer = {
    hasProgress: true,
    metadata: () => Promise.reject(new Error('unused')),
    async list() {
      sent.push('list');
      return list();
    },
    async progress(taskId) {
      sent.push(`progress ${taskId}`);
      return null;
    },
    create: async () => ({ kind: 'done', value: sampleTask({ id: 'made-1' }) }),
    update: done('update'),
    start: done('start'),
    pause: done('pause'),
    async remove(taskId) {
      sent.push(`remove ${taskId}`);
      return { kind: 'done', value: null };
    },
    async importNumbers(taskId) {
      sent.push(`import ${taskId}`);
      return { kind: 'done', value: { accepted: 0, totalAfter: null } };
    },
    findCreated: async () => sampleTask({ id: 'found-1' }),
  };
  const known = new Set(change.board ?? []);
  const dialer = onlyListed(platform, {
    board: { get: (id) => (known.has(id) ? ({} as never) : null) },
    store: { knowsTask: change.knows ?? (async () => false) },
    clock,
  });
  return { dialer, sent, clock };
}

const everyAct = (dialer: Dialer, id: string) => [
  dialer.update(id, sampleDraft()),
  dialer.start(id),
  dialer.pause(id),
  dialer.remove(id),
  dialer.importNumbers(id, [{ phone: '13800138000', name: null }]),
];

test.each(['..%2Fdestroy%2Flisted-1', '../listed-1', '', '.', 'listed-1 ', 'x'.repeat(65), 'ｌisted-1'])(
  'no request is made for %j, not even a list',
  async (id) => {
    const { dialer, sent } = rig({ board: [id], knows: async () => true });
    for (const outcome of await Promise.all(everyAct(dialer, id))) {
      expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'task_gone' } });
    }
    await expect(dialer.progress(id)).rejects.toMatchObject({ code: 'task_gone' });
    expect(sent).toEqual([]);
  },
);

test('an id of the right form that no list shows is refused', async () => {
  const { dialer, sent } = rig();
  expect(await dialer.pause('other-1')).toMatchObject({ kind: 'refused', error: { code: 'task_gone' } });
  expect(sent).toEqual(['list']);
});

describe('seen is', () => {
  test('a list read now, once', async () => {
    const { dialer, sent } = rig();
    await Promise.all([dialer.pause('listed-1')]);
    await dialer.start('listed-1');
    expect(sent).toEqual(['list', 'pause listed-1', 'start listed-1']);
  });

  test('what the board holds, without a list', async () => {
    const { dialer, sent } = rig({ board: ['known-1'] });
    await dialer.pause('known-1');
    expect(sent).toEqual(['pause known-1']);
  });

  test('what the store remembers, also while the platform cannot be read', async () => {
    const unreadable = () => Promise.reject(new AppError('platform_unreachable', 'no answer'));
    const { dialer, sent } = rig({ knows: async (id) => id === 'stored-1', list: unreadable });
    expect(await dialer.pause('stored-1')).toMatchObject({ kind: 'done' });
    expect(await dialer.pause('other-1')).toMatchObject({ kind: 'refused', error: { code: 'platform_unreachable' } });
    expect(sent).toEqual(['pause stored-1', 'list']);
  });

  test('what was made here, whatever the list says meanwhile', async () => {
    const { dialer, sent } = rig();
    await dialer.create(sampleDraft(), new Set());
    await dialer.findCreated(sampleDraft(), 0, new Set());
    await dialer.pause('made-1');
    await dialer.pause('found-1');
    expect(sent).toEqual(['pause made-1', 'pause found-1']);
  });

  test('a list read now, where the store does not answer at all', async () => {
    const { dialer, sent, clock } = rig({ knows: () => new Promise(() => undefined) });
    const pausing = dialer.pause('listed-1');
    await clock.advance(1_000);
    expect(await pausing).toMatchObject({ kind: 'done' });
    expect(sent).toEqual(['list', 'pause listed-1']);
  });

  test('a list read now, where the store fails', async () => {
    const { dialer } = rig({ knows: () => Promise.reject(new AppError('store_failed', 'frozen')) });
    expect(await dialer.pause('listed-1')).toMatchObject({ kind: 'done' });
  });
});
