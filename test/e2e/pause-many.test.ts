import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ dialer: { speed: 0 } });
  await world.app.pollNow();
});
afterEach(() => world.close());

const namesOn = (): string[] => world.dialer.tasks.filter(({ started }) => started).map(({ name }) => name);
const allOff = (): Promise<unknown> => eventually(() => namesOn().length === 0);

describe('everything is paused at once', () => {
  test.each(['pause all', '暂停 全部', 'stop everything', 'pause all running', '暂停全部运行中的任务'])(
    'by %s, without a question, in one answer',
    async (words) => {
      const { alice } = world;
      const count = namesOn().length;
      expect(count).toBeGreaterThan(4);
      await alice.command(`/dial ${words}`);
      const answer = await alice.expectEphemeral(`${count} tasks are paused`);
      expect(namesOn()).toEqual([]);
      expect(answer.buttons()).toEqual([]);
      await alice.command('/dial pause all');
      await alice.expectEphemeral('none of them is on');
    },
  );

  test('by one press on the panel', async () => {
    const { limei } = world;
    await limei.command('/dial');
    await (await limei.expectEphemeral('外呼任务')).press('pause_all');
    await limei.expectEphemeral(/已暂停 \d+ 个任务/);
    expect(namesOn()).toEqual([]);
  });

  test('by the shortcut, from anywhere', async () => {
    await world.alice.shortcut('pause_all_calling');
    await allOff();
  });

  test('tasks that could not be paused are named, each with its button', async () => {
    const { alice, dialer } = world;
    const { uuid } = taskNamed(dialer, 'Spring renewal reminder');
    dialer.faults.add({ route: 'stop', kind: 'status', status: 400, times: 1 });
    await alice.command('/dial pause all');
    const answer = await alice.expectEphemeral('may still be calling');
    const left = dialer.tasks.filter(({ started }) => started);
    expect(left).toHaveLength(1);
    expect(answer.buttons().map(({ actionId }) => actionId)).toEqual(['task_pause']);
    await answer.press('task_pause');
    await allOff();
    expect(uuid).not.toBe('');
  });
});

describe('of a kind', () => {
  test('the tasks of a line, of a name, and those that a person runs', async () => {
    const { alice, dialer } = world;
    const line = taskNamed(dialer, 'Spring renewal reminder').lineId;
    const others = dialer.tasks.filter(({ started, lineId }) => started && lineId !== line).map((task) => task.name);
    await alice.command(`/dial pause line ${line}`);
    await alice.expectEphemeral(/paused/);
    expect(namesOn().sort()).toEqual([...others].sort());
    await alice.command('/dial pause name 双十一');
    await eventually(() => !taskNamed(dialer, '双十一会员回访').started);
    expect(namesOn()).toHaveLength(others.filter((other) => !other.includes('双十一')).length);
    await alice.command('/dial pause mine');
    await alice.expectEphemeral('none of them is on');
  });

  test('of several lines that are meant, each is a button', async () => {
    const { limei, dialer } = world;
    await limei.command('/dial 暂停 线路 线');
    const answer = await limei.expectEphemeral('杭州-智能外呼一线');
    const [first] = answer.buttons().filter(({ text }) => text.includes('杭州'));
    expect(first?.text).toBe('暂停 line 杭州-智能外呼一线');
    await answer.press(first?.actionId ?? '');
    await eventually(() => !taskNamed(dialer, '双十一会员回访').started);
  });

  test('a task that has just that name is meant, and no line that is not there', async () => {
    const { alice, dialer } = world;
    const [one] = dialer.tasks.filter(({ started }) => started);
    dialer.rival(one?.uuid ?? '', { name: 'all' });
    await world.app.pollNow();
    const count = namesOn().length;
    await alice.command('/dial pause all');
    await eventually(() => !taskNamed(dialer, 'all').started);
    expect(namesOn()).toHaveLength(count - 1);
    await alice.command('/dial pause line nowhere');
    await alice.expectEphemeral('No task matches');
    expect(namesOn()).toHaveLength(count - 1);
  });
});
