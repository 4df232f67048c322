import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Modal } from '../../sandbox/slack/client/modal.ts';
import { eventually } from '../support/eventually.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ clock: createHurriedClock(5, 500), config: { dialer: { timeoutMs: 600 } } });
});
afterEach(() => world.close());

const clinic = 'Clinic appointment check';
const patience = { timeoutMs: 15_000 };

async function newForm(name: string): Promise<Modal> {
  await world.alice.command(`/dial new ${name}`);
  const form = await world.alice.expectModal('task_create');
  return form.fill({
    script: 'Renewal reminder v3',
    line: 'Beijing Outbound A',
    quiet_hours: '午休时间',
    redial_rule: '默认',
    remark: 'Typed with care',
  });
}

async function differenceOf(change: { [field: string]: string }): Promise<Modal> {
  await world.alice.command('/dial edit Clinic');
  const form = await world.alice.expectModal('task_edit');
  await form.fill(change).submit();
  return world.alice.expectModal('task_edit_save');
}

const slackRefusesUpdates = (): void =>
  world.slack.faults.next('views.update', { kind: 'error', error: 'internal_error' }, Number.POSITIVE_INFINITY);

describe('Slack does not take the result', () => {
  test('create: reported privately as created, and no form invites to create it again', async () => {
    const form = await newForm('Seen twice');
    await form.apply();
    slackRefusesUpdates();
    await form.submit();
    await world.alice.expectEphemeral(/Seen twice.*was created/, patience);
    expect(world.dialer.effects('create')).toBe(1);
  });

  test('a result that Slack is too busy for is shown a moment later', async () => {
    const form = await newForm('Rate limited');
    await form.apply();
    world.slack.faults.next('views.update', { kind: 'rate_limited', retryAfter: 1 });
    await form.submit();
    await world.alice.expectModal('Task created', patience);
  });

  test('save: reported privately as saved', async () => {
    const difference = await differenceOf({ remark: 'Changed once' });
    slackRefusesUpdates();
    await difference.submit();
    await world.alice.expectEphemeral(/changes to.*are saved/, patience);
  });

  test('delete: reported privately as deleted', async () => {
    await world.alice.command('/dial delete Clinic');
    const form = await world.alice.expectModal('task_delete');
    slackRefusesUpdates();
    await form.fill({ confirm_name: clinic }).submit();
    await world.alice.expectEphemeral(/has been deleted/, patience);
  });

  test('a modal that opens although the answer of views.open is lost does not keep its loading view', async () => {
    world.slack.faults.next('views.open', { kind: 'drop' });
    world.dialer.faults.add({ kind: 'delay', route: 'list', ms: 100 });
    await world.alice.command('/dial edit Clinic');
    await world.alice.expectModal('task_edit', patience);
  });
});

describe('the window was closed meanwhile', () => {
  test('a refused create says why, and brings the filled form back', async () => {
    const { alice, dialer } = world;
    const form = await newForm('Closed early');
    await form.apply();
    dialer.faults.add({ kind: 'delay', route: 'create', ms: 200, before: true, times: 1 });
    dialer.faults.add({ kind: 'status', route: 'create', status: 422, message: '线路余额不足', times: 1 });
    await form.submit();
    await form.close({ all: true });
    const answer = await alice.expectEphemeral('线路余额不足', patience);
    await answer.press('form_open');
    const again = await alice.expectModal('task_create');
    expect(again.value('name')).toBe('Closed early');
    expect(again.value('remark')).toBe('Typed with care');
    await again.submit();
    await alice.expectModal('Task created', patience);
    expect(dialer.effects('create')).toBe(1);
  });

  test('a refused save says why, and brings the filled form back', async () => {
    const { alice, dialer } = world;
    const difference = await differenceOf({ remark: 'Never lost' });
    dialer.faults.add({ kind: 'delay', route: 'update', ms: 200, before: true, times: 1 });
    dialer.faults.add({ kind: 'status', route: 'update', status: 422, message: '任务不能修改', times: 1 });
    await difference.submit();
    await difference.close({ all: true });
    const answer = await alice.expectEphemeral('任务不能修改', patience);
    await answer.press('form_open');
    const again = await alice.expectModal('task_edit');
    expect(again.value('remark')).toBe('Never lost');
  });

  test('an unknown delete is reported, and can be checked from the message', async () => {
    const { alice, dialer } = world;
    await alice.command('/dial delete Clinic');
    const form = await alice.expectModal('task_delete');
    dialer.faults.add({ kind: 'hang', route: 'destroy', effect: false, times: 1 });
    await form.fill({ confirm_name: clinic }).submit();
    await form.close({ all: true });
    const answer = await alice.expectEphemeral('It is not known yet whether the task was deleted', patience);
    await answer.press('outcome_check');
    await answer.expectText('was not deleted', patience);
    expect(dialer.effects('destroy')).toBe(0);
  });
});

