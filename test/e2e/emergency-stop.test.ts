import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { create } from '../support/sandbox/dialer-call.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

const patience = { timeoutMs: 60_000 };
const waiting = 'Autumn check-in';
const clinic = 'Clinic appointment check';
const loans = '贷后关怀(深圳)';
/** Of these two tasks alone, as the stand-in is seeded. */
const scripts = { clinic: 601, loans: 760 };

let world: World;
beforeEach(async () => {
  world = await startWorld({ dialer: { speed: 0 } });
  await create(world.dialer, { name: waiting });
  await world.app.pollNow();
});
afterEach(() => world.close());

const namesOn = (): string[] =>
  world.dialer.tasks
    .filter(({ started }) => started)
    .map(({ name }) => name)
    .sort();
const requests = (route: 'start' | 'stop') => world.dialer.requests.filter((request) => request.route === route);

/** Stops everything, and returns the names of what was on. */
async function stopped(words = 'panic'): Promise<string[]> {
  const before = namesOn();
  expect(before.length).toBeGreaterThan(4);
  await world.alice.command(`/dial ${words}`);
  await eventually(() => namesOn().length === 0);
  await world.alice.expectEphemeral('All calling is stopped', patience);
  return before;
}

/** Asks to resume, and confirms. */
async function resumed(): Promise<void> {
  await world.limei.command('/dial 恢复');
  await (await world.limei.expectEphemeral(/重新启动 \d+ 个任务？/, patience)).press('stop_resume');
  await world.limei.expectEphemeral('个任务重新运行', patience);
}

describe('while it is in force', () => {
  test('the panel and Home say so, with the button that leads to the end of it', async () => {
    const { alice, limei, app } = world;
    await limei.openHome();
    await limei.expectHome(/外呼任务/);
    await stopped();
    await app.pollNow();
    await limei.expectHome(/急停了全部外呼.*恢复之前不会启动任何任务/s, patience);
    await limei.pressHome('stop_ask_resume');
    await (await limei.expectModal('Dialdeck', patience)).expectText(/重新启动 \d+ 个任务？/);
    await alice.command('/dial');
    const panel = await alice.expectEphemeral('Nothing is started until someone resumes it', patience);
    expect(panel.text()).toContain('Alice Chen');
    await panel.press('stop_ask_resume');
    await (await alice.expectEphemeral(/Start \d+ tasks again\?/, patience)).press('stop_resume');
    await eventually(() => namesOn().length > 4, patience.timeoutMs);
    await alice.command('/dial');
    await alice.expectEphemeral((message) => message.text.startsWith('Calling tasks') && !message.text.includes('🛑'));
  }, 120_000);
});

