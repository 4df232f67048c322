import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Modal } from '../../sandbox/slack/client/modal.ts';
import { eventually } from '../support/eventually.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

const patience = { timeoutMs: 15_000 };
const clinic = 'Clinic appointment check';

let world: World;
beforeEach(async () => {
  world = await startWorld({ config: { dialer: { importBatch: 10 } } });
});
afterEach(() => world.close());

/** `count` good numbers, and what else is in the list, at the preview. */
async function previewed(count: number, more: readonly string[] = []): Promise<Modal> {
  const rows = Array.from({ length: count }, (_, index) => String(13_900_000_000 + index));
  await world.alice.command('/dial import Clinic');
  const form = await world.alice.expectModal('task_import', patience);
  const content = ['phone', ...rows, ...more].join('\n');
  await form.fill({ file: { name: 'list.csv', content } }).submit();
  return world.alice.expectModal('task_import_send', patience);
}

const errorFiles = () =>
  [...world.slack.workspace.files.values()].filter(({ name, complete }) => complete && name.startsWith('not-imported'));
const textOf = (file: ReturnType<typeof errorFiles>[number] | undefined) =>
  Buffer.from(file?.bytes ?? []).toString('utf8');

test('what the platform refuses, and what is no number, comes as a file to the person, and to nobody else', async () => {
  world.dialer.setSwitches({ importRefusedEnding: '07' });
  await (await previewed(30, ['1380013800', '=1+1'])).submit();
  const result = await world.alice.expectModal('Import result', patience);
  expect(result.text()).toContain('29 numbers imported');
  expect(result.text()).toContain('1 number was refused by the platform');
  await eventually(() => errorFiles().length === 1);
  const [file] = errorFiles();
  expect(file?.name).toBe('not-imported-Clinic-appointment-check.csv');
  expect(textOf(file).split('\r\n')).toEqual([
    '\ufeff"What happened","Line","Number","Name","Reason"',
    expect.stringMatching(/^"invalid","32","1380013800","",".*too short.*"$/),
    expect.stringMatching(/^"invalid","33","'=1\+1","",".+"$/),
    '"refused by the platform","9","13900000007","","号码不可用"',
    '',
  ]);
  const shared = [...(file?.channels ?? [])].map((id) => world.slack.workspace.channels.get(id)?.kind);
  expect(shared).toEqual(['dm']);
});

test('a task that may not run meanwhile: the person decides, and the import goes on from where it was', async () => {
  const { dialer, alice } = world;
  await (await previewed(30)).submit();
  await (await alice.expectModal('Import result', patience)).close({ all: true });
  dialer.setSwitches({ importWhileRunning: 'refuse' });
  const task = taskNamed(dialer, clinic);
  dialer.rival(task.uuid, { start: true });
  const preview = await previewed(0, ['13911111111', '13911111112']);
  await preview.submit();
  const halted = await alice.expectModal('Import result', patience);
  expect(halted.text()).toContain('2 numbers have not been sent yet');
  expect(halted.text()).toContain('while the task is running');
  await alice.command('/dial imports Clinic');
  const list = await alice.expectEphemeral('needs your decision', patience);
  expect(list.text()).toContain('30 of 30 imported');

  dialer.rival(task.uuid, { start: false });
  await halted.press('import_run:resume:0');
  await halted.expectText('2 numbers imported', patience);
  expect(
    dialer
      .numbers(task.uuid)
      .slice(-2)
      .map(({ phone }) => phone),
  ).toEqual(['13911111111', '13911111112']);
});

test('an import that is ended gives back what was not sent, and what is known of it is listed', async () => {
  const { dialer, alice } = world;
  dialer.setSwitches({ importWhileRunning: 'refuse' });
  dialer.rival(taskNamed(dialer, clinic).uuid, { start: true });
  await (await previewed(12)).submit();
  const halted = await alice.expectModal('Import result', patience);
  await halted.press('import_run:cancel:0', { confirm: true });
  await halted.expectText('because the import was ended', patience);
  await eventually(() => errorFiles().length === 1);
  expect(textOf(errorFiles()[0]).match(/"not sent"/g)).toHaveLength(12);
  await alice.command('/dial imports');
  await alice.expectEphemeral('ended early', patience);
});

test('nobody on the do-not-call list is called; the list says how many it has and not whom', async () => {
  const { alice, limei } = world;
  await alice.command('/dial dnc add 139 0000 0003, 139 0000 0004, 12');
  await alice.expectEphemeral('2 numbers were added to the do-not-call list. 1 row holds no number', patience);
  await limei.command('/dial 禁拨 统计');
  await limei.expectEphemeral('禁拨名单上有 2 个号码', patience);
  const preview = await previewed(10);
  expect(preview.text()).toContain('2 numbers are on the do-not-call list and will not be sent');
  await preview.submit();
  const result = await alice.expectModal('Import result', patience);
  expect(result.text()).toContain('8 numbers imported');
  await result.close({ all: true });

  await alice.command('/dial dnc import');
  const form = await alice.expectModal('do_not_call', patience);
  await form.fill({ file: { name: 'dnc.csv', content: 'phone\n13900000003\n13900000005\n' } }).submit();
  await alice.expectModal('Do-not-call list', patience);
  await form.expectText('1 number was added', patience);
  await alice.command('/dial dnc remove 139 0000 0003');
  await alice.expectEphemeral('1 number was removed from the do-not-call list', patience);
  await alice.command('/dial dnc count');
  await alice.expectEphemeral('2 numbers are on the do-not-call list', patience);
});
