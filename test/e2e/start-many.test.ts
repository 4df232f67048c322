import { afterEach, describe, expect, test } from '@jest/globals';
import { seededLineIds } from '../../sandbox/dialer/seed-ids.ts';
import type { SeededTask } from '../../sandbox/dialer/seed-tasks.ts';
import { campaign } from '../support/alert-world.ts';
import { eventually } from '../support/eventually.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

const patience = { timeoutMs: 20_000 };
const names = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon'];

let world: World;
afterEach(() => world.close());

const namesOn = (): string[] =>
  world.dialer.tasks
    .filter(({ started }) => started)
    .map(({ name }) => name)
    .sort();
const starts = (): number => world.dialer.effects('start');

async function begin(
  change: (name: string, index: number) => Partial<SeededTask> = () => ({}),
  startAskAbove = 1_000_000,
): Promise<void> {
  const tasks = names.map((name, index) =>
    campaign({ name, numbers: 100, maximumCall: 1, daysOld: 5 - index, ...change(name, index) }),
  );
  world = await startWorld({ dialer: { account: 'fresh', speed: 0, tasks }, config: { startAskAbove } });
  await world.app.pollNow();
}

describe('several tasks are started after one question', () => {
  test('which says how many tasks and how many numbers, and is answered by one press', async () => {
    await begin();
    const { alice } = world;
    await alice.command('/dial list');
    await alice.expectEphemeral('5 tasks', patience);
    await alice.command('/dial start 1-5');
    const question = await alice.expectEphemeral('Start 5 tasks? Calls will go out to 500 numbers.', patience);
    expect(starts()).toBe(0);
    expect(question.buttons()).toMatchObject([{ actionId: 'start_many', text: 'Start 5 tasks, call 500 numbers' }]);
    await question.press('start_many');
    await question.expectText('5 tasks have started.', patience);
    expect([starts(), namesOn()]).toEqual([5, [...names].sort()]);
  }, 60_000);

  test('in Chinese, of a line or a name, and only those that are off with numbers left', async () => {
    await begin((name, index) => ({
      lineId: index < 3 ? seededLineIds.shanghai : seededLineIds.hangzhou,
      ...(name === 'Beta' && { started: true }),
    }));
    const { limei } = world;
    await limei.command('/dial 启动 线路 上海');
    const question = await limei.expectEphemeral('确定启动 2 个任务？启动后将呼叫 200 个号码。', patience);
    expect(question.text()).not.toContain('Beta');
    await question.press('start_many');
    await question.expectText('已启动 2 个任务。', patience);
    expect(namesOn()).toEqual(['Alpha', 'Beta', 'Gamma']);
    await limei.command('/dial 启动 名称 alph');
    await limei.expectEphemeral('没有已暂停且有待拨号码的任务', patience);
  }, 60_000);

  test('a finding is said with its task, what cannot be started is left out with its way on, and the sum asks again', async () => {
    await begin((name) => ({
      ...(name === 'Alpha' && { ruleId: 118 }),
      ...(name === 'Beta' && { numbers: 0 }),
      ...(name === 'Gamma' && { scriptId: 390 }),
    }));
    const { alice, dialer } = world;
    await alice.command('/dial start Alpha Beta Gamma');
    const question = await alice.expectEphemeral('Start 2 tasks?', patience);
    expect(question.text()).toMatch(/Gamma.*debug mode/s);
    expect(question.text()).toMatch(/Beta\*\n⛔ This task has no numbers to call/);
    // By the press there are more than was agreed to, and another finding.
    const { uuid } = taskNamed(dialer, 'Alpha');
    await alice.command('/dial import Alpha');
    const form = await alice.expectModal('task_import', patience);
    await form.fill({ numbers: Array.from({ length: 5 }, (_, at) => `1390013800${at}`).join('\n') }).submit();
    const preview = await alice.expectModal('task_import_send', patience);
    await preview.submit();
    await (await alice.expectModal('Import result', patience)).close({ all: true });
    expect(uuid).not.toBe('');
    dialer.adjust({ what: 'rule', id: 118, enabled: false });
    await question.press('start_many');
    await question.expectText(/1 task could not be started.*Alpha.*The redial rule .* is turned off/s, patience);
    expect(namesOn()).toEqual(['Gamma']);
  }, 60_000);

  test('more numbers than a start may have without a question are asked about once, with the sum', async () => {
    await begin(() => ({}), 50);
    const { alice } = world;
    await alice.command('/dial start Alpha Beta');
    const question = await alice.expectEphemeral('Start 2 tasks? Calls will go out to 200 numbers.', patience);
    await question.press('start_many');
    await question.expectText('2 tasks have started.', patience);
    expect(starts()).toBe(2);
  }, 60_000);

  test('each failure is named with its reason and its way on; the others are on', async () => {
    await begin();
    const { alice, dialer } = world;
    await alice.command('/dial start Alpha Beta Gamma');
    const question = await alice.expectEphemeral('Start 3 tasks?', patience);
    dialer.faults.add({ route: 'start', kind: 'status', status: 400, times: 1 });
    await question.press('start_many');
    await question.expectText(/1 task could not be started\. 2 tasks have started\./, patience);
    expect(namesOn()).toHaveLength(2);
    await question.press('task_start');
    await eventually(() => namesOn().length === 3, patience.timeoutMs);
  }, 60_000);

  test('pressed twice, and by two people at once: each task is started once', async () => {
    await begin();
    const { alice, limei } = world;
    await alice.command('/dial start Alpha Beta');
    const first = await alice.expectEphemeral('Start 2 tasks?', patience);
    await limei.command('/dial 启动 Alpha Beta');
    const second = await limei.expectEphemeral('确定启动 2 个任务', patience);
    await Promise.all([first.press('start_many'), first.press('start_many'), second.press('start_many')]);
    await first.expectText(/started|on already/, patience);
    await second.expectText(/已启动|已在运行/, patience);
    expect([starts(), namesOn()]).toEqual([2, ['Alpha', 'Beta']]);
  }, 60_000);

  test('an emergency stop since the question bars it, and is said once', async () => {
    await begin();
    const { alice } = world;
    await alice.command('/dial start Alpha Beta');
    const question = await alice.expectEphemeral('Start 2 tasks?', patience);
    await alice.command('/dial panic');
    await alice.expectEphemeral('All calling is stopped', patience);
    await question.press('start_many');
    await question.expectText('All calling is stopped, so nothing is started', patience);
    expect(question.buttons()).toMatchObject([{ actionId: 'stop_ask_resume' }]);
    expect(starts()).toBe(0);
    await alice.command('/dial start Alpha Beta');
    await alice.expectEphemeral('All calling is stopped, so nothing is started', patience);
    expect(starts()).toBe(0);
  }, 60_000);
});
