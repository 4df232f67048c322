import { afterEach, describe, expect, test } from '@jest/globals';
import { seededLineIds } from '../../sandbox/dialer/seed-ids.ts';
import type { SeededTask } from '../../sandbox/dialer/seed-tasks.ts';
import type { Posted } from '../../sandbox/slack/client/posted.ts';
import { campaign } from '../support/alert-world.ts';
import { eventually } from '../support/eventually.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

const { hangzhou, beijing } = seededLineIds;
const spring = 'Spring renewal';
const patience = { timeoutMs: 20_000 };

let world: World;
afterEach(() => world.close());

const task = () => taskNamed(world.dialer, spring);
const starts = (): number => world.dialer.effects('start');
const saves = (): number => world.dialer.effects('update');

async function begin(tasks: readonly SeededTask[] = [campaign({ name: spring })]): Promise<void> {
  world = await startWorld({ dialer: { account: 'fresh', speed: 0, tasks } });
  await world.app.pollNow();
}

/** The private answer of the start, with what is to be repaired. */
async function asked(says: RegExp, who = world.alice): Promise<Posted> {
  await who.command(`/dial start ${spring}`);
  return who.expectEphemeral(says, patience);
}

interface Finding {
  what: string;
  tasks?: SeededTask[];
  breaks(): void;
  says: RegExp;
  repair: [actionId: string, choose?: string];
  saved: RegExp;
  holds(): boolean;
}

const holding = (count: number): SeededTask[] => [
  campaign({ name: spring }),
  campaign({ name: 'Giant', maximumCall: count, started: true }),
];

const findings: Finding[] = [
  {
    what: 'a line that is gone',
    breaks: () => world.dialer.adjust({ what: 'line', id: hangzhou, offered: false }),
    says: /cannot be started.*no longer exists on the platform/s,
    repair: ['start_repair:line', 'Beijing Outbound A'],
    saved: /Saved: Line: 杭州-智能外呼一线 → \*Beijing Outbound A\*/,
    holds: () => task().lineId === beijing,
  },
  {
    what: 'a line that has expired',
    breaks: () => world.dialer.adjust({ what: 'line', id: hangzhou, deadlineAt: Date.now() - 60_000 }),
    says: /Start \*Spring renewal\*\?.*expired on/s,
    repair: ['start_repair:line', 'Beijing Outbound A'],
    saved: /Saved: Line: /,
    holds: () => task().lineId === beijing,
  },
  {
    what: 'a line without free concurrency',
    tasks: holding(30),
    breaks: () => undefined,
    says: /has no free concurrency/,
    repair: ['start_repair:line', 'Beijing Outbound A'],
    saved: /Saved: Line: /,
    holds: () => task().lineId === beijing,
  },
  {
    what: 'a line with too little of it',
    tasks: holding(28),
    breaks: () => undefined,
    says: /has room for 2 concurrent calls only/,
    repair: ['start_repair:concurrency'],
    saved: /Saved: Concurrency: 4 → \*2\*/,
    holds: () => task().maximumCall === 2,
  },
  {
    what: 'a deleted script',
    breaks: () => world.dialer.adjust({ what: 'script', id: 447, deleted: true }),
    says: /was deleted on the platform/,
    repair: ['start_repair:script', 'NPS survey (short)'],
    saved: /Saved: Script: Renewal reminder v3 → \*NPS survey \(short\)\*/,
    holds: () => task().scriptId === 702,
  },
  {
    what: 'a redial rule that is off',
    tasks: [campaign({ name: spring, ruleId: 118 })],
    breaks: () => world.dialer.adjust({ what: 'rule', id: 118, enabled: false }),
    says: /The redial rule .* is turned off/,
    repair: ['start_repair:redial_rule', '默认'],
    saved: /Saved: Redial rule: /,
    holds: () => task().ruleId === 103,
  },
  {
    what: 'an agent group that cannot be used',
    tasks: [campaign({ name: spring, agentGroupId: 21 })],
    breaks: () => world.dialer.adjust({ what: 'group', id: 21, usable: false }),
    says: /The agent group .* is disabled or has no transfer line/,
    repair: ['start_repair:agent_group', 'VIP agents'],
    saved: /Saved: Agent group: 组2 → \*VIP agents\*/,
    holds: () => task().agentGroupId !== 21,
  },
];

