import { expect, test } from '@jest/globals';
import {
  command,
  createTask,
  describeDemo,
  dialog,
  field,
  message,
  numbers,
  pressIn,
  pull,
  setSpeed,
  soon,
  startMany,
} from './stage.ts';

describeDemo('quiet hours in the demo', ({ visit, shot }) => {
  test('are entered in a form on a phone, and the card of a task that stands still says when it resumes', async () => {
    const page = await visit('alice');
    const card = await createTask(page, 'Line test', numbers(120, '1340013'), '8');
    await startMany(page, card);
    await card.getByText('Dialing', { exact: true }).waitFor(soon);
    await command(page, '/dial quiet');
    const list = message(page, 'hours not entered yet');
    await list.waitFor(soon);
    await shot(page, 'quiet-list');
    await list.getByRole('button', { name: 'Enter the hours of 不限时段' }).click();
    await field(page, 'hours').getByRole('textbox').fill('25:00-08:30');
    await pressIn(page, 'Save');
    await dialog(page).getByText('has a time that does not exist').waitFor(soon);
    await shot(page, 'quiet-error');
    await field(page, 'hours').getByRole('textbox').fill('daily 00:00–23:59');
    await pressIn(page, 'Save');
    await dialog(page).getByText('Quiet hours of 不限时段: daily 00:00–23:59.').waitFor(soon);
    await shot(page, 'quiet-saved');
    await page.keyboard.press('Escape');
    await pull(page, /^A line dies/);
    await setSpeed(page, '60×');
    await card.getByText('quiet hours; resumes').waitFor({ timeout: 90_000 });
    await shot(page, 'quiet-card');

    const phone = await visit('limei', { phone: true });
    await command(phone, '/dial 禁呼 休息 周一至周五 21:00–08:30；周末 00:00–24:00');
    await message(phone, '周一至周五 21:00–08:30；周六、周日 00:00–24:00').waitFor(soon);
    await shot(phone, 'quiet-phone-saved');
    await command(phone, '/dial 禁呼');
    const rows = message(phone, '尚未填写');
    await rows.waitFor(soon);
    await shot(phone, 'quiet-phone-list');
    await rows.getByRole('button', { name: '填写 休息时间 的时间' }).click();
    await dialog(phone).getByText('不拨打的时间').waitFor(soon);
    await shot(phone, 'quiet-phone-form');
    expect(await field(phone, 'hours').getByRole('textbox').inputValue()).toBe(
      '周一至周五 21:00–08:30\n周六、周日 00:00–24:00',
    );
  }, 150_000);
});
