import { afterEach, describe, expect, test } from '@jest/globals';
import { seededLineIds } from '../../sandbox/dialer/seed-ids.ts';
import type { SeededTask } from '../../sandbox/dialer/seed-tasks.ts';
import type { Posted } from '../../sandbox/slack/client/posted.ts';
import type { AlertKind } from '../../src/core/model/alert.ts';
import { type AlertWorld, campaign, changeStore, monday, runAsAlice, startAlertWorld } from '../support/alert-world.ts';
import { channel, taskNamed } from '../support/world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const { hangzhou, shanghai, beijing } = seededLineIds;
const spring = 'Spring renewal';

let world: AlertWorld;
afterEach(() => world.close());

/** What goes wrong on the platform, what it is called, and how it is repaired. */
interface Scenario {
  kind: AlertKind;
  tasks?: SeededTask[];
  /** How long the task dials before it happens, ms. */
  before?: number;
  inject(world: AlertWorld): void | Promise<void>;
  /** How long it may last before it counts, ms: see docs/alerts.md. */
  limit: number;
  says: RegExp;
  /** Pulls the lever, and holds when it has worked. */
  repair(world: AlertWorld, alert: Posted): Promise<() => boolean>;
  /** What the message says once it is over. */
  over: RegExp;
}

const spring4 = campaign({ name: spring });
const idOf = (name = spring): string => taskNamed(world.dialer, name).uuid;

/** The time in which one of four calls must have ended: 60 s to ring, 60 s to talk, and a part of a long conversation. */
const fourAtATime = 165_000;

const pause = async (_: AlertWorld, alert: Posted): Promise<() => boolean> => {
  const [button] = alert.buttons().filter(({ value }) => value.startsWith('pause:'));
  await alert.press(button?.actionId ?? 'no pause');
  return () => !taskNamed(world.dialer, spring).started;
};

const chooseBeijing = async (_: AlertWorld, alert: Posted): Promise<() => boolean> => {
  const { alice } = world;
  await alert.press('alert_line:0');
  const form = await alice.expectModal('task_repair', { timeoutMs: 10_000 });
  await form.expectText(/Only lines with free concurrency/);
  await form.fill({ line: 'Beijing Outbound A' }).submit();
  const review = await alice.expectModal('task_edit_save', { timeoutMs: 10_000 });
  await review.expectText(/→ \*?Beijing Outbound A/);
  await review.submit();
  await review.expectText(/saved and verified/);
  return () => taskNamed(world.dialer, spring).lineId === beijing;
};

/** Presses *Edit*, and sees the whole form of the task. */
const edit =
  (change: Record<string, string>) =>
  async (_: AlertWorld, alert: Posted): Promise<() => boolean> => {
    const { alice } = world;
    await alert.press('alert_edit:0');
    const form = await alice.expectModal('task_edit', { timeoutMs: 10_000 });
    await form.fill(change).submit();
    const review = await alice.expectModal('task_edit_save', { timeoutMs: 10_000 });
    await review.submit();
    await review.expectText(/saved and verified/);
    return () => world.dialer.effects('update', idOf()) === 1;
  };

