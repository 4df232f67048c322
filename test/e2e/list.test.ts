import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

const renewal = 'Spring renewal reminder';
const clinic = 'Clinic appointment check';

let world: World;
beforeEach(async () => {
  world = await startWorld({ dialer: { speed: 0 } });
});
afterEach(() => world.close());

const idOf = (name: string): string => taskNamed(world.dialer, name).uuid;
const isOn = (name: string): boolean => taskNamed(world.dialer, name).started;
const hasTable = (message: { blocks?: unknown }): boolean => JSON.stringify(message.blocks).includes('"data_table"');

/** The list as Alice sees it, with everything in one table. */
async function shownList(words = 'list') {
  await world.app.pollNow();
  await world.alice.command(`/dial ${words}`);
  return world.alice.expectEphemeral(/Tasks/);
}

/** The button of a row. */
const rowButton = (list: Awaited<ReturnType<typeof shownList>>, verb: string, task: string): string =>
  list.buttons().find(({ actionId, value }) => actionId.startsWith(`list_row:${verb}:`) && value.includes(idOf(task)))
    ?.actionId ?? 'no such button';

describe('the list as a table', () => {
  test('pauses a task beside its row at once, and shows the list as it is then', async () => {
    const list = await shownList();
    expect(hasTable(list.message())).toBe(true);
    expect(list.text()).toMatch(/Page 1 of 1/);
    await list.press(rowButton(list, 'pause', renewal));
    await list.expectText(/Spring renewal reminder\*? is paused/);
    expect(isOn(renewal)).toBe(false);
    expect(rowButton(list, 'start', renewal)).toMatch(/^list_row:start:/);
    expect(hasTable(list.message())).toBe(true);
  });

  test('asks before it starts a task beside its row, because Pause was in the same place', async () => {
    const { alice, dialer } = world;
    const list = await shownList();
    await list.press(rowButton(list, 'start', clinic));
    const question = await alice.expectEphemeral(/Start \*?Clinic appointment check/);
    expect([isOn(clinic), dialer.effects('start')]).toEqual([false, 0]);
    await question.press('task_start_anyway');
    await eventually(() => isOn(clinic));
    expect(list.text()).toMatch(/Tasks/);
  });

  test('is filtered, sorted and reversed by its controls, each keeping what the others ask for', async () => {
    const list = await shownList('list 暂停 a');
    expect(list.text()).toMatch(/Paused.*matching/s);
    await list.press('list_filter:by', { choose: 'running' });
    await list.expectText(/Tasks\* · Running · matching “a”/);
    await list.press('list_sort:by', { choose: 'left' });
    await list.expectText(/Running · matching “a” · Numbers left/);
    await list.press('list_sort:reverse');
    await list.expectText(/Numbers left · reversed/);
    await list.press('list_filter:by', { choose: 'all' });
    await list.expectText(/Tasks\* · matching “a” · Numbers left · reversed/);
    await list.press('list_filter:mine');
    await list.expectText(/No tasks match/);
    await list.press('list_filter:mine');
    await list.expectText((message) => hasTable(message));
  });

  test('of my own tasks has those that I run', async () => {
    const { alice, limei } = world;
    await world.app.pollNow();
    await alice.command('/dial start Clinic');
    await eventually(() => isOn(clinic));
    await limei.command('/dial 列表 我的');
    await limei.expectEphemeral(/没有符合条件的任务/);
    const list = await shownList('list mine running');
    expect(list.text()).toMatch(/Mine · Running · 1/);
    expect(list.text()).toContain(clinic);
    expect(list.text()).not.toContain(renewal);
  });
});

describe('a workspace that refuses tables', () => {
  test('gets the list without one, once and from then on, and loses no request', async () => {
    const { alice, slack, logLines } = world;
    slack.faults.next('response_url', { kind: 'error', error: 'invalid_blocks' });
    const list = await shownList();
    expect(hasTable(list.message())).toBe(false);
    expect(list.buttons().map(({ actionId }) => actionId)).toContain('task_show');
    const calls = () => slack.traffic.exchanges('response_url').length;
    expect(calls()).toBe(2);
    await list.press('list_page:next');
    await list.expectText(/Page 2 of 2/);
    expect(calls()).toBe(3);
    expect(logLines.filter((line) => line.includes('refused a newer kind of block'))).toHaveLength(1);
    await alice.command('/dial 列表');
    await alice.expectEphemeral((message) => !hasTable(message) && JSON.stringify(message.blocks).includes('row:1'));
  });

  test('in direct messages too, where it is refused by the Web API', async () => {
    const { alice, slack, app } = world;
    await app.pollNow();
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 2);
    await alice.with(slack.botUserId).say('list');
    await eventually(() =>
      slack.traffic
        .exchanges('chat.postMessage')
        .some(({ sent }) => JSON.stringify(sent).includes('row:1') && !JSON.stringify(sent).includes('data_table')),
    );
  });
});

describe('several tasks of the list', () => {
  async function selection(words = 'list') {
    const list = await shownList(words);
    await list.press('tasks_select');
    return world.alice.expectModal('tasks_select');
  }

  test('are paused together without a question', async () => {
    const { alice, dialer } = world;
    const on = dialer.tasks.filter(({ started }) => started).map(({ name }) => name);
    expect(on.length).toBeGreaterThan(1);
    const form = await selection('list running');
    await form.press('tasks_select_all');
    await form.expectText(/Select none/);
    await form.press('tasks_selected_pause');
    const result = await alice.expectModal(/Paused/);
    await result.expectText(/tasks are paused/);
    expect(on.filter(isOn)).toEqual([]);
  });

  test('are started together after one question that names them and their numbers', async () => {
    const { alice, dialer } = world;
    const form = await selection('list paused');
    await form.submit();
    await form.expectError('selected_tasks:none:0', /Select at least one/);
    await form.press('tasks_select_all');
    await form.expectText(/Select none/);
    await form.submit();
    const question = await alice.expectModal(/Select tasks/);
    await question.expectText(/Start \d+ tasks?\?.*Calls will go out to/s);
    expect([isOn(clinic), dialer.effects('start')]).toEqual([false, 0]);
    await question.press('start_many');
    await eventually(() => isOn(clinic));
  });

  test('are not started by a question from before an emergency stop', async () => {
    const { alice, limei, dialer } = world;
    const form = await selection('list paused Clinic');
    await form.press('tasks_select_all');
    await form.expectText(/Select none/);
    await form.submit();
    const question = await alice.expectModal(/Select tasks/);
    await question.expectText(/Start 1 task\?/);
    await limei.command('/dial 急停');
    await eventually(() => !isOn(renewal));
    await question.press('start_many');
    await question.expectText(/stopped/i);
    expect([isOn(clinic), dialer.effects('start')]).toEqual([false, 0]);
  });
});