describe('what keeps a task from starting is repaired where it is said', () => {
  test.each(findings)(
    '$what: one choice saves it, the check is shown again, and a press starts it',
    async ({ tasks, breaks, says, repair: [actionId, choose], saved, holds }) => {
      await begin(tasks);
      breaks();
      const question = await asked(says);
      await question.press(actionId, choose === undefined ? {} : { choose });
      await question.expectText(saved, patience);
      await question.expectText(/Start \*Spring renewal\*\?/);
      expect([holds(), saves(), starts(), task().started]).toEqual([true, 1, 0, false]);
      await question.press('task_start_anyway');
      await question.expectText('has started', patience);
      expect(starts()).toBe(1);
    },
    60_000,
  );

  test('a warning that was not on the message is asked about before anything is started', async () => {
    await begin([campaign({ name: spring, ruleId: 118, agentGroupId: 21 })]);
    world.dialer.adjust({ what: 'rule', id: 118, enabled: false });
    const question = await asked(/The redial rule .* is turned off/);
    // Weeks later, say.
    world.dialer.adjust({ what: 'group', id: 21, usable: false });
    await question.press('task_start_anyway');
    await question.expectText(/The redial rule .* is turned off.*The agent group .* is disabled/s, patience);
    expect(starts()).toBe(0);
    await question.press('task_start_anyway');
    await question.expectText('has started', patience);
    expect(starts()).toBe(1);
  }, 60_000);

  test('no numbers: the import is offered, and the start with its result', async () => {
    await begin([campaign({ name: spring, numbers: 0 })]);
    const question = await asked(/no numbers to call/);
    await question.press('task_import');
    const form = await world.alice.expectModal('task_import', patience);
    await form.fill({ numbers: '13800138000\n13800138001' }).submit();
    await (await world.alice.expectModal('task_import_send', patience)).submit();
    const result = await world.alice.expectModal('Import result', patience);
    await result.press('task_start');
    await eventually(() => starts() === 1, patience.timeoutMs);
  }, 60_000);

  test('in a modal, and in Chinese', async () => {
    await begin();
    const { limei, dialer } = world;
    await limei.command(`/dial 修改 ${spring}`);
    const form = await limei.expectModal('task_edit', patience);
    await form.fill({ remark: '新' }).submit();
    await (await limei.expectModal('task_edit_save', patience)).submit();
    const view = await limei.expectModal('任务已保存', patience);
    dialer.adjust({ what: 'script', id: 447, deleted: true });
    await view.press('task_start');
    await view.expectText('已在平台上删除', patience);
    await view.press('start_repair:script', { choose: 'NPS survey (short)' });
    await view.expectText(/已保存：话术：Renewal reminder v3 → \*NPS survey \(short\)\*/, patience);
    await view.press('task_start_anyway');
    await eventually(() => starts() === 1, patience.timeoutMs);
  }, 60_000);

  test('two things of which the platform saves neither alone: the whole form, with what was chosen', async () => {
    await begin();
    const { alice, dialer } = world;
    dialer.adjust({ what: 'script', id: 447, deleted: true });
    dialer.adjust({ what: 'line', id: hangzhou, offered: false });
    const question = await asked(/cannot be started/);
    await question.press('start_repair:line', { choose: 'Beijing Outbound A' });
    const form = await alice.expectModal('task_edit', patience);
    expect(form.value('line')).toMatchObject({ value: beijing });
    await form.expectText('This has to be changed together with what you chose');
    expect(saves()).toBe(0);
    await form.fill({ script: 'NPS survey (short)' }).submit();
    await (await alice.expectModal('task_edit_save', patience)).submit();
    const saved = await alice.expectModal('Task saved', patience);
    expect([task().lineId, task().scriptId, starts()]).toEqual([beijing, 702, 0]);
    await saved.press('task_start');
    await eventually(() => starts() === 1, patience.timeoutMs);
  }, 60_000);
});

