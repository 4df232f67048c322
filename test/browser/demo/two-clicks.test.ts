import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  cardOf,
  choose,
  command,
  countingClicks,
  describeDemo,
  dialog,
  field,
  message,
  numbers,
  pressIn,
  setSpeed,
  soon,
} from './stage.ts';

const channel = 'C0GENERAL1';

const words = {
  alice: {
    create: 'Create',
    launch: 'Create, import and start',
    started: /has started/,
    created: /was created/,
    done: 'Done',
    draft: /Your draft/,
    takeUp: 'Continue draft',
    panic: /Paused|stopped/i,
  },
  limei: {
    create: '创建',
    launch: '创建、导入并启动',
    started: /已启动/,
    created: /已创建/,
    done: '完成',
    draft: /未提交的草稿/,
    takeUp: '继续填写草稿',
    panic: /已暂停|急停/,
  },
};
type Who = keyof typeof words;

async function paste(page: Page, count: number, prefix: string): Promise<void> {
  await field(page, 'numbers').getByRole('textbox').fill(numbers(count, prefix).join('\n'));
}

/** From the form to dialing; the form has its numbers. */
async function launch(page: Page, who: Who, task: string): Promise<void> {
  const t = words[who];
  await pressIn(page, t.create);
  await dialog(page).getByRole('button', { name: t.launch, exact: true }).waitFor(soon);
  await pressIn(page, t.launch);
  await dialog(page).getByText(t.started).waitFor(soon);
  await dialog(page).getByText(t.created).waitFor(soon);
  expect(await dialog(page).getByText(task).count()).toBeGreaterThan(0);
}

describeDemo('few clicks to dialing', ({ visit, shot }) => {
  test.each([
    ['alice', false, '1310014'],
    ['limei', true, '1320014'],
  ] as const)(
    '%s, on a phone: %s: the first task in six clicks, the next in two, a clone in three',
    async (who, phone, prefix) => {
      const t = words[who];
      const page = await visit(who, { channel, phone });
      await setSpeed(page, '1×');
      const first = `First ${who}`;
      await command(page, '/dial new');
      await field(page, 'name').getByRole('textbox').waitFor(soon);
      const clicks = await countingClicks(page);
      await field(page, 'name').getByRole('textbox').fill(first);
      await choose(page, 'script', 'Appointment confirmation');
      await choose(page, 'line', 'Overseas Demo Trunk');
      await paste(page, 12, prefix);
      await field(page, 'numbers').scrollIntoViewIfNeeded();
      await shot(page, `launch-${who}-1-form`);
      await pressIn(page, t.create);
      const order = dialog(page).getByRole('button', { name: t.launch, exact: true });
      await order.waitFor(soon);
      await shot(page, `launch-${who}-2-preview`);
      await order.click();
      await dialog(page).getByText(t.started).waitFor(soon);
      expect(await clicks()).toBeLessThanOrEqual(6);
      await shot(page, `launch-${who}-3-result`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await pressIn(page, t.done);
      await cardOf(page, first).getByText('Dialing', { exact: true }).waitFor(soon);

      const second = `Second ${who}`;
      await command(page, '/dial new');
      await field(page, 'name').getByRole('textbox').waitFor(soon);
      const again = await countingClicks(page);
      await field(page, 'name').getByRole('textbox').fill(second);
      await paste(page, 3, `${prefix.slice(0, 6)}5`);
      await launch(page, who, second);
      expect(await again()).toBeLessThanOrEqual(2);
      await pressIn(page, t.done);

      await command(page, `/dial new --from ${first}`);
      await field(page, 'name').getByRole('textbox').waitFor(soon);
      expect(await field(page, 'name').getByRole('textbox').inputValue()).not.toBe(first);
      const clone = await countingClicks(page);
      await paste(page, 3, `${prefix.slice(0, 6)}6`);
      await launch(page, who, first);
      expect(await clone()).toBeLessThanOrEqual(3);
      await pressIn(page, t.done);
    },
    180_000,
  );

  test('a task that has finished is cloned from its card, up to dialing, with three clicks', async () => {
    const finished = '物业满意度调查';
    const page = await visit('alice', { channel });
    await setSpeed(page, '1×');
    // It has dialed everything, and is still on.
    await command(page, `/dial pause ${finished}`);
    await message(page, /is paused/).waitFor(soon);
    await command(page, `/dial watch ${finished}`);
    const clone = cardOf(page, finished).getByRole('button', { name: /^Clone/ });
    await clone.waitFor(soon);
    await shot(page, 'clone-1-card');
    const clicks = await countingClicks(page);
    await clone.click();
    await field(page, 'name').getByRole('textbox').waitFor(soon);
    expect(await field(page, 'name').getByRole('textbox').inputValue()).toMatch(/^物业满意度调查 \d/);
    await paste(page, 3, '1330014');
    await launch(page, 'alice', finished);
    expect(await clicks()).toBeLessThanOrEqual(3);
    await pressIn(page, words.alice.done);
  }, 90_000);

  test('what was typed survives Esc, and is continued with one click', async () => {
    const t = words.limei;
    const page = await visit('limei', { channel, phone: true });
    await command(page, '/dial new');
    await field(page, 'name').getByRole('textbox').fill('秋季回访草稿');
    // As Slack does, the page reports what is typed once the person pauses.
    const reported = page.waitForRequest((request) => /只做了一半/.test(request.postData() ?? ''));
    await field(page, 'remark').getByRole('textbox').fill('只做了一半');
    await reported;
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await command(page, '/dial new');
    await dialog(page).getByText(t.draft).waitFor(soon);
    await shot(page, 'launch-draft');
    await pressIn(page, t.takeUp);
    await dialog(page).getByText(t.draft).waitFor({ state: 'detached' });
    await field(page, 'name').getByRole('textbox').waitFor(soon);
    expect(await field(page, 'name').getByRole('textbox').inputValue()).toBe('秋季回访草稿');
    expect(await field(page, 'remark').getByRole('textbox').inputValue()).toBe('只做了一半');
    await page.keyboard.press('Escape');
  }, 90_000);

  test('selected tasks are paused together, and everything with one click', async () => {
    const page = await visit('alice', { channel });
    await command(page, '/dial list running');
    await message(page, /Running/)
      .getByRole('button', { name: 'Select…' })
      .click();
    await pressIn(page, 'Select all');
    await dialog(page).getByRole('checkbox', { checked: true }).first().waitFor(soon);
    await pressIn(page, 'Select none');
    await dialog(page).getByRole('checkbox', { checked: true }).first().waitFor({ state: 'detached' });
    await dialog(page).getByRole('checkbox').first().click();
    await shot(page, 'select-tasks');
    await pressIn(page, 'Pause selected');
    await dialog(page)
      .getByText(/paused/i)
      .first()
      .waitFor(soon);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });

    await command(page, '/dial');
    const panel = message(page, /Calling tasks|Tasks/);
    const pause = panel.getByRole('button', { name: 'Pause all' });
    await pause.waitFor(soon);
    const clicks = await countingClicks(page);
    await pause.click();
    await message(page, words.alice.panic).waitFor(soon);
    expect(await clicks()).toBe(1);
  }, 90_000);
});