const scenarios: Scenario[] = [
  {
    kind: 'stalled',
    // Another task goes on dialing on the line: it is not dead.
    tasks: [spring4, campaign({ name: 'Autumn', started: true })],
    inject: () => world.dialer.adjust({ what: 'task', id: idOf(), stuck: true }),
    limit: fourAtATime,
    says: /\*Spring renewal\* is on, but has made no calls since .* these are not its quiet hours/,
    repair: pause,
    over: /\*Spring renewal\* was paused by <@U0ALICE001>/,
  },
  {
    kind: 'slowed',
    before: 25 * minute,
    inject: () => world.dialer.adjust({ what: 'line', id: hangzhou, lagSeconds: 150 }),
    limit: 10 * minute,
    says: /\*Spring renewal\* has slowed down to [\d.]+ calls per minute; it was making [\d.]+/,
    repair: chooseBeijing,
    over: /\*Spring renewal\* was changed by <@U0ALICE001>/,
  },
  {
    kind: 'line_full',
    tasks: [spring4, campaign({ name: 'Giant', maximumCall: 30 })],
    inject() {
      world.dialer.rival(idOf('Giant'), { start: true });
      world.dialer.adjust({ what: 'task', id: idOf(), stuck: true });
    },
    limit: fourAtATime,
    says: /\*Spring renewal\* gets no room on the line \*杭州-智能外呼一线\*\. It is held by \*Giant\* \(30 calls\)/,
    async repair(_, alert) {
      const { alice, dialer } = world;
      await alert.press('alert_concurrency:1');
      const form = await alice.expectModal('task_repair', { timeoutMs: 10_000 });
      expect(form.value('concurrency')).toBe('15');
      await form.submit();
      const review = await alice.expectModal('task_edit_save', { timeoutMs: 10_000 });
      await review.expectText(/30 → \*?15/);
      await review.submit();
      await review.expectText(/saved and verified/);
      dialer.adjust({ what: 'task', id: idOf(), stuck: false });
      return () => dialer.effects('update', idOf('Giant')) === 1;
    },
    over: /\*Spring renewal\* has room on its line again/,
  },
  {
    kind: 'line_dead',
    inject: () => world.dialer.lineDies(hangzhou),
    limit: fourAtATime,
    says: /\*Spring renewal\* has made no calls since .*: nothing moves on its line \*杭州-智能外呼一线\*/,
    repair: chooseBeijing,
    over: /\*Spring renewal\* (was changed by <@U0ALICE001>|is making calls again)/,
  },
  {
    kind: 'line_gone',
    inject: () => world.dialer.adjust({ what: 'line', id: hangzhou, offered: false }),
    limit: 0,
    says: /no longer offers \*杭州-智能外呼一线\*, the line of \*Spring renewal\*/,
    repair: chooseBeijing,
    over: /\*Spring renewal\* was changed by <@U0ALICE001>/,
  },
  {
    kind: 'line_expired',
    inject: () => world.dialer.adjust({ what: 'line', id: hangzhou, deadlineAt: world.now() - minute }),
    limit: 0,
    says: /The line \*杭州-智能外呼一线\* of \*Spring renewal\* expired on/,
    repair: chooseBeijing,
    over: /\*Spring renewal\* was changed by <@U0ALICE001>/,
  },
  {
    kind: 'line_expiring',
    inject: () => world.dialer.adjust({ what: 'line', id: hangzhou, deadlineAt: world.now() + 3 * day }),
    limit: 0,
    says: /The line \*杭州-智能外呼一线\* of \*Spring renewal\* expires on/,
    async repair() {
      world.dialer.adjust({ what: 'line', id: hangzhou, deadlineAt: monday + 300 * day });
      return () => true;
    },
    over: /The line of \*Spring renewal\* was renewed/,
  },
  {
    kind: 'script_deleted',
    inject: () => world.dialer.adjust({ what: 'script', id: 447, deleted: true }),
    limit: 0,
    says: /\*Spring renewal\* is on, but its script \*Renewal reminder v3\* was deleted/,
    repair: edit({ script: 'NPS survey (short)' }),
    over: /\*Spring renewal\* was changed by <@U0ALICE001>/,
  },
  {
    kind: 'script_debug',
    inject: () => world.dialer.adjust({ what: 'script', id: 447, debug: true }),
    limit: 0,
    says: /\*Spring renewal\* is calling with the script \*Renewal reminder v3\* in debug mode/,
    repair: pause,
    over: /\*Spring renewal\* was paused by <@U0ALICE001>/,
  },
  {
    kind: 'rule_off',
    tasks: [{ ...spring4, ruleId: 118 }],
    inject: () => world.dialer.adjust({ what: 'rule', id: 118, enabled: false }),
    limit: 0,
    says: /The redial rule \*Retry no answer ×2\* of \*Spring renewal\* is turned off/,
    repair: edit({ redial_rule: '默认' }),
    over: /\*Spring renewal\* was changed by <@U0ALICE001>/,
  },
  {
    kind: 'group_unusable',
    tasks: [{ ...spring4, agentGroupId: 21 }],
    inject: () => world.dialer.adjust({ what: 'group', id: 21, usable: false }),
    limit: 0,
    says: /The agent group \*组2\* of \*Spring renewal\* is disabled or has no transfer line/,
    repair: edit({ agent_group: 'VIP agents' }),
    over: /\*Spring renewal\* was changed by <@U0ALICE001>/,
  },
  {
    kind: 'left_on',
    tasks: [{ ...spring4, numbers: 20 }],
    before: 0,
    inject: () => world.passUntil(() => taskNamed(world.dialer, spring).done === 20, 20 * minute).then(() => undefined),
    limit: 15 * minute,
    says: /\*Spring renewal\* finished .* and is still on/,
    repair: pause,
    over: /\*Spring renewal\* was paused by <@U0ALICE001>/,
  },
];