describe('a repair that does not go as it should', () => {
  const broken = async (): Promise<Posted> => {
    await begin();
    world.dialer.adjust({ what: 'script', id: 447, deleted: true });
    return asked(/was deleted on the platform/);
  };
  const choose = (question: Posted) => question.press('start_repair:script', { choose: 'NPS survey (short)' });

  test('pressed twice: it is sent once', async () => {
    const question = await broken();
    world.dialer.faults.add({ kind: 'delay', route: 'update', ms: 300 });
    await Promise.all([choose(question), choose(question)]);
    await eventually(() => saves() === 1 && task().scriptId === 702, patience.timeoutMs);
    await question.expectText(/Saved: |already|still running/, patience);
    expect([saves(), starts()]).toEqual([1, 0]);
  }, 60_000);

  test('changed by someone else meanwhile: nothing is overwritten, and the task is shown as it is now', async () => {
    const question = await broken();
    world.dialer.rival(task().uuid, { maximumCall: 7 });
    await choose(question);
    await question.expectText('Someone else changed this task in the meantime', patience);
    await question.expectText(/\*Concurrency\*|was deleted on the platform/);
    expect([saves(), task().maximumCall, starts()]).toEqual([0, 7, 0]);
    await choose(question);
    await question.expectText('Saved: Script', patience);
    expect([saves(), task().maximumCall, task().scriptId]).toEqual([1, 7, 702]);
  }, 60_000);

  test('two people at once: one is saved, the other is answered with the task as it is now', async () => {
    const question = await broken();
    await world.limei.command(`/dial 启动 ${spring}`);
    const other = await world.limei.expectEphemeral(/已在平台上删除/, patience);
    await choose(question);
    await question.expectText('Saved: Script', patience);
    await other.press('start_repair:script', { choose: '会员回访标准话术' });
    await other.expectText('在此期间有人修改了这个任务', patience);
    expect([saves(), task().scriptId, starts()]).toEqual([1, 702, 0]);
  }, 60_000);

  test('an outage: it is said, nothing is saved, and a press goes on', async () => {
    const question = await broken();
    world.dialer.faults.add({ kind: 'status', route: 'list', status: 503 });
    await choose(question);
    await question.expectText('Nothing was saved.', patience);
    expect([saves(), starts()]).toEqual([0, 0]);
    world.dialer.faults.clear();
    await question.press('task_start');
    await question.expectText('was deleted on the platform', patience);
    await choose(question);
    await question.expectText('Saved: Script', patience);
    expect([saves(), starts()]).toEqual([1, 0]);
  }, 60_000);

  test('a refusal of the platform comes in its words, with the check as it was', async () => {
    const question = await broken();
    world.dialer.faults.add({ kind: 'status', route: 'update', status: 422, times: 1 });
    await choose(question);
    await question.expectText('Nothing was saved.', patience);
    await question.expectText('was deleted on the platform');
    expect([saves(), starts()]).toEqual([0, 0]);
    await choose(question);
    await question.expectText('Saved: Script', patience);
  }, 60_000);

  test('an unknown outcome is looked up before anything is sent again', async () => {
    const question = await broken();
    world.dialer.faults.add({ kind: 'drop', route: 'update', effect: true });
    world.dialer.faults.add({ kind: 'status', route: 'list', status: 503, skip: 2 });
    await choose(question);
    await question.expectText(/not known/, { timeoutMs: 45_000 });
    world.dialer.faults.clear();
    await question.press('outcome_check');
    await question.expectText('saved and verified', patience);
    expect([saves(), starts()]).toEqual([1, 0]);
  }, 90_000);

  test('of a task that was deleted meanwhile, nothing is saved', async () => {
    const question = await broken();
    world.dialer.rival(task().uuid, 'destroy');
    await choose(question);
    await question.expectText('no longer exists', patience);
    expect([saves(), starts()]).toEqual([0, 0]);
  }, 60_000);
});
