import { afterEach, describe, expect, test } from '@jest/globals';
import { workbookOf } from '../support/core/workbook.ts';
import { create } from '../support/sandbox/dialer-call.ts';
import { channel, type Mode, startWorld, taskNamed, type World } from '../support/world.ts';

const A = '13800138000';
const B = '13900139000';

const taskName = 'Autumn check-in';

let world: World;
afterEach(() => world.close());

const sheet = (name: string, ...phones: string[]) => ({
  name,
  rows: [['姓名', '手机号', '推荐人手机'], ...phones.map((phone) => ['李雷', phone, '18700187000'])],
});

/** Both stand-ins, and a task without numbers that nothing keeps from being started. */
async function startWithTask(mode: Mode): Promise<World> {
  const started = await startWorld({ mode });
  await create(started.dialer, { name: taskName });
  await started.app.pollNow();
  return started;
}

/** What the task received. */
const sentNow = (): string[] => {
  const { dialer } = world;
  return dialer.numbers(taskNamed(dialer, taskName).uuid).map(({ phone }) => phone);
};

describe.each<Mode>(['socket', 'http'])('a list as people share it, in %s mode', (mode) => {
  test("a colleague's workbook in a channel: from there to dialing in three presses", async () => {
    world = await startWithTask(mode);
    const { alice, limei, dialer } = world;
    await alice.command(`/dial watch ${taskName}`);
    await alice.expectCard(channel, taskName);
    await limei.say('名单', { files: [{ name: 'list.xlsx', content: workbookOf([sheet('一月', A, B)]) }] });

    await (await alice.expectMessage(channel, '名单')).shortcut('import_file');
    // The only task that the channel watches is chosen already.
    const preview = await alice.expectModal('task_import_send');
    expect(preview.text()).toContain(`Into *${taskName}*`);
    expect(preview.text()).toContain('3 rows read: *2 ready* · 1 row of titles and notes');
    await preview.submit();
    const result = await alice.expectModal('Import result');
    await result.press('task_start');
    expect(sentNow()).toEqual([A, B]);
    await (await alice.expectCard(channel, taskName)).expectText('Dialing');
    expect(dialer.effects('start', taskNamed(dialer, taskName).uuid)).toBe(1);
  });

  test('of several sheets, one is chosen in the preview', async () => {
    world = await startWithTask(mode);
    const { alice } = world;
    const content = workbookOf([
      sheet('一月', A),
      sheet('二月', B),
      { ...sheet('备份', '13700137000'), state: 'hidden' },
    ]);
    await alice.command(`/dial import ${taskName}`);
    await (await alice.expectModal('task_import')).fill({ file: [{ name: 'list.csv', content }] }).submit();
    const preview = await alice.expectModal('task_import_send');
    expect(preview.text()).toContain('Choose the sheet with the numbers');
    await preview.fill({ sheet: '二月' }).submit();
    const read = await preview.expectText('1 ready');
    await read.submit();
    await alice.expectModal('Import result');
    expect(sentNow()).toEqual([B]);
  });

  test('a file sent to the app gets a button that imports it', async () => {
    world = await startWithTask(mode);
    const { alice, slack } = world;
    const direct = alice.with(slack.botUserId);
    await direct.say('', {
      files: [
        { name: 'a.txt', content: A },
        { name: 'b.txt', content: B },
        { name: 'photo.png', content: 'x' },
      ],
    });
    const offer = await alice.expectDm('one of these 2 files');
    await offer.press('form_open');
    const form = await alice.expectModal('task_import');
    await form.fill({ task: taskNamed(world.dialer, taskName).uuid, message_file: 'b.txt' }).submit();
    await (await alice.expectModal('task_import_send')).submit();
    await alice.expectModal('Import result');
    expect(sentNow()).toEqual([B]);
  });

  test('what is no list is named, and the form takes another; a message without a file is answered', async () => {
    world = await startWithTask(mode);
    const { alice } = world;
    const message = await alice.say('contacts', {
      files: [{ name: 'list.xls', content: '<html><table><tr><td>13800138000</td></tr></table></html>' }],
    });
    await message.shortcut('import_file');
    const form = await alice.expectModal('task_import');
    await form.fill({ task: taskNamed(world.dialer, taskName).uuid }).submit();
    const again = await alice.expectModal('task_import');
    await again.expectText('This is a web page');
    await again.fill({ numbers: A }).submit();
    await (await alice.expectModal('task_import_send')).expectText('1 ready');

    await (await alice.say('no file')).shortcut('import_file');
    await alice.expectEphemeral('This message has no file');
  });
});
