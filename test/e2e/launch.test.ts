import { afterEach, describe, expect, test } from '@jest/globals';
import type { Modal } from '../../sandbox/slack/client/modal.ts';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import { eventually } from '../support/eventually.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { channel, startWorld, taskNamed, type World, type WorldOptions } from '../support/world.ts';

const patience = { timeoutMs: 15_000 };
const name = 'Autumn check-in';

let world: World;
afterEach(() => world.close());

const start = async (options: WorldOptions = {}): Promise<World> => {
  world = await startWorld({
    ...options,
    config: { startAskAbove: 20, ...options.config, dialer: { importBatch: 10, ...options.config?.dialer } },
  });
  return world;
};

/** What waits for a platform that does not answer waits less. */
const hurried = { clock: createHurriedClock(5, 500) };

const list = (count: number): string =>
  Array.from({ length: count }, (_, index) => String(13_900_000_000 + index)).join('\n');

const filled = {
  script: 'Appointment confirmation',
  line: 'Overseas Demo Trunk',
  concurrency: '2',
  quiet_hours: '不限时段',
  redial_rule: '默认',
};

/** The form, filled in with everything. */
async function form(who: PersonClient, numbers: object): Promise<Modal> {
  await who.command('/dial new');
  const modal = await who.expectModal('task_create', patience);
  return modal.fill({ name, ...filled, ...numbers });
}

async function previewed(who: PersonClient, numbers: object): Promise<Modal> {
  await (await form(who, numbers)).submit();
  return who.expectModal('task_import_send', patience);
}

const named = () => world.dialer.tasks.filter((task) => task.name === name);
const id = () => taskNamed(world.dialer, name).uuid;

describe('a task, its numbers and its start in one go', () => {
  test('from pasted numbers, however often the last button is pressed; one message tells all three', async () => {
    const { alice, dialer } = await start();
    const preview = await previewed(alice, { numbers: `${list(15)}\n12345` });
    expect(preview.text()).toContain('16 rows read');
    expect(preview.text()).toContain('Ready to start: no problems were found.');
    expect(named()).toEqual([]);
    await Promise.allSettled([preview.press('import_order'), preview.press('import_order')]);
    const result = await alice.expectModal('Import result', patience);
    expect(result.text()).toContain(`*${name}* was created.`);
    expect(result.text()).toContain('15 numbers imported');
    expect(result.text()).toContain(`*${name}* has started.`);
    expect(named()).toHaveLength(1);
    expect(dialer.numbers(id())).toHaveLength(15);
    expect(dialer.effects('start', id())).toBe(1);
    await (await alice.expectCard(channel, name)).expectText('Dialing');
  }, 60_000);

  test('from a file, without the start, in Chinese', async () => {
    const { limei, dialer } = await start();
    const file = { name: '名单.csv', content: `手机号\n${list(12)}` };
    const preview = await previewed(limei, { file });
    expect(preview.text()).toContain('创建、导入并启动');
    await preview.submit();
    const result = await limei.expectModal('导入结果', patience);
    expect(result.text()).toContain('已创建');
    expect(dialer.numbers(id())).toHaveLength(12);
    expect(dialer.effects('start', id())).toBe(0);
    await result.press('task_start');
    await eventually(() => dialer.effects('start', id()) === 1);
  }, 60_000);

  test('many calls are confirmed at the press, and not asked about again', async () => {
    const { alice, dialer } = await start();
    const preview = await previewed(alice, { numbers: list(30) });
    await preview.press('import_order', { confirm: true });
    const result = await alice.expectModal('Import result', patience);
    expect(result.text()).toContain(`*${name}* has started.`);
    expect(dialer.effects('start', id())).toBe(1);
  }, 60_000);

  test('while all calling is stopped it can be created with its numbers, and is not started', async () => {
    const { alice, dialer } = await start();
    await alice.command('/dial panic');
    await alice.expectEphemeral(/stopped/i, patience);
    const preview = await previewed(alice, { numbers: list(3) });
    expect(preview.text()).toContain('The task cannot be started now.');
    expect(JSON.stringify(preview.view())).not.toContain('"import_order"');
    await preview.submit();
    await alice.expectModal('Import result', patience);
    expect(dialer.numbers(id())).toHaveLength(3);
    expect(dialer.effects('start', id())).toBe(0);
  }, 60_000);
});

test('a file that someone shared in the channel goes into a new task', async () => {
  const { alice, limei, dialer } = await start();
  await limei.say('名单', { files: [{ name: 'list.csv', content: `手机号\n${list(5)}` }] });
  await (await alice.expectMessage(channel, '名单')).shortcut('import_file');
  await (await alice.expectModal('task_import', patience)).press('form_open');
  const modal = await alice.expectModal('task_create', patience);
  expect(modal.text()).toContain('list.csv');
  await modal.fill({ name, ...filled }).submit();
  await (await alice.expectModal('task_import_send', patience)).press('import_order');
  const result = await alice.expectModal('Import result', patience);
  expect(result.text()).toContain(`*${name}* has started.`);
  expect(dialer.numbers(id())).toHaveLength(5);
}, 60_000);