describe('a cause on the platform', () => {
  test.each(scenarios)(
    '$kind gives one alert to the person who runs the task, with its repair',
    async (scenario) => {
      const { inject, limit, says, repair, over } = scenario;
      world = await startAlertWorld(scenario.tasks ?? [spring4]);
      await runAsAlice(world);
      await world.pass(scenario.before ?? 3 * minute);
      expect(world.alerts()).toEqual([]);

      await inject(world);
      const took = await world.passUntil(() => world.alerts().length > 0, limit + 4 * minute);
      const [alert] = world.alerts();
      expect(alert?.text).toMatch(says);
      expect(alert?.text).toContain('<@U0ALICE001>');
      expect(took).toBeLessThanOrEqual(limit + 3 * minute);
      await world.pass(5 * minute);
      expect(world.alerts()).toHaveLength(1);
      expect(world.edits()).toBe(0);

      const posted = await world.alice.expectMessage(channel, says);
      const hasWorked = await repair(world, posted);
      await world.passUntil(hasWorked, minute);
      await world.passUntil(() => over.test(world.alerts()[0]?.text ?? ''), 15 * minute);
      expect(world.alerts()).toHaveLength(1);
      expect(posted.text()).toMatch(/Over · lasted \d+ (s|min)/);
      await world.pass(10 * minute);
      expect(world.alerts()).toHaveLength(1);
      expect(world.alerts()[0]?.text).toMatch(over);
    },
    120_000,
  );

  test('platform_down gives one message for all, which says when it is back', async () => {
    world = await startAlertWorld([spring4, campaign({ name: 'Autumn' })]);
    await runAsAlice(world);
    const { alice, dialer } = world;
    await alice.command('/dial watch Autumn');
    await world.pass(2 * minute);
    dialer.faults.add({ kind: 'status', route: 'list', status: 503, body: 'html' });
    const took = await world.passUntil(() => world.alerts().length > 0, 6 * minute);
    expect(took).toBeLessThanOrEqual(2 * minute + 3 * minute);
    const alert = await alice.expectMessage(channel, /No complete response from the calling platform since/);
    await world.pass(4 * minute);
    expect(world.alerts()).toHaveLength(1);

    await alert.press('alert_check:0');
    await alice.expectEphemeral(/internal error|5\d\d/i);
    dialer.faults.clear();
    await alert.press('alert_check:0');
    await alice.expectEphemeral('The calling platform responds');
    await world.passUntil(() => /responds again/.test(world.alerts()[0]?.text ?? ''), 2 * minute);
    expect(alert.text()).toMatch(/Over · lasted \d+ min/);
    await world.pass(10 * minute);
    expect(world.alerts()).toHaveLength(1);
  });
});

