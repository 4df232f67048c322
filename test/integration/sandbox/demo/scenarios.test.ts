import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type DemoWorld, startDemo } from '../../../../sandbox/demo/world.ts';
import { createLog } from '../../../../src/log.ts';
import { eventually } from '../../../support/eventually.ts';

let demo: DemoWorld;
beforeEach(async () => {
  demo = await startDemo({ port: 0, log: createLog('error', () => undefined), locale: 'zh-CN' });
});
afterEach(() => demo.close());

const pull = async (id: 'panic' | 'schedule'): Promise<void> => {
  const response = await fetch(`${demo.url}/control/page_control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: demo.url },
    body: JSON.stringify({ id, value: '' }),
  });
  expect(await response.json()).toMatchObject({ ok: true });
};
const label = () => demo.slack.snapshot('limei').pageControls.find(({ id }) => id === 'panic')?.label.zh;
const on = () => demo.dialer.tasks.filter(({ started }) => started).map(({ name }) => name);

test('the lead stops all calling, in Chinese, and resumes just that', async () => {
  const before = on();
  const [first] = [...demo.slack.workspace.users.values()].filter(({ isBot }) => !isBot);
  expect(first?.name).toBe('limei');
  await pull('panic');
  await eventually(() => on().length === 0);
  await demo.slack.as('bob').expectMessage('outbound-calls', '已急停全部外呼', { timeoutMs: 30_000 });
  await eventually(() => label() === '李梅恢复外呼');
  await pull('panic');
  await eventually(() => on().length === before.length, 30_000);
  expect(on()).toEqual(before);
  // The hours of a report are those of the page.
  const lead = demo.slack.as('limei').in('outbound-calls');
  await lead.command('/dial 报告');
  await lead.expectEphemeral(/(^|\D)9 点 \d/, { timeoutMs: 30_000 });
}, 90_000);

test('a task is started and paused by the clock of the platform, until its schedule is removed', async () => {
  const { dialer, slack } = demo;
  const bob = slack.as('bob');
  const task = () => dialer.tasks.find(({ name }) => name === 'Clinic appointment check');
  const next = () => slack.snapshot('bob').pageControls.find(({ id }) => id === 'schedule')?.label.en ?? '';
  dialer.setSpeed(0);
  await pull('schedule');
  // A second click while she fills in the form does nothing.
  await pull('schedule');
  await bob.expectMessage('outbound-calls', '的定时启动', { timeoutMs: 120_000 });
  expect(task()?.started).toBe(true);
  expect(dialer.clock.speed()).toBe(10);
  expect(next()).toMatch(/^Li Mei removes the schedule/);
  dialer.clock.advance(5 * 60_000);
  await bob.expectMessage('outbound-calls', '的定时暂停', { timeoutMs: 120_000 });
  expect(task()?.started).toBe(false);
  expect(slack.workspace.stack('U0LIMEI001')).toEqual([]);
  await pull('schedule');
  await eventually(() => /^A schedule: Li Mei has/.test(next()), 60_000);
  const lead = slack.as('limei').in('outbound-calls');
  await lead.expectEphemeral('的定时已删除', { timeoutMs: 60_000 });
}, 360_000);

test('a schedule that somebody has given the task meanwhile is replaced, and one that is gone need not be removed', async () => {
  const { slack } = demo;
  const lead = slack.as('limei').in('outbound-calls');
  const next = () => slack.snapshot('bob').pageControls.find(({ id }) => id === 'schedule')?.label.en ?? '';
  const task = 'Clinic appointment check';
  await lead.command(`/dial schedule ${task}`);
  const form = await lead.expectModal('schedule', { timeoutMs: 60_000 });
  form.fill({ schedule_days: 'every', schedule_times: '03:00–04:00' });
  await form.submit();
  await (await lead.expectModal('schedule_save', { timeoutMs: 60_000 })).submit();
  await (await (await lead.expectModal(/定时/)).expectText('已保存', { timeoutMs: 60_000 })).close({ all: true });
  await pull('schedule');
  await slack.as('bob').expectMessage('outbound-calls', '的定时启动', { timeoutMs: 120_000 });
  await lead.command(`/dial schedule ${task}`);
  const shown = await lead.expectEphemeral(/09:\d\d–09:\d\d/, { timeoutMs: 60_000 });
  expect(shown.text()).not.toContain('03:00');
  await shown.press('schedule_remove', { confirm: true });
  await lead.expectEphemeral('的定时已删除', { timeoutMs: 60_000 });
  await pull('schedule');
  await eventually(() => /^A schedule: Li Mei has/.test(next()), 60_000);
  expect(slack.workspace.stack('U0LIMEI001')).toEqual([]);
}, 360_000);
