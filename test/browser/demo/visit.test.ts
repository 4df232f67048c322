import { expect, test } from '@jest/globals';
import {
  cardOf,
  command,
  composer,
  createTask,
  describeDemo,
  dialog,
  field,
  fillTask,
  message,
  numbers,
  placeOf,
  pressIn,
  setSpeed,
  soon,
} from './stage.ts';

describeDemo('the demo, as a visitor uses it', ({ demo, open, visit, shot }) => {
  test('the page is alive at once: cards of the morning, people around them, nothing private left over', async () => {
    const page = await open(demo().url, { height: 900 });
    await cardOf(page, 'Spring renewal reminder').waitFor();
    await cardOf(page, '教育机构试听邀约').waitFor();
    await message(page, 'is almost done').waitFor();
    expect(await page.getByText('Only visible to you').count()).toBe(0);
    await cardOf(page, '早教课程邀约').getByText('Waiting', { exact: true }).waitFor(soon);
    await shot(page, 'open');
    for (const step of ['Step 1 of 3', 'Step 2 of 3', 'Step 3 of 3']) {
      await page.getByText(step).waitFor();
      await page
        .getByRole('region', { name: 'Guided tour' })
        .getByRole('button', { name: /^(Next|Done)$/ })
        .click();
    }
    expect(await page.getByText('Step 1 of 3').count()).toBe(0);
  });

  test('create, import, start, and watch one card move to finished', async () => {
    const page = await visit('alice');
    await composer(page).click();
    await page.keyboard.type('/d');
    await page.getByRole('option', { name: /^\/dial/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('n');
    await page.getByRole('option', { name: /new/ }).waitFor();
    await shot(page, 'completion');
    await page.keyboard.press('Tab');
    expect((await composer(page).inputValue()).trim()).toBe('/dial new');
    await page.keyboard.press('Enter');
    await fillTask(page, 'Autumn survey');
    await shot(page, 'form');
    await pressIn(page, 'Create');
    await dialog(page).getByText('Task created').waitFor();
    await shot(page, 'created');
    await pressIn(page, 'Import numbers');
    await field(page, 'numbers')
      .getByRole('textbox')
      .fill([...numbers(24), '12345', '138 0013 1000'].join('\n'));
    await pressIn(page, 'Next');
    await dialog(page).getByText('26 rows read').waitFor();
    await shot(page, 'preview');
    await pressIn(page, 'Import 24 numbers');
    await dialog(page).getByText('24 numbers imported').waitFor();
    await shot(page, 'imported');
    await pressIn(page, 'Done');

    const card = cardOf(page, 'Autumn survey');
    await card.getByText('0 / 24').waitFor(soon);
    await card.getByRole('button', { name: 'Start' }).click();
    await card.getByText('Dialing', { exact: true }).waitFor(soon);
    await shot(page, 'dialing');
    await setSpeed(page, '60×');
    await card.getByText('Finished', { exact: true }).waitFor({ timeout: 90_000 });
    await message(page, 'Autumn survey has finished.').waitFor(soon);
    await setSpeed(page, '10×');
    expect(await card.getByText('24 / 24').count()).toBe(1);
    // One card, edited in place, and one message about the end.
    expect(await page.getByRole('log').locator('[data-ts]').filter({ hasText: 'Autumn survey' }).count()).toBe(2);
    await shot(page, 'finished');
  }, 120_000);

  test('the same start in Chinese, by keyboard alone', async () => {
    const page = await open(placeOf(demo().url, 'limei', 'C0GENERAL1'), { height: 900, locale: 'zh-CN' });
    await page.getByRole('button', { name: '跳过导览' }).press('Enter');
    const keys = page.keyboard;
    /** Types into a menu, and takes the first thing that matches. */
    const pick = async (text: string): Promise<void> => {
      await keys.type(text);
      await page.getByRole('option', { name: text }).first().waitFor();
      await keys.press('Enter');
    };
    await composer(page).focus();
    await keys.type('/dial 新建');
    await keys.press('Enter');
    await field(page, 'name').getByRole('textbox').waitFor();
    await keys.type('秋季回访');
    await keys.press('Tab');
    await pick('会员回访标准话术');
    await keys.press('Tab');
    await pick('上海-客服中心');
    await dialog(page).getByText('最多 ').waitFor();
    await keys.press('Tab');
    await keys.press('ControlOrMeta+a');
    await keys.type('3');
    for (let step = 0; step < 3; step += 1) await keys.press('Tab');
    await pick('不限时段');
    await keys.press('Tab');
    await pick('默认');
    await shot(page, 'zh-form');
    await keys.press('ControlOrMeta+Enter');
    await dialog(page).getByText('任务已创建').waitFor();
    await shot(page, 'zh-created');
    await dialog(page).getByRole('button', { name: '导入号码' }).press('Enter');
    await field(page, 'numbers').getByRole('textbox').waitFor();
    await keys.type(numbers(2, '1390013').join(','));
    await keys.press('ControlOrMeta+Enter');
    await dialog(page).getByText('导入 2 个号码').waitFor();
    await shot(page, 'zh-preview');
    await keys.press('ControlOrMeta+Enter');
    await dialog(page).getByText('导入结果').waitFor();
    await dialog(page).getByRole('button', { name: '启动' }).press('Enter');
    await dialog(page).getByText('已启动').waitFor();
    await shot(page, 'zh-started');
    await keys.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    // What everybody reads is in the language of the workspace; the names are the platform's.
    await cardOf(page, '秋季回访')
      .getByText(/Dialing|Finished/)
      .first()
      .waitFor(soon);
    await shot(page, 'zh-card');
  }, 90_000);

  test('an edit is refused at its field, the input stays, and the corrected edit is saved', async () => {
    const page = await visit('alice');
    await command(page, '/dial edit Clinic appointment check');
    await field(page, 'concurrency').locator('input').fill('500');
    await field(page, 'remark').getByRole('textbox').fill('Calls of the week');
    await pressIn(page, 'Review changes');
    await field(page, 'concurrency').getByText('Exceeds the free concurrency of this line (max 16).').waitFor();
    expect(await field(page, 'remark').getByRole('textbox').inputValue()).toBe('Calls of the week');
    await shot(page, 'edit-error');
    await field(page, 'concurrency').locator('input').fill('3');
    await pressIn(page, 'Review changes');
    await dialog(page).getByText('2 → 3').waitFor();
    await shot(page, 'edit-difference');
    await pressIn(page, 'Save');
    await dialog(page).getByText('Task saved').waitFor();
    await shot(page, 'edit-saved');
    await pressIn(page, 'Done');
  });

  test('“No” in a confirm dialog sends nothing, and what was typed is kept', async () => {
    const alice = await visit('alice');
    const limei = await visit('limei');
    await command(alice, '/dial edit Clinic appointment check');
    await field(alice, 'remark').getByRole('textbox').fill('Typed by Alice');
    await command(limei, '/dial edit Clinic appointment check');
    await field(limei, 'concurrency').locator('input').fill('4');
    await pressIn(limei, '核对改动');
    await pressIn(limei, '保存');
    await dialog(limei).getByText('任务已保存').waitFor();
    await pressIn(alice, 'Review changes');
    await dialog(alice).getByText('Someone else changed this task').waitFor();
    await pressIn(alice, 'Reload');
    await alice.getByText('Reload the task?').waitFor();
    await shot(alice, 'confirm');
    const before = (await interactions(demo().url, 'U0ALICE001')).at(-1)?.seq ?? 0;
    await alice.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await alice.getByText('Reload the task?').waitFor({ state: 'detached' });
    await dialog(alice).getByText('Typed by Alice').waitFor();
    const since = (await interactions(demo().url, 'U0ALICE001')).filter(({ seq }) => seq > before);
    expect(since).toEqual([]);
    await shot(alice, 'confirm-no');
  });

  test('a private answer is invisible to everybody else', async () => {
    const alice = await visit('alice');
    const bob = await visit('bob');
    await command(alice, '/dial list');
    await message(alice, /Tasks/).getByText('Only visible to you').waitFor();
    await shot(alice, 'ephemeral');
    // Both pages have seen everything up to this message.
    await command(alice, 'Anybody for lunch?');
    await message(bob, 'Anybody for lunch?').waitFor();
    expect(await bob.getByText('Only visible to you').count()).toBe(0);
    expect(await bob.getByText('Tasks ·').count()).toBe(0);
  });

  test('a CSV file goes through the import form', async () => {
    const page = await visit('alice');
    await command(page, '/dial import Clinic appointment check');
    const csv = `客户,电话\n${numbers(40, '1370013')
      .map((phone, index) => `客户${index},${phone}`)
      .join('\n')}\n没有号码,\n`;
    await field(page, 'file')
      .locator('input[type=file]')
      .setInputFiles({ name: 'clinic.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await field(page, 'file').getByText('clinic.csv').waitFor();
    await shot(page, 'csv');
    await pressIn(page, 'Next');
    await dialog(page).getByText('42 rows read').waitFor();
    await dialog(page).getByText(/电话/).first().waitFor();
    await shot(page, 'csv-preview');
    await pressIn(page, 'Import 40 numbers');
    await dialog(page).getByText('40 numbers imported').waitFor();
    await pressIn(page, 'Done');
    await command(page, '/dial show Clinic');
    await cardOf(page, 'Clinic appointment check').getByText('0 / 500').waitFor(soon);
    await shot(page, 'csv-card');
  });

  test('a task is deleted only after its name; Cancel deletes nothing', async () => {
    const page = await visit('alice', { channel: 'C0GENERAL1' });
    const card = await createTask(page, 'Mistake', numbers(3, '1350013'));
    await command(page, '/dial delete Mistake');
    await field(page, 'confirm_name').getByRole('textbox').fill('Mistake');
    await shot(page, 'delete');
    await pressIn(page, 'Cancel');
    await dialog(page).waitFor({ state: 'detached' });
    await card.getByRole('button', { name: 'Start' }).waitFor();
    await command(page, '/dial delete Mistake');
    await field(page, 'confirm_name').getByRole('textbox').fill('Mistake');
    await pressIn(page, 'Delete');
    await dialog(page).getByText('Task deleted').waitFor();
    await pressIn(page, 'Done');
    await message(page, 'This task no longer exists').waitFor(soon);
    await shot(page, 'deleted');
  });
});

/** What buttons and submissions sent to the app, oldest first; polls and cards continue in the meantime. */
async function interactions(url: string, as: string): Promise<{ seq: number; title: string }[]> {
  const response = await fetch(`${url}/control/events?as=${as}`);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && !text.includes('\n\n')) text += decoder.decode((await reader.read()).value, { stream: true });
  await reader?.cancel();
  const snapshot = JSON.parse(text.replace(/^data: /m, '').split('\n\n')[0] ?? '{}') as {
    traffic: { seq: number; title: string }[];
  };
  return snapshot.traffic.filter(({ title }) => /interactive|block_actions|view_/.test(title));
}
