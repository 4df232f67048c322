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
}, 60_000);

test('a task is started and paused by the clock of the platform', async () => {
  const { dialer } = demo;
  const task = () => dialer.tasks.find(({ name }) => name === 'Clinic appointment check');
  await pull('schedule');
  await demo.slack.as('bob').expectMessage('outbound-calls', 'Clinic appointment check', { timeoutMs: 30_000 });
  await eventually(() => demo.slack.workspace.stack('U0LIMEI001').length === 0, 30_000);
  dialer.clock.advance(10 * 60_000);
  await eventually(() => task()?.started, 30_000);
  dialer.clock.advance(20 * 60_000);
  await eventually(() => task()?.started === false, 30_000);
}, 120_000);