describe('each step may fail', () => {
  test('the list cannot be read: the form comes back as it was', async () => {
    const { alice } = await start();
    const modal = await form(alice, { file: { name: 'list.csv', content: '\u0000\u0001\u0002PK' } });
    await modal.submit();
    const again = await alice.expectModal('task_create', patience);
    expect(again.value('name')).toBe(name);
    expect(named()).toEqual([]);
  }, 60_000);

  test('the platform refuses the task: the form comes back with its numbers, and nothing was imported', async () => {
    const { alice, dialer } = await start();
    const preview = await previewed(alice, { numbers: list(3) });
    dialer.faults.add({ route: 'create', kind: 'envelope', code: 400, message: '任务名称重复', times: 1 });
    await preview.press('import_order');
    const again = await alice.expectModal('task_create', patience);
    expect(again.text()).toContain('任务名称重复');
    expect(again.value('name')).toBe(name);
    expect(again.value('numbers')).toBe(list(3));
    expect(named()).toEqual([]);
    await again.submit();
    await (await alice.expectModal('task_import_send', patience)).press('import_order');
    await alice.expectModal('Import result', patience);
    expect(named()).toHaveLength(1);
    expect(dialer.numbers(id())).toHaveLength(3);
  }, 60_000);

  test('the response of the creation is lost and the task is not listed yet: the rest follows once it is known', async () => {
    const { alice, dialer, app } = await start({ ...hurried, config: { dialer: { timeoutMs: 500 } } });
    const preview = await previewed(alice, { numbers: list(3) });
    dialer.faults.add({ route: 'create', kind: 'drop', effect: true, times: 1 });
    dialer.faults.add({ route: 'list', kind: 'status', status: 503, forMs: 4_000 });
    await preview.press('import_order');
    const unknown = await alice.expectModal('Outcome unknown', { timeoutMs: 30_000 });
    expect(unknown.text()).toContain('Its numbers wait until then');
    expect(dialer.numbers(id())).toEqual([]);
    await eventually(async () => {
      await app.pollNow();
      return dialer.numbers(id()).length === 3 && dialer.effects('start', id()) === 1;
    }, 30_000);
    expect(named()).toHaveLength(1);
  }, 90_000);

  test('numbers are refused: the task stays, is not started, and the next steps are offered', async () => {
    const { alice, dialer } = await start(hurried);
    const preview = await previewed(alice, { numbers: list(15) });
    dialer.faults.add({ route: 'import', kind: 'status', status: 503, forMs: 60_000 });
    await preview.press('import_order');
    const result = await alice.expectModal(/Import/, { timeoutMs: 30_000 });
    await result.expectText('End import', { timeoutMs: 30_000 });
    expect(named()).toHaveLength(1);
    expect(dialer.effects('start', id())).toBe(0);
  }, 90_000);

  test('the start fails: task and numbers stay, and it says so', async () => {
    const { alice, dialer } = await start();
    const preview = await previewed(alice, { numbers: list(3) });
    dialer.faults.add({ route: 'start', kind: 'envelope', code: 400, message: '线路异常', times: 1 });
    await preview.press('import_order');
    const result = await alice.expectModal('Import result', patience);
    expect(result.text()).toContain('3 numbers imported');
    expect(result.text()).toContain('was not started');
    expect(result.text()).toContain('线路异常');
    expect(dialer.numbers(id())).toHaveLength(3);
    await result.press('task_start');
    await eventually(() => dialer.effects('start', id()) === 1);
  }, 60_000);
});

/** Opens the form until it shows that: what was just closed is kept behind the scenes. */
async function formShowing(who: PersonClient, text: string): Promise<Modal> {
  return eventually(async () => {
    await who.command('/dial new');
    const modal = await who.expectModal('task_create', patience);
    if (modal.text().includes(text)) return modal;
    await modal.close({ all: true });
    return false;
  });
}

describe('what is remembered', () => {
  const start = async (): Promise<World> => {
    world = await startWorld({ config: { startAskAbove: 20 } });
    return world;
  };

  test('the next form has the last choices, never the name or the numbers; what is gone is named', async () => {
    const { alice, dialer } = await start();
    await (await previewed(alice, { numbers: list(3) })).press('import_order');
    await (await alice.expectModal('Import result', patience)).close({ all: true });
    await alice.command('/dial new');
    const next = await alice.expectModal('task_create', patience);
    expect(next.value('name')).toBeFalsy();
    expect(next.value('numbers')).toBeFalsy();
    expect(next.value('concurrency')).toBe('2');
    // Automatic stays automatic.
    expect(next.value('pause_seconds')).toBeFalsy();
    expect(JSON.stringify(next.value('script'))).toContain('Appointment confirmation');
    expect(JSON.stringify(next.value('line'))).toContain('Overseas Demo Trunk');
    await next.close({ all: true });
    expect(dialer.tasks.length).toBeGreaterThan(0);
  }, 60_000);

  test('a form that is closed can be continued, or discarded; its numbers are not kept', async () => {
    const { alice } = await start();
    const modal = await form(alice, { numbers: list(3), remark: 'for the clinic' });
    await modal.apply();
    await modal.close({ all: true });
    const next = await formShowing(alice, `Your draft *${name}*`);
    expect(next.value('name')).toBeFalsy();
    await next.press('form_open');
    await eventually(() => next.value('name') === name);
    expect(next.value('remark')).toBe('for the clinic');
    expect(next.value('concurrency')).toBe('2');
    expect(next.value('numbers')).toBeFalsy();
    expect(next.text()).not.toContain('Your draft');
    await next.close({ all: true });
    const again = await formShowing(alice, `Your draft *${name}*`);
    await again.press('form_discard');
    await eventually(() => !again.text().includes('Your draft'));
    await again.close({ all: true });
    await alice.command('/dial new');
    expect((await alice.expectModal('task_create', patience)).text()).not.toContain('Your draft');
  }, 60_000);

  test('a task that was created leaves no draft behind', async () => {
    const { alice } = await start();
    await (await form(alice, {})).submit();
    await (await alice.expectModal('Task created', patience)).close({ all: true });
    await alice.command('/dial new');
    expect((await alice.expectModal('task_create', patience)).text()).not.toContain('Your draft');
  }, 60_000);
});
