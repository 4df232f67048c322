import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
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
const published = (): number => world.slack.traffic.exchanges('views.publish').length;

describe('the Home of a person', () => {
  test('shows what runs, the lines and where to go, in their language', async () => {
    const { alice, limei, app } = world;
    await app.pollNow();
    await alice.openHome();
    await alice.expectHome(/Nothing needs you right now.*Also on.*Spring renewal reminder.*Lines.*14 of 20 free/s);
    await limei.openHome();
    await limei.expectHome(/目前没有需要你处理的事项.*其他运行中的任务.*Spring renewal reminder.*线路/s);
  });

  test('is published once for what does not change, and anew when something has', async () => {
    const { alice, app, dialer } = world;
    await app.pollNow();
    await alice.openHome();
    await alice.expectHome(/Spring renewal reminder/);
    await alice.openHome();
    for (let poll = 0; poll < 3; poll += 1) await app.pollNow();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(published()).toBe(1);
    dialer.clock.advance(300_000);
    await app.pollNow();
    // At most every 15 s for one person.
    await eventually(() => published() === 2);
  });

  test('pauses a task at once, shows that, and says nothing besides', async () => {
    const { alice, app, dialer } = world;
    await app.pollNow();
    await alice.openHome();
    await alice.expectHome(/Spring renewal reminder/);
    await alice.pressHome('task_pause', { value: idOf(renewal) });
    await eventually(() => !taskNamed(dialer, renewal).started);
    await eventually(() => published() === 2);
    expect(alice.snapshot().views).toEqual([]);
    expect(JSON.stringify(world.slack.traffic.exchanges('chat.postMessage'))).not.toContain('paused');
  });

  test('starts a task of its person in a modal, which asks what a card would ask', async () => {
    const { alice, app, dialer } = world;
    await app.pollNow();
    await alice.command('/dial start Clinic');
    await alice.expectEphemeral('has started');
    await alice.openHome();
    await alice.expectHome(/Your tasks.*Clinic appointment check/s);
    await alice.pressHome('task_pause', { value: idOf(clinic) });
    await eventually(() => !taskNamed(dialer, clinic).started);
    await alice.expectHome(/Clinic appointment check.*Start/s);
    // It may have been meant for the button that was there a moment ago.
    await alice.pressHome('task_start', { value: idOf(clinic) });
    const modal = await alice.expectModal('Start task');
    await modal.expectText(/Start \*Clinic appointment check/);
    expect(taskNamed(dialer, clinic).started).toBe(false);
    await modal.press('task_start_anyway');
    await eventually(() => taskNamed(dialer, clinic).started);
  });

  test('answers its buttons in a modal, where the next answer takes the place of the last', async () => {
    const { alice, app } = world;
    await app.pollNow();
    await alice.openHome();
    await alice.expectHome(/Spring renewal reminder/);
    await alice.pressHome('panel_list');
    const modal = await alice.expectModal('Dialdeck');
    await modal.expectText(/Page 1 of 2/);
    await modal.press('list_page:next');
    await modal.expectText(/Page 2 of 2/);
    await modal.close();
    await alice.pressHome('panel_lines');
    await (await alice.expectModal('Dialdeck')).expectText(/Beijing Outbound A/);
  });

  test('shows what schedules do today, and has the buttons of those that wait for someone', async () => {
    const patience = { timeoutMs: 60_000 };
    await world.close();
    let offset = Date.parse('2026-11-27T08:30:00+08:00') - systemClock.now();
    const at = async (time: string): Promise<void> => {
      offset = Date.parse(`2026-11-27T${time}:00+08:00`) - systemClock.now();
      await world.app.keepTime();
    };
    world = await startWorld({ dialer: { speed: 0 }, clock: { now: () => systemClock.now() + offset } });
    const { alice, limei, app, dialer } = world;
    await app.pollNow();
    await alice.command(`/dial schedule ${clinic}`);
    const form = await alice.expectModal('schedule', patience);
    const times = '09:00–12:00, 13:30–18:00';
    form.fill({ schedule_days: 'every', schedule_times: times, schedule_missed: 'ask' });
    await form.submit();
    await (await alice.expectModal('schedule_save', patience)).submit();
    await eventually(() => JSON.stringify(alice.snapshot().views).includes('is saved'), patience.timeoutMs);
    await alice.openHome();
    await alice.expectHome(
      /Schedule for today.*Clinic appointment check.*09:00 – start.*12:00 – pause.*13:30 – start.*18:00 – pause/s,
      patience,
    );
    await alice.pressHome('panel_schedule');
    const all = await alice.expectModal('Dialdeck', patience);
    await all.expectText(/Schedules.*Clinic appointment check/s);
    await all.close();

    // A start that was missed: asked about on the Home of its owner.
    await at('09:20');
    await alice.openHome();
    await alice.expectHome(/Needs you.*missed the start of.*at 09:00\. Start it now\?.*Schedule for today/s, patience);
    await alice.pressHome('schedule_start_missed');
    const started = await alice.expectModal('Dialdeck', patience);
    await started.expectText(/Clinic appointment check.*has started/s);
    await started.close();
    expect(taskNamed(dialer, clinic).started).toBe(true);
    await alice.expectHome(/Nothing needs you right now/, patience);

    // A pause by someone else holds it.
    await limei.command(`/dial 暂停 ${clinic}`);
    await eventually(() => !taskNamed(dialer, clinic).started, patience.timeoutMs);
    await limei.expectEphemeral(/已暂停/, patience);
    await app.pollNow();
    await alice.openHome();
    await alice.expectHome(/Needs you.*Held, because.*paused the task/s, patience);
    await limei.openHome();
    await limei.expectHome(/今日定时.*暂停了任务，定时已搁置/s, patience);
    await alice.pressHome('schedule_resume');
    await (await alice.expectModal('Dialdeck', patience)).expectText(/The schedule goes on/);
    await alice.expectHome(/Nothing needs you right now.*12:00 – pause/s, patience);
  }, 180_000);

  test('leads to the settings of its person', async () => {
    const { alice, app } = world;
    await app.pollNow();
    await alice.openHome();
    await alice.expectHome(/Your settings/);
    await alice.pressHome('form_open');
    await alice.expectModal('notice_settings_save');
  });
});
