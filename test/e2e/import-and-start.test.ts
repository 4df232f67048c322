import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Modal } from '../../sandbox/slack/client/modal.ts';
import { create } from '../support/sandbox/dialer-call.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

const patience = { timeoutMs: 15_000 };
const taskName = 'Autumn check-in';

let world: World;
beforeEach(async () => {
  world = await startWorld({ config: { startAskAbove: 20, dialer: { importBatch: 10 } } });
  await create(world.dialer, { name: taskName });
  await world.app.pollNow();
  await world.alice.command(`/dial watch ${taskName}`);
  await world.alice.expectCard(channel, taskName);
});
afterEach(() => world.close());

const id = () => taskNamed(world.dialer, taskName).uuid;

/** A preview of `count` numbers, from a file that someone shared in the channel. */
async function previewed(count: number): Promise<Modal> {
  const rows = Array.from({ length: count }, (_, index) => String(13_900_000_000 + index));
  const { alice, limei } = world;
  await limei.say('名单', { files: [{ name: 'list.csv', content: ['手机号', ...rows].join('\n') }] });
  await (await alice.expectMessage(channel, '名单')).shortcut('import_file');
  return alice.expectModal('task_import_send', patience);
}

test('from a file in the channel to dialing in two presses, however often the last one is repeated', async () => {
  const preview = await previewed(15);
  expect(preview.text()).toContain('From the file *list.csv*');
  expect(preview.text()).toContain('calls go out to 15 numbers');
  await Promise.allSettled([preview.press('import_order'), preview.press('import_order')]);
  const result = await world.alice.expectModal('Import result', patience);
  expect(result.text()).toContain('15 numbers imported');
  expect(result.text()).toContain(`*${taskName}* has started.`);
  expect(world.dialer.numbers(id())).toHaveLength(15);
  expect(world.dialer.effects('start', id())).toBe(1);
  await (await world.alice.expectCard(channel, taskName)).expectText('Dialing');
});

test('many calls are confirmed at the press, and not asked about again', async () => {
  const { alice, dialer } = world;
  const preview = await previewed(30);
  await preview.press('import_order', { confirm: true });
  const result = await alice.expectModal('Import result', patience);
  expect(result.text()).toContain(`*${taskName}* has started.`);
  expect(dialer.effects('start', id())).toBe(1);
});

test('what keeps it from being started afterwards is repaired in the result, and one more press starts it', async () => {
  const { alice, dialer } = world;
  const preview = await previewed(15);
  dialer.adjust({ what: 'script', id: taskNamed(dialer, taskName).scriptId, deleted: true });
  await preview.press('import_order');
  const result = await alice.expectModal('Import result', patience);
  expect(result.text()).toContain('was deleted on the platform');
  expect(dialer.effects('start', id())).toBe(0);
  await result.press('start_repair:script', { choose: 'NPS survey (short)' });
  await result.expectText(/Saved: Script: .*NPS survey/, patience);
  await result.press('task_start_anyway');
  await result.expectText('has started', patience);
  expect([dialer.effects('start', id()), taskNamed(dialer, taskName).scriptId]).toEqual([1, 702]);
});

test('a changed choice is shown before anything is sent', async () => {
  const { alice, dialer, limei } = world;
  const content = '手机号,备用电话\n13900000001,13900000002\n';
  await limei.say('两列', { files: [{ name: 'list.csv', content }] });
  await (await alice.expectMessage(channel, '两列')).shortcut('import_file');
  const preview = await alice.expectModal('task_import_send', patience);
  await preview.fill({ several_numbers: 'Call the first' }).press('import_order');
  await preview.expectText('calls go out to 1 number', patience);
  expect(dialer.numbers(id())).toEqual([]);
  await preview.press('import_order');
  await alice.expectModal('Import result', patience);
  expect(dialer.numbers(id()).map(({ phone }) => phone)).toEqual(['13900000001']);
  expect(dialer.effects('start', id())).toBe(1);
});

test('another task can be chosen instead: the first reading is discarded, and nothing is sent', async () => {
  const { alice, dialer } = world;
  const preview = await previewed(3);
  await preview.press('import_elsewhere');
  const form = await alice.expectModal('task_import', patience);
  expect(form.text()).toContain('list.csv');
  await form.fill({ task: 'Clinic appointment check' }).submit();
  const other = await alice.expectModal('task_import_send', patience);
  expect(other.text()).toContain('Into *Clinic appointment check*');
  const before = dialer.numbers(taskNamed(dialer, 'Clinic appointment check').uuid).length;
  await other.submit();
  await alice.expectModal('Import result', patience);
  expect(dialer.numbers(id())).toEqual([]);
  expect(dialer.numbers(taskNamed(dialer, 'Clinic appointment check').uuid)).toHaveLength(before + 3);
});

test('a running task is paused, given its numbers, and started again', async () => {
  const { alice, dialer } = world;
  await (await previewed(5)).press('import_order');
  await (await alice.expectModal('Import result', patience)).close({ all: true });
  dialer.setSwitches({ importWhileRunning: 'refuse' });

  const rows = Array.from({ length: 12 }, (_, index) => String(13_800_000_000 + index));
  await alice.command(`/dial import ${taskName}`);
  const form = await alice.expectModal('task_import', patience);
  await form.fill({ numbers: rows.join('\n') }).submit();
  const preview = await alice.expectModal('task_import_send', patience);
  expect(preview.text()).toContain('This task is running');
  await preview.press('import_order');
  const result = await alice.expectModal('Import result', patience);
  expect(result.text()).toContain('12 numbers imported');
  expect(result.text()).toContain(`*${taskName}* has started.`);
  expect(dialer.effects('stop', id())).toBe(1);
  expect(dialer.effects('start', id())).toBe(2);
  expect(dialer.numbers(id())).toHaveLength(17);
});

test('a task that cannot be paused: the preview comes back and says so, and nothing was sent', async () => {
  const { alice, dialer } = world;
  dialer.rival(id(), { start: true });
  const preview = await previewed(5);
  dialer.faults.add({ route: 'stop', kind: 'status', status: 500, times: 1 });
  await preview.press('import_order');
  await preview.expectText('so the numbers were not sent', patience);
  expect(preview.callbackId()).toBe('task_import_send');
  expect(dialer.numbers(id())).toEqual([]);
  await preview.press('import_order');
  await alice.expectModal('Import result', patience);
  expect(dialer.numbers(id())).toHaveLength(5);
});
