import { afterEach, expect, test } from '@jest/globals';
import type { RouteName } from '../../sandbox/dialer/routes.ts';
import { eventually } from '../support/eventually.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

/** An action whose outcome was lost is settled by the next polls, and its person is told once, without asking. */

const patience = { timeoutMs: 30_000 };
const spring = 'Spring renewal reminder';
const clinic = 'Clinic appointment check';

let world: World;
afterEach(() => world.close());

async function begin(): Promise<void> {
  world = await startWorld({ clock: createHurriedClock(5, 500), config: { dialer: { timeoutMs: 1_500 } } });
  await world.app.pollNow();
  for (const name of ['Spring', 'Clinic']) await world.alice.command(`/dial watch ${name}`);
  await world.alice.expectCard(channel, clinic, patience);
}

/**
 * The response of the next request of that kind is lost. Where it takes effect, the platform cannot be read either
 * until the outcome was called unknown: `found` ends that.
 */
function lose(route: RouteName, effect: boolean): { sent: () => Promise<void>; found: () => void } {
  const { dialer } = world;
  const before = dialer.effects(route);
  dialer.faults.add({ kind: 'hang', route, effect, times: 1 });
  return {
    async sent() {
      if (!effect) return;
      await eventually(() => dialer.effects(route) > before);
      dialer.faults.add({ kind: 'status', route: 'list', status: 503 });
    },
    found: () => dialer.faults.clear(),
  };
}

/** What the app wrote to a person by direct message. */
const toldTo = (who: string): string[] =>
  world.slack
    .snapshot(who)
    .channels.filter(({ kind }) => kind === 'dm')
    .flatMap(({ messages }) => messages)
    .filter(({ user }) => user === world.slack.botUserId)
    .map(({ text }) => text);

/** What everybody in the channel was told, beside the cards. */
const announced = (): string[] =>
  world.slack
    .snapshot('alice')
    .channels.filter(({ name }) => name === channel)
    .flatMap(({ messages }) => messages)
    .filter(({ user, ephemeral, blocks }) => {
      return user === world.slack.botUserId && !ephemeral && !JSON.stringify(blocks).includes('task_more');
    })
    .map(({ text }) => text)
    // The card of a task that is gone has no menu any more.
    .filter((text) => !text.includes(': Deleted'));

const polls = async (count: number): Promise<void> => {
  for (let done = 0; done < count; done += 1) await world.app.pollNow();
};

/** The same, told once, however many polls follow, and announced to nobody. */
async function toldOnce(who: string, words: RegExp): Promise<void> {
  await polls(5);
  expect(toldTo(who)).toEqual([expect.stringMatching(words)]);
  await polls(3);
  expect(toldTo(who)).toHaveLength(1);
  expect(announced()).toEqual([]);
}

test('a pause that never arrived: still dialing, in the language of its person, with a button that pauses', async () => {
  await begin();
  const lost = lose('stop', false);
  await world.limei.command('/dial 暂停 Spring');
  await lost.sent();
  await world.limei.expectEphemeral('暂时无法确认任务是否已暂停', patience);
  lost.found();
  await toldOnce('limei', /Spring renewal reminder\* 仍在(拨打|运行)：暂停未生效/);
  const told = await world.limei.expectDm('暂停未生效');
  await told.press('task_pause');
  await eventually(() => !taskNamed(world.dialer, spring).started);
});

test('a pause that arrived: paused, and announced as nobody else’s', async () => {
  await begin();
  const lost = lose('stop', true);
  await world.alice.command('/dial pause Spring');
  await lost.sent();
  await world.alice.expectEphemeral('not known yet whether the task was paused', patience);
  lost.found();
  await toldOnce('alice', /Spring renewal reminder\* is paused/);
  await world.alice.expectCard(channel, /Spring[\s\S]*Paused/, patience);
});

test('a start that arrived: started, with a button that pauses', async () => {
  await begin();
  const lost = lose('start', true);
  await world.alice.command('/dial start Clinic');
  await lost.sent();
  await world.alice.expectEphemeral('not known yet whether the task was started', patience);
  lost.found();
  await toldOnce('alice', /Clinic appointment check\* has started/);
  await (await world.alice.expectDm('has started')).press('task_pause');
  await eventually(() => !taskNamed(world.dialer, clinic).started);
});

test('a start that never arrived: still paused, with a button that starts', async () => {
  await begin();
  const lost = lose('start', false);
  await world.alice.command('/dial start Clinic');
  await lost.sent();
  await world.alice.expectEphemeral('not known yet whether the task was started', patience);
  lost.found();
  await toldOnce('alice', /Clinic appointment check\* is still paused/);
  await (await world.alice.expectDm('is still paused')).press('task_start');
  await eventually(() => taskNamed(world.dialer, clinic).started);
});