describe('Check now shows what happened', () => {
  test('what never arrived is called neither saved nor created, and the forms come back filled', async () => {
    const { alice, limei, dialer } = world;
    await limei.command('/dial 新建 从未创建');
    const hers = await limei.expectModal('task_create');
    await hers
      .fill({ script: 'Renewal reminder v3', line: 'Beijing Outbound A', quiet_hours: '午休时间', redial_rule: '默认' })
      .apply();
    dialer.faults.add({ kind: 'hang', route: 'create', effect: false, times: 1 });
    await hers.submit();
    const difference = await differenceOf({ remark: 'Did it arrive?' });
    dialer.faults.add({ kind: 'hang', route: 'update', effect: false, times: 1 });
    await difference.submit();
    const unknown = await alice.expectModal('Outcome unknown', patience);
    await unknown.press('outcome_check');
    const again = await alice.expectModal('task_edit', patience);
    expect(again.text()).toContain('not saved');
    expect(again.value('remark')).toBe('Did it arrive?');
    await (await limei.expectModal('结果待确认', patience)).press('outcome_check');
    const back = await limei.expectModal('task_create', patience);
    expect(back.text()).toContain('未创建成功');
    expect(back.value('name')).toBe('从未创建');
    expect(dialer.effects('update') + dialer.effects('create')).toBe(0);
  });

  test('a save that did arrive is called saved', async () => {
    const { alice, dialer } = world;
    const difference = await differenceOf({ remark: 'It arrived' });
    dialer.faults.add({ kind: 'hang', route: 'update', effect: true, times: 1 });
    await difference.submit();
    await eventually(() => dialer.effects('update') > 0);
    dialer.faults.add({ kind: 'status', route: 'list', status: 503 });
    const unknown = await alice.expectModal('Outcome unknown', patience);
    dialer.faults.clear();
    await unknown.press('outcome_check');
    await alice.expectModal('Task saved', patience);
    expect(dialer.requests.filter(({ route }) => route === 'update')).toHaveLength(1);
  });

  test('a start and a pause that never arrived are unknown, then shown as they are', async () => {
    const { alice, limei, dialer } = world;
    await world.app.pollNow();
    dialer.faults.add({ kind: 'hang', route: 'start', effect: false, times: 1 });
    dialer.faults.add({ kind: 'hang', route: 'stop', effect: false, times: 1 });
    await Promise.all([alice.command('/dial start Clinic'), limei.command('/dial pause Spring')]);
    const [started, paused] = await Promise.all([
      alice.expectEphemeral('not known yet', patience),
      limei.expectEphemeral('暂时无法确认', patience),
    ]);
    await Promise.all([started.press('outcome_check'), paused.press('outcome_check')]);
    await started.expectText('was not started', patience);
    await paused.expectText('仍在运行', patience);
    expect(dialer.requests.filter(({ route }) => route === 'start' || route === 'stop')).toHaveLength(2);
  });
});

describe('no working view stays for ever', () => {
  test('an import whose platform is down comes back to its preview, and can be sent later', async () => {
    const { alice, dialer } = world;
    await alice.command('/dial import Clinic');
    const form = await alice.expectModal('task_import');
    await form.fill({ numbers: '13800138000\n13800138001' }).submit();
    const preview = await alice.expectModal('task_import_send');
    const fault = dialer.faults.add({ kind: 'status', route: 'list', status: 401, message: 'token expired' });
    await preview.submit();
    await preview.expectText('rejected the access token', patience);
    dialer.faults.clear(fault);
    const again = await alice.expectModal('task_import_send', patience);
    await again.submit();
    await alice.expectModal('Import result', patience);
    expect(dialer.effects('import')).toBe(1);
  });

  test('an import into a task deleted meanwhile says so, and forgets its numbers', async () => {
    const { alice, dialer } = world;
    await alice.command('/dial import Clinic');
    const form = await alice.expectModal('task_import');
    await form.fill({ numbers: '13800138000' }).submit();
    const preview = await alice.expectModal('task_import_send');
    dialer.rival(taskNamed(dialer, clinic).uuid, 'destroy');
    await preview.submit();
    await preview.expectText('no longer exists', patience);
    expect(dialer.effects('import')).toBe(0);
  });

  test('a task renamed after its delete form was opened is not deleted', async () => {
    const { alice, dialer } = world;
    await alice.command('/dial delete Clinic');
    const form = await alice.expectModal('task_delete');
    dialer.rival(taskNamed(dialer, clinic).uuid, { name: 'Another thing' });
    await form.fill({ confirm_name: clinic }).submit();
    await form.expectText('Someone else changed this task', patience);
    expect(dialer.effects('destroy')).toBe(0);
  });

  test('a start pressed in a modal says at once that it is being done', async () => {
    const { alice, dialer } = world;
    await (await newForm('From the modal')).submit();
    const created = await alice.expectModal('Task created');
    dialer.faults.add({ kind: 'delay', route: 'list', ms: 250, times: 1 });
    await created.press('task_start');
    await created.expectText('Starting', { timeoutMs: 1_000 });
    await created.expectText('no numbers to call', patience);
  });
});
