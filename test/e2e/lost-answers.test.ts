import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RouteName } from '../../sandbox/dialer/routes.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ clock: createHurriedClock(5, 500) });
});
afterEach(() => world.close());

const lose = (route: RouteName): void => {
  world.dialer.faults.add({ kind: 'drop', route, effect: true, times: 1 });
};

const fillNew = async (name: string) => {
  await world.alice.command(`/dial new ${name}`);
  const form = await world.alice.expectModal('task_create');
  return form.fill({
    script: 'Renewal reminder v3',
    line: 'Beijing Outbound A',
    quiet_hours: '午休时间',
    redial_rule: '默认',
  });
};

describe('the answer is lost after the effect', () => {
  test('create: found again, created once', async () => {
    lose('create');
    const form = await fillNew('Lost answer');
    await form.submit();
    const created = await world.alice.expectModal('Task created', { timeoutMs: 15_000 });
    expect(created.text()).toContain('Lost answer');
    expect(world.dialer.effects('create')).toBe(1);
    expect(world.dialer.requests.filter((request) => request.route === 'create')).toHaveLength(1);
    await world.alice.expectCard(channel, 'Lost answer');
  });

  test('start: the person sees that it runs', async () => {
    const { uuid } = taskNamed(world.dialer, 'Clinic appointment check');
    lose('start');
    await world.alice.command('/dial start Clinic');
    await world.alice.expectEphemeral(/Clinic.*has started/, { timeoutMs: 15_000 });
    expect(world.dialer.effects('start', uuid)).toBe(1);
    expect(world.dialer.requests.filter((request) => request.route === 'start')).toHaveLength(1);
  });

  test('stop: the person sees that it is paused', async () => {
    const { uuid } = taskNamed(world.dialer, 'Spring renewal reminder');
    lose('stop');
    await world.alice.command('/dial pause Spring');
    await world.alice.expectEphemeral(/Spring.*is paused/, { timeoutMs: 15_000 });
    expect(world.dialer.effects('stop', uuid)).toBe(1);
    expect(world.dialer.requests.filter((request) => request.route === 'stop')).toHaveLength(1);
  });

  test('destroy: the person sees that it is gone', async () => {
    const { uuid } = taskNamed(world.dialer, 'Clinic appointment check');
    lose('destroy');
    await world.alice.command('/dial delete Clinic');
    const form = await world.alice.expectModal('task_delete');
    await form.fill({ confirm_name: 'Clinic appointment check' }).submit();
    await world.alice.expectModal('Task deleted', { timeoutMs: 15_000 });
    expect(world.dialer.effects('destroy', uuid)).toBe(1);
    expect(world.dialer.requests.filter((request) => request.route === 'destroy')).toHaveLength(1);
  });
});

describe('nothing says what happened', () => {
  test('create: the outcome is called unknown, and checking settles it without sending again', async () => {
    const form = await fillNew('Twilight');
    lose('create');
    world.dialer.faults.add({ kind: 'status', route: 'list', status: 503, body: 'html' });
    await form.submit();
    const unknown = await world.alice.expectModal('Outcome unknown', { timeoutMs: 60_000 });
    world.dialer.faults.clear();
    await unknown.press('outcome_check');
    await world.alice.expectModal('Task created', { timeoutMs: 15_000 });
    expect(world.dialer.effects('create')).toBe(1);
  });

  test('create: an answer that never was, and a list that shows no task, bring the filled form back', async () => {
    const form = await fillNew('Never was');
    world.dialer.faults.add({ kind: 'drop', route: 'create', effect: false, times: 1 });
    await form.submit();
    const unknown = await world.alice.expectModal('Outcome unknown', { timeoutMs: 60_000 });
    await unknown.press('outcome_check');
    const again = await world.alice.expectModal('task_create', { timeoutMs: 15_000 });
    expect(again.value('name')).toBe('Never was');
    await again.submit();
    await world.alice.expectModal('Task created', { timeoutMs: 15_000 });
    expect(world.dialer.effects('create')).toBe(1);
  });
});

describe('refusals', () => {
  test('the platform’s sentence stands above the filled form', async () => {
    const form = await fillNew('Refused');
    world.dialer.faults.add({
      kind: 'status',
      route: 'create',
      status: 422,
      body: 'json',
      message: '线路余额不足',
      times: 1,
    });
    await form.submit();
    const again = await world.alice.expectModal('task_create', { timeoutMs: 15_000 });
    await again.expectText('线路余额不足');
    expect(again.value('name')).toBe('Refused');
    expect(world.dialer.effects('create')).toBe(0);
    await again.submit();
    await world.alice.expectModal('Task created', { timeoutMs: 15_000 });
    expect(world.dialer.effects('create')).toBe(1);
  });

  test('a form that is submitted twice creates one task', async () => {
    const form = await fillNew('Double click');
    world.dialer.faults.add({ kind: 'delay', route: 'create', ms: 500, times: 1 });
    await Promise.all([form.submit(), form.submit()]);
    await world.alice.expectModal('Task created', { timeoutMs: 15_000 });
    expect(world.dialer.effects('create')).toBe(1);
  });

  test('a payload that Slack delivers twice takes effect once', async () => {
    world.slack.faults.sendTwice('*', 50);
    const form = await fillNew('Twice');
    await form.submit();
    await world.alice.expectModal('Task created', { timeoutMs: 15_000 });
    await world.alice.command('/dial start Clinic');
    await world.alice.expectEphemeral(/Clinic.*has started/);
    expect(world.dialer.effects('create')).toBe(1);
    expect(world.dialer.effects('start')).toBe(1);
  });
});
