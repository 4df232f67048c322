import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Modal } from '../../sandbox/slack/client/modal.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

const renewal = 'Spring renewal reminder';
const clinic = 'Clinic appointment check';
const beijing = 'Beijing Outbound A';

let world: World;
beforeEach(async () => {
  world = await startWorld({ dialer: { speed: 0 } });
});
afterEach(() => world.close());

const concurrencyOf = (name: string): number => taskNamed(world.dialer, name).maximumCall;

async function moveForm(): Promise<Modal> {
  const { alice } = world;
  await alice.command(`/dial lines ${beijing}`);
  const line = await alice.expectEphemeral(/14 of 20 free.*6 in use/s);
  await line.press('form_open');
  return alice.expectModal('line_move');
}

describe('the board of lines', () => {
  test('shows each line with what is free, who holds it and what expires soon', async () => {
    const { alice, limei, app } = world;
    await app.pollNow();
    await alice.command('/dial lines');
    const board = await alice.expectEphemeral(/Lines.*7/s);
    expect(board.text()).toMatch(/深圳-专线\(满\).*0 of 6 free.*6 in use/s);
    expect(board.text()).toMatch(/广州-活动专线.*expires soon/s);
    expect(board.text()).toMatch(/Spring renewal reminder 4 \(.+\).*Clinic appointment check 2 \(Paused\)/s);
    expect(board.text()).toMatch(/Overseas Demo Trunk/);

    await limei.command('/dial 线路 北京');
    await limei.expectEphemeral(/没有这个名称的线路/);
    await limei.command('/dial 线路 上海');
    await limei.expectEphemeral(/上海-客服中心.*空闲并发 9 \/ 16.*已用 7.*早教课程邀约/s);
  });

  test('its pages turn in place, and a button shows the tasks of one line', async () => {
    const { alice, app } = world;
    await app.pollNow();
    await alice.command('/dial lines');
    const board = await alice.expectEphemeral(/Page 1 of 1/);
    const shown = board.buttons().find(({ actionId }) => actionId === 'line_show');
    await board.press('line_show', { value: shown?.value ?? '' });
    await board.expectText(/All lines/);
    await board.press('lines_page:prev');
    await board.expectText(/Page 1 of 1/);
  });
});

describe('moving concurrency', () => {
  test('lowers one task, then raises the other, and says so', async () => {
    const { app, alice, dialer } = world;
    await app.pollNow();
    const form = await moveForm();
    await form.fill({ move_from: renewal, move_to: clinic, move_count: '3' }).submit();
    const result = await alice.expectModal(/Move concurrency/);
    await result.expectText(/was lowered from 4 to 1.*was raised from 2 to 5/s);
    expect([concurrencyOf(renewal), concurrencyOf(clinic)]).toEqual([1, 5]);
    expect(dialer.effects('update')).toBe(2);
  });

  test('says at its field what cannot be moved, and sends nothing', async () => {
    const { app, dialer } = world;
    await app.pollNow();
    const form = await moveForm();
    await form.fill({ move_from: renewal, move_to: clinic, move_count: '4' }).submit();
    await form.expectError('move_count', /At most 3/);
    await form.fill({ move_to: renewal, move_count: '1' }).submit();
    await form.expectError('move_to', /another task/);
    expect(dialer.effects('update')).toBe(0);
  });

  test('when the platform refuses the second step, says what was changed and what was not, and how to go on', async () => {
    const { app, alice, dialer } = world;
    await app.pollNow();
    const form = await moveForm();
    const taskId = taskNamed(dialer, clinic).uuid;
    dialer.faults.add({ route: 'update', taskId, kind: 'status', status: 422, body: 'json' });
    await form.fill({ move_from: renewal, move_to: clinic, move_count: '2' }).submit();
    const result = await alice.expectModal(/Move concurrency/);
    await result.expectText(/was lowered from 4 to 2.*Clinic appointment check.*not\* raised: it may still make 2/s);
    expect([concurrencyOf(renewal), concurrencyOf(clinic)]).toEqual([2, 2]);
    await result.press('form_open', { value: JSON.stringify({ form: 'edit', task: taskNamed(dialer, renewal).uuid }) });
    await alice.expectModal('task_edit');
  });
});