test.each([
  { effect: true, words: /The changes to \*Clinic appointment check\* are saved/ },
  { effect: false, words: /The changes to \*Clinic appointment check\* were not saved/ },
])(
  'an edit, whether it arrived: $effect',
  async ({ effect, words }) => {
    await begin();
    await world.alice.command('/dial edit Clinic');
    const form = await world.alice.expectModal('task_edit', patience);
    await form.fill({ remark: 'Did it arrive?' }).submit();
    const difference = await world.alice.expectModal('task_edit_save', patience);
    const lost = lose('update', effect);
    await difference.submit();
    await lost.sent();
    await world.alice.expectModal('Outcome unknown', patience);
    lost.found();
    await toldOnce('alice', words);
    if (effect) return;
    await (await world.alice.expectDm('were not saved')).press('form_open');
    expect((await world.alice.expectModal('task_edit', patience)).value('remark')).toBe('Did it arrive?');
  },
  90_000,
);

test.each([
  { effect: true, words: /Clinic appointment check\* has been deleted/ },
  { effect: false, words: /Clinic appointment check\* still exists/ },
])(
  'a deletion, whether it arrived: $effect',
  async ({ effect, words }) => {
    await begin();
    await world.alice.command('/dial delete Clinic');
    const form = await world.alice.expectModal('task_delete', patience);
    const lost = lose('destroy', effect);
    await form.fill({ confirm_name: clinic }).submit();
    await lost.sent();
    await world.alice.expectModal('Outcome unknown', patience);
    lost.found();
    await toldOnce('alice', words);
  },
  90_000,
);

test.each([
  { effect: true, words: /\*Nobody knows\* was created/ },
  { effect: false, words: /\*Nobody knows\* was not created/ },
])(
  'a create, whether it arrived: $effect',
  async ({ effect, words }) => {
    await begin();
    await world.alice.command('/dial new Nobody knows');
    const form = await world.alice.expectModal('task_create', patience);
    form.fill({
      script: 'Renewal reminder v3',
      line: 'Beijing Outbound A',
      quiet_hours: '午休时间',
      redial_rule: '默认',
    });
    const lost = lose('create', effect);
    await form.submit();
    await lost.sent();
    await world.alice.expectModal('Outcome unknown', patience);
    lost.found();
    await toldOnce('alice', words);
    expect(world.dialer.requests.filter(({ route }) => route === 'create')).toHaveLength(1);
    if (effect) return world.alice.expectCard(channel, 'Nobody knows', patience).then(() => undefined);
    await (await world.alice.expectDm('was not created')).press('form_open');
    expect((await world.alice.expectModal('task_create', patience)).value('name')).toBe('Nobody knows');
  },
  90_000,
);

test('whoever asked in the meantime is not told again', async () => {
  await begin();
  const lost = lose('stop', false);
  await world.alice.command('/dial pause Spring');
  await lost.sent();
  const unknown = await world.alice.expectEphemeral('not known yet', patience);
  lost.found();
  await unknown.press('outcome_check');
  await unknown.expectText('was not paused', patience);
  await polls(5);
  expect(toldTo('alice')).toEqual([]);
});

test('what takes effect after it was said not to have is told, and is not announced as someone else’s', async () => {
  await begin();
  const lost = lose('start', false);
  await world.alice.command('/dial start Clinic');
  await lost.sent();
  await world.alice.expectEphemeral('not known yet', patience);
  lost.found();
  await toldOnce('alice', /is still paused/);
  // The platform carries the lost request out minutes later.
  world.dialer.rival(taskNamed(world.dialer, clinic).uuid, { start: true });
  await polls(4);
  expect(toldTo('alice')).toEqual([expect.stringMatching(/is still paused/), expect.stringMatching(/has started/)]);
  expect(announced()).toEqual([]);
});

test('a message whose response is lost is looked for, and not sent twice', async () => {
  await begin();
  const lost = lose('stop', false);
  await world.alice.command('/dial pause Spring');
  await lost.sent();
  await world.alice.expectEphemeral('not known yet', patience);
  lost.found();
  world.slack.faults.next('chat.postMessage', { kind: 'drop' });
  await toldOnce('alice', /Spring renewal reminder\* is still (dialing|on)/);
  const looked = world.slack.traffic.exchanges().filter(({ name }) => name === 'conversations.open');
  expect(looked).toHaveLength(1);
});