describe('an emergency stop', () => {
  test.each(['panic', '急停', 'PANIC now please'])(
    'by %s pauses everything, and resuming starts just that',
    async (words) => {
      const { dialer } = world;
      const before = await stopped(words);
      const order = requests('stop').map(({ taskId }) => taskId);
      await resumed();
      expect(namesOn()).toEqual(before);
      expect(requests('start').map(({ taskId }) => taskId)).toEqual(order);
      for (const { uuid, name } of dialer.tasks) {
        expect([name, dialer.effects('start', uuid)]).toEqual([name, before.includes(name) ? 1 : 0]);
      }
    },
    60_000,
  );

  test('by the shortcut, from anywhere', async () => {
    await world.alice.shortcut('pause_all_calling');
    await world.alice.expectDm('All calling is stopped', patience);
    expect(namesOn()).toEqual([]);
    await world.alice.command(`/dial start ${clinic}`);
    await world.alice.expectEphemeral('All calling is stopped, so nothing is started', patience);
  });

  test('bars starts from a command, a card and a colleague until it is resumed', async () => {
    const { alice, limei, dialer } = world;
    await alice.command(`/dial watch ${clinic}`);
    const card = await alice.expectCard(channel, clinic);
    await stopped();
    await limei.command(`/dial 启动 ${clinic}`);
    const refused = await limei.expectEphemeral('全部外呼已急停', patience);
    await card.press('task_start');
    await alice.expectEphemeral('All calling is stopped, so nothing is started', patience);
    expect(requests('start')).toEqual([]);
    await refused.press('stop_ask_resume');
    await (await limei.expectEphemeral(/重新启动 \d+ 个任务？/, patience)).press('stop_resume');
    await limei.expectEphemeral('个任务重新运行', patience);
    await alice.command(`/dial start ${clinic}`);
    await eventually(() => taskNamed(dialer, clinic).started);
  }, 240_000);

  test('withdraws the start that an import was to be followed by, also one that is ordered meanwhile', async () => {
    const { alice, limei, dialer } = world;
    const { uuid } = taskNamed(dialer, waiting);
    await limei.say('名单', { files: [{ name: 'list.csv', content: '手机号\n13900000001\n13900000002\n' }] });
    await (await alice.expectMessage(channel, '名单')).shortcut('import_file');
    const form = await alice.expectModal('task_import', patience);
    await form.fill({ task: waiting }).submit();
    const preview = await alice.expectModal('task_import_send', patience);
    await stopped();
    await preview.press('import_order');
    const result = await alice.expectModal('Import result', patience);
    expect(result.text()).toContain('was not started');
    expect(dialer.numbers(uuid)).toHaveLength(2);
    expect(requests('start')).toEqual([]);
    await resumed();
    expect(dialer.effects('start', uuid)).toBe(0);
  }, 240_000);

  test('a confirmation that was on the screen before it is asked for again afterwards', async () => {
    const { alice, dialer } = world;
    dialer.adjust({ what: 'script', id: scripts.clinic, debug: true });
    await alice.command(`/dial start ${clinic}`);
    const question = await alice.expectEphemeral('debug mode', patience);
    await stopped();
    await resumed();
    await question.press('task_start_anyway');
    // Two changes: the stop was ordered, and it is over.
    const again = await alice.expectEphemeral(
      ({ blocks }) => JSON.stringify(blocks).includes(':2:script_debug"'),
      patience,
    );
    expect(dialer.effects('start', taskNamed(dialer, clinic).uuid)).toBe(0);
    await again.press('task_start_anyway');
    await eventually(() => taskNamed(dialer, clinic).started);
  }, 240_000);

  test('leaves paused what someone paused in the meantime, and what the preflight refuses', async () => {
    const { alice, limei, dialer } = world;
    const [paused = ''] = await stopped();
    await alice.command(`/dial pause ${paused}`);
    await alice.expectEphemeral('is paused', patience);
    dialer.adjust({ what: 'script', id: scripts.loans, deleted: true });
    await limei.command('/dial resume');
    await (await limei.expectEphemeral(/重新启动 \d+ 个任务？/, patience)).press('stop_resume');
    const result = await limei.expectEphemeral('个任务重新运行', patience);
    expect(namesOn()).not.toContain(paused);
    expect(namesOn()).not.toContain(loans);
    expect(result.text()).toContain(loans);
    expect(result.text()).toContain('目前无法启动');
  }, 240_000);

  test('pauses before it is resumed what could not be paused, and starts that as well', async () => {
    const { alice, dialer } = world;
    const before = namesOn();
    const { uuid } = taskNamed(dialer, loans);
    dialer.faults.add({ kind: 'status', status: 422, route: 'stop', taskId: uuid });
    await alice.command('/dial panic');
    await alice.expectEphemeral('1 task may still be calling', patience);
    expect(namesOn()).toEqual([loans]);
    dialer.faults.clear();
    await alice.command('/dial resume');
    const question = await alice.expectEphemeral(`Start ${before.length} tasks again?`, patience);
    expect(namesOn()).toEqual([]);
    await question.press('stop_resume');
    await alice.expectEphemeral(`${before.length} tasks are on again`, patience);
    expect(namesOn()).toEqual(before);
    expect(dialer.effects('start', uuid)).toBe(1);
  }, 240_000);

  test('can be ended without starting anything', async () => {
    const { alice, dialer } = world;
    await stopped();
    await alice.command('/dial resume');
    await (await alice.expectEphemeral('again?', patience)).press('stop_lift', { confirm: true });
    await alice.expectEphemeral('The emergency stop is ended', patience);
    expect(namesOn()).toEqual([]);
    await alice.command(`/dial start ${clinic}`);
    await eventually(() => taskNamed(dialer, clinic).started);
    await alice.command('/dial resume');
    await alice.expectEphemeral('there is nothing to resume', patience);
  }, 240_000);

  test('is announced once in every channel that watches, however often it is ordered, and so is its end', async () => {
    const { alice, limei } = world;
    for (const name of [clinic, 'Spring renewal reminder']) await alice.command(`/dial watch ${name}`);
    await alice.command('/dial watch all');
    await alice.expectCard(channel, clinic);
    await stopped();
    await limei.command('/dial 急停');
    await limei.expectEphemeral('已急停', patience);
    await alice.expectMessage(channel, 'stopped all calling', patience);
    await resumed();
    await alice.expectMessage(channel, 'resumed calling', patience);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const said = alice
      .snapshot()
      .channels.flatMap((seen) => seen.messages)
      .filter(({ user, ephemeral }) => user === world.slack.botUserId && !ephemeral)
      .map(({ text }) => text);
    expect(said.filter((text) => text.includes('stopped all calling'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('resumed calling'))).toHaveLength(1);
    // Nobody is notified of each task.
    expect(said.filter((text) => text.includes('paused *'))).toEqual([]);
  }, 240_000);

  test('a press on what was shown of an earlier stop does nothing', async () => {
    const { alice } = world;
    await stopped();
    await alice.command('/dial resume');
    const question = await alice.expectEphemeral('again?', patience);
    await resumed();
    await stopped();
    await question.press('stop_resume');
    await alice.expectEphemeral('This emergency stop is over', patience);
    expect(namesOn()).toEqual([]);
  }, 240_000);

  test('a start that is on its way is paused as well, and is not part of the set', async () => {
    const { alice, dialer } = world;
    const { uuid } = taskNamed(dialer, clinic);
    dialer.faults.add({ kind: 'delay', route: 'start', ms: 1_500, before: true, times: 1 });
    const starting = alice.command(`/dial start ${clinic}`);
    await eventually(() => requests('start').length === 1);
    await alice.command('/dial panic');
    await alice.expectEphemeral('All calling is stopped', patience);
    await starting;
    expect(namesOn()).toEqual([]);
    await resumed();
    expect(taskNamed(dialer, clinic).started).toBe(false);
    expect(dialer.effects('start', uuid)).toBe(1);
  }, 240_000);
});
