import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectPageControls, type PageControls } from '../../../../sandbox/demo/page-controls.ts';
import { createDialerSandbox, type DialerSandbox } from '../../../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';

let slack: SlackSandbox;
let dialer: DialerSandbox;
let controls: PageControls;
beforeEach(async () => {
  dialer = await createDialerSandbox({ speed: 0 });
  slack = await createSlackSandbox();
  controls = connectPageControls(slack, dialer);
});
afterEach(async () => {
  controls.close();
  await slack.close();
  await dialer.close();
});

/** Uses a control as the page does. */
const use = async (id: string, value = ''): Promise<void> => {
  const response = await fetch(`${slack.url}/control/page_control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: slack.url },
    body: JSON.stringify({ id, value }),
  });
  expect(await response.json()).toMatchObject({ ok: true });
};
const shown = (id: string) => slack.snapshot('alice').pageControls.find((control) => control.id === id);
const list = () => fetch(`${dialer.url}/v1/task`, { headers: { authorization: `Bearer ${dialer.token}` } });
const stop = (id: string) =>
  fetch(`${dialer.url}/v1/task/stop/${id}`, { headers: { authorization: `Bearer ${dialer.token}` } });
const answered = (request: Promise<Response>): Promise<boolean> =>
  request.then(
    () => true,
    () => false,
  );

describe('each control says what using it does now', () => {
  test('the speed of the clock', async () => {
    expect(shown('speed')?.label.en).toBe('Platform clock 09:20');
    await use('speed', '60');
    expect(dialer.clock.speed()).toBe(60);
    expect(shown('speed')?.value).toBe('60');
    await use('speed', '0');
    expect(dialer.clock.speed()).toBe(0);
    expect(shown('speed')?.value).toBe('0');
    await use('speed', 'nonsense');
    expect(shown('speed')?.value).toBe(String(dialer.clock.speed()));
  });

  test('a line dies and is repaired: that of the newest task with calls on it', async () => {
    const victim = dialer.tasks.findLast((task) => task.active > 0);
    await use('line_dies');
    expect(shown('line_dies')?.label.en).toBe(`Repair the line of “${victim?.name}”`);
    dialer.clock.advance(600_000);
    const dialed = () => dialer.tasks.find(({ uuid }) => uuid === victim?.uuid)?.done ?? 0;
    const stuck = dialed();
    dialer.clock.advance(600_000);
    expect(dialed()).toBe(stuck);
    await use('line_dies');
    expect(shown('line_dies')?.label).toEqual({ en: 'A line dies', zh: '线路故障' });
    dialer.clock.advance(600_000);
    expect(dialed()).toBeGreaterThan(stuck);
  });

  test('the platform goes down and comes back early', async () => {
    await use('platform_down');
    expect(await answered(list())).toBe(false);
    expect(shown('platform_down')?.label.en).toBe('Bring the platform back');
    await use('platform_down');
    expect(await answered(list())).toBe(true);
    expect(shown('platform_down')?.label.en).toBe('Platform down for a minute');
  });

  test('one answer is lost, whichever comes first, and the control takes it back', async () => {
    const [first, second] = dialer.tasks.filter(({ started }) => started);
    await use('answer_lost');
    await use('answer_lost');
    expect(await answered(stop(first?.uuid ?? ''))).toBe(true);
    await use('answer_lost');
    expect(await answered(stop(second?.uuid ?? ''))).toBe(false);
    expect(dialer.effects('stop', second?.uuid)).toBe(1);
    // The other routes were armed as well; the next refresh of the controls takes that back.
    await use('speed', '0');
    expect(shown('answer_lost')?.label.en).toMatch(/^Answer lost/);
    expect(dialer.faults.list()).toEqual([]);
  });
});