test('a person who prefers direct messages gets it there, with levers that work there, and the channel mentions nobody', async () => {
  world = await startAlertWorld([spring4]);
  await runAsAlice(world);
  await changeStore(world, (store) => store.changePersonSettings(world.alice.id, { alertsBy: 'direct' }));
  await world.pass(3 * minute);
  world.dialer.adjust({ what: 'script', id: 447, deleted: true });
  await world.passUntil(() => world.alerts().length === 2, 3 * minute);
  expect(world.alerts().map(({ text }) => text.includes('<@'))).toEqual([false, false]);
  const alert = await world.alice.expectDm('its script *Renewal reminder v3* was deleted');
  await pause(world, alert);
  await world.passUntil(() => !taskNamed(world.dialer, spring).started, minute);
  await alert.expectText(/\*Spring renewal\* was paused by <@U0ALICE001>/, { timeoutMs: 15_000 });

  // What it offers then goes through the same checks as any start.
  await alert.press('alert_start:0');
  await world.alice.with(world.slack.botUserId).expectEphemeral(/cannot be started.*was deleted on the platform/s);
  expect(world.dialer.effects('start')).toBe(1);
  await world.pass(5 * minute);
  expect(world.alerts()).toHaveLength(2);
});

describe('several causes', () => {
  const names = Array.from({ length: 10 }, (_, i) => `Campaign ${String.fromCharCode(65 + i)}`);

  test('ten at once give one message that counts, and is edited as they end', async () => {
    world = await startAlertWorld(names.map((name, i) => campaign({ name, maximumCall: 1 + (i % 3), started: true })));
    const { alice, app, dialer } = world;
    await app.pollNow();
    for (const name of names) await alice.command(`/dial watch ${name}`);
    await alice.expectCard(channel, 'Campaign J');
    await alice.command('/dial quiet 不限时段 none');
    await world.pass(5 * minute);
    expect(world.alerts()).toEqual([]);

    dialer.lineDies(hangzhou);
    await world.passUntil(() => /\*10 alerts\*/.test(world.alerts()[0]?.text ?? ''), 12 * minute);
    await world.pass(10 * minute);
    expect(world.alerts()).toHaveLength(1);
    const alert = await alice.expectMessage(channel, /\*10 alerts\* <@U0ALICE001>/);
    for (const name of names) expect(alert.text()).toContain(`${name}* has made no calls`);

    await alert.press('alert_more:0', { choose: 'Pause' });
    await world.passUntil(() => /\*10 alerts\*, 9 still open/.test(world.alerts()[0]?.text ?? ''), 2 * minute);
    dialer.lineRevives(hangzhou);
    await world.passUntil(() => /\*10 alerts\*, all over/.test(world.alerts()[0]?.text ?? ''), 15 * minute);
    expect(world.alerts()).toHaveLength(1);
  });

  test('of several kinds, too, give one message', async () => {
    world = await startAlertWorld([
      campaign({ name: 'Campaign A', started: true }),
      campaign({ name: 'Campaign B', started: true, scriptId: 512 }),
      campaign({ name: 'Campaign C', started: true, ruleId: 118 }),
      campaign({ name: 'Campaign D', started: true, agentGroupId: 21 }),
      campaign({ name: 'Campaign E', started: true, lineId: shanghai }),
    ]);
    const { alice, app, dialer } = world;
    await app.pollNow();
    for (const name of names.slice(0, 5)) await alice.command(`/dial watch ${name}`);
    await alice.expectCard(channel, 'Campaign E');
    await alice.command('/dial quiet 不限时段 none');
    await world.pass(3 * minute);
    dialer.adjust({ what: 'task', id: idOf('Campaign A'), stuck: true });
    dialer.adjust({ what: 'script', id: 512, deleted: true });
    dialer.adjust({ what: 'rule', id: 118, enabled: false });
    dialer.adjust({ what: 'group', id: 21, usable: false });
    dialer.adjust({ what: 'line', id: shanghai, offered: false });
    await world.passUntil(() => /\*5 alerts\*/.test(world.alerts()[0]?.text ?? ''), 7 * minute);
    await world.pass(10 * minute);
    expect(world.alerts()).toHaveLength(1);
  });
});
