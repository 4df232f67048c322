import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../../support/browser.ts';
import { everyInput } from '../probe-views.ts';
import { block, dialog, type Stage, say, startStage } from './stage.ts';

describeInBrowser('modals on the page', (visitor) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  beforeEach(() => {
    stage.slack.reset();
    stage.probe.heard.length = 0;
  });
  afterAll(() => stage.close());

  async function openForm(text = 'modal'): Promise<Page> {
    const page = await visitor.open(stage.address('alice'));
    await say(page, `/probe ${text}`);
    await dialog(page).waitFor();
    return page;
  }
  const send = (page: Page) => dialog(page).getByRole('button', { name: 'Send' });
  const pick = async (page: Page, blockId: string, ...names: string[]) => {
    for (const name of names) {
      await block(page, blockId).getByRole('combobox').click();
      await page.getByRole('option', { name, exact: true }).click();
    }
  };

  test('every input is drawn, filled in and submitted; untouched initial values count', async () => {
    const page = await openForm();
    await visitor.shot(page, 'modal');
    const field = (id: string) => block(page, id).locator('input, textarea').first();
    await field('name').fill('Renewals');
    await field('remark').fill('two\nlines');
    await field('count').fill('4');
    await field('email').fill('a@example.com');
    await field('site').fill('https://example.com/');
    await field('hour').fill('08:30');
    await block(page, 'moment').locator('input[type=date]').fill('2026-12-01');
    await block(page, 'moment').locator('input[type=time]').fill('09:15');
    await pick(page, 'grouped', 'Island');
    await pick(page, 'fruits', 'Cherry');
    await block(page, 'line').getByRole('combobox').fill('line 27');
    await page.getByRole('option', { name: 'Line 27 of Harbour' }).click();
    await pick(page, 'lines', 'Line 2 of Harbour', 'Line 3 of Harbour');
    await pick(page, 'person', 'Bob Miller Viewer');
    await pick(page, 'people', 'Alice Chen Operator', '李梅 Approver');
    await pick(page, 'talk', '#leads');
    await pick(page, 'channel', '#outbound-calls');
    await pick(page, 'channels', '#general', '#outbound-calls');
    await block(page, 'ticks').getByRole('checkbox', { name: 'Apple' }).check();
    await block(page, 'radio').getByRole('radio', { name: 'Banana' }).check();
    await block(page, 'file')
      .locator('input[type=file]')
      .setInputFiles({ name: 'numbers.csv', mimeType: 'text/csv', buffer: Buffer.from('1\n') });
    await block(page, 'file').getByText('numbers.csv').waitFor();
    await field('rich').fill('plain *bold*\n• point');
    await visitor.shot(page, 'modal-filled');
    await send(page).click();
    await dialog(page).waitFor({ state: 'detached' });

    const { body } = await stage.probe.next('submission', 'every_input');
    const values = (body.view as { state: { values: { [block: string]: { [action: string]: unknown } } } }).state
      .values;
    const of = (id: string) => values[id]?.[id];
    expect(of('name')).toEqual({ type: 'plain_text_input', value: 'Renewals' });
    expect(of('remark')).toMatchObject({ value: 'two\nlines' });
    expect(of('count')).toMatchObject({ value: '4' });
    expect(of('email')).toMatchObject({ value: 'a@example.com' });
    expect(of('site')).toMatchObject({ value: 'https://example.com/' });
    expect(of('day')).toMatchObject({ selected_date: '2026-12-24' });
    expect(of('hour')).toMatchObject({ selected_time: '08:30' });
    // Alice's clock is that of Shanghai, whatever the browser's is.
    expect(of('moment')).toMatchObject({ selected_date_time: Date.parse('2026-12-01T09:15:00+08:00') / 1000 });
    expect(of('fruit')).toMatchObject({ selected_option: { value: 'banana' } });
    expect(of('grouped')).toMatchObject({ selected_option: { value: 'Island' } });
    expect(of('fruits')).toMatchObject({ selected_options: [{ value: 'apple' }, { value: 'cherry' }] });
    expect(of('line')).toMatchObject({ selected_option: { value: 'Line 27 of Harbour' } });
    expect(of('lines')).toMatchObject({
      selected_options: [{ value: 'Line 2 of Harbour' }, { value: 'Line 3 of Harbour' }],
    });
    expect(of('person')).toMatchObject({ selected_user: 'U0BOB00001' });
    expect(of('people')).toMatchObject({ selected_users: ['U0ALICE001', 'U0LIMEI001'] });
    expect(of('talk')).toMatchObject({ selected_conversation: 'C0LEADS001' });
    expect(of('channel')).toMatchObject({ selected_channel: 'C0CALLS001' });
    expect(of('channels')).toMatchObject({ selected_channels: ['C0GENERAL1', 'C0CALLS001'] });
    expect(of('ticks')).toMatchObject({ selected_options: [{ value: 'apple' }, { value: 'cherry' }] });
    expect(of('radio')).toMatchObject({ selected_option: { value: 'banana' } });
    expect(of('file')).toMatchObject({ files: [{ name: 'numbers.csv', size: 2 }] });
    expect(of('rich')).toMatchObject({
      rich_text_value: {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'plain ' },
              { type: 'text', text: 'bold', style: { bold: true } },
            ],
          },
          { type: 'rich_text_list', style: 'bullet' },
        ],
      },
    });
  });

  test('what is missing or wrong is said at its field and nothing is sent', async () => {
    const page = await openForm();
    await block(page, 'email').locator('input').fill('nobody');
    await block(page, 'count').locator('input').fill('12');
    await send(page).click();
    await block(page, 'name').getByText('Please complete this required field.').waitFor();
    await block(page, 'email').getByText('Please enter a valid email address.').waitFor();
    await block(page, 'count').getByText('Please enter 9 or less.').waitFor();
    const name = block(page, 'name').getByRole('textbox');
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect(await name.evaluate((element) => element === document.activeElement)).toBe(true);
    await visitor.shot(page, 'modal-errors');
    await name.fill('a name');
    await block(page, 'name').getByText('Please complete').waitFor({ state: 'detached' });
    expect(stage.slack.traffic.exchanges('view_submission')).toEqual([]);
  });

  test('an inline error of the app is at its field, the input stays, the second try succeeds', async () => {
    const page = await openForm();
    stage.probe.answerNext('errors');
    const name = block(page, 'name').getByRole('textbox');
    await name.fill('Renewals');
    await name.press('Control+Enter');
    await block(page, 'name').getByText('This name is taken.').waitFor();
    expect(await name.inputValue()).toBe('Renewals');
    await name.fill('Renewals 2');
    await name.press('Meta+Enter');
    await dialog(page).waitFor({ state: 'detached' });
  });

  test('what was typed survives an update of the view, and a failed submission', async () => {
    const page = await openForm();
    const name = block(page, 'name').getByRole('textbox');
    await name.fill('Renewals');
    stage.probe.answerNext('update');
    await send(page).click();
    await dialog(page).getByRole('heading', { name: 'Updated by the app' }).waitFor();
    expect(await name.inputValue()).toBe('Renewals');
    for (const answer of ['nothing', 'malformed'] as const) {
      stage.probe.answerNext(answer);
      await send(page).click();
      await dialog(page).getByRole('alert').filter({ hasText: 'We had some trouble connecting. Try again?' }).waitFor();
      expect(await name.inputValue()).toBe('Renewals');
    }
    await send(page).click();
    await dialog(page).waitFor({ state: 'detached' });
  });

  test('a submission under way shows that it is, and cannot be sent twice', async () => {
    const page = await openForm();
    stage.probe.answerNext('slow');
    await block(page, 'name').getByRole('textbox').fill('Renewals');
    await send(page).click();
    await dialog(page).getByText('Submitting…').waitFor();
    expect(await send(page).isDisabled()).toBe(true);
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor({ state: 'detached' });
    expect(stage.slack.traffic.exchanges('view_submission')).toHaveLength(1);
  });

  test('views pushed on top go back one by one; the cross closes them all', async () => {
    const page = await openForm();
    await block(page, 'name').getByRole('textbox').fill('kept below');
    const push = () => page.getByRole('button', { name: 'Open another form' }).click();
    await push();
    const small = page.getByRole('dialog', { name: 'A small form' });
    await small.waitFor();
    await visitor.shot(page, 'modal-pushed');
    await small.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog', { name: 'Every input' }).waitFor();
    expect(await block(page, 'name').getByRole('textbox').inputValue()).toBe('kept below');
    await push();
    await small.waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Every input' }).waitFor();
    await push();
    await small.getByRole('button', { name: 'Close' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    const closed = await stage.probe.next('closed', 'every_input');
    expect(closed.body.is_cleared).toBe(true);
  });

  test('an element that dispatches notifies the app at once, with the state of the form', async () => {
    const page = await openForm();
    await block(page, 'name').getByRole('textbox').fill('Renewals');
    await pick(page, 'live', 'Banana');
    const live = await stage.probe.next('action', 'live');
    expect(live.body.view).toMatchObject({
      state: {
        values: { name: { name: { value: 'Renewals' } }, live: { live: { selected_option: { value: 'banana' } } } },
      },
    });
  });

  test('a person with a keyboard alone opens, fills in and submits the form, and focus never leaves it', async () => {
    const page = await openForm();
    const focused = () => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null);
    await page.keyboard.type('By keyboard');
    const fruit = block(page, 'fruit').getByRole('combobox');
    for (let tab = 0; tab < 40 && !(await fruit.evaluate((one) => one === document.activeElement)); tab++) {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(true);
    }
    await page.keyboard.press('ArrowDown');
    expect(await fruit.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    const active = await fruit.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).textContent()).toBe('Cherry');
    await page.keyboard.press('Enter');
    expect(await fruit.inputValue()).toBe('Cherry');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    expect(await dialog(page).count()).toBe(1);
    for (let tab = 0; tab < 70; tab++) {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(true);
    }
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor({ state: 'detached' });
    const { body } = await stage.probe.next('submission', 'every_input');
    expect(body.view).toMatchObject({
      state: {
        values: {
          name: { name: { value: 'By keyboard' } },
          fruit: { fruit: { selected_option: { value: 'cherry' } } },
        },
      },
    });
    // Back where the person came from.
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  });

  test('a waiting view hands the keyboard to the form that replaces it', async () => {
    const page = await openForm('loading');
    await dialog(page).getByRole('heading', { name: 'Every input, updated' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('[data-block-id=name]') !== null);
  });

  test('tokens are removed by their cross and by Backspace', async () => {
    const page = await openForm();
    await pick(page, 'fruits', 'Banana', 'Cherry');
    await block(page, 'fruits').getByRole('button', { name: 'Remove Apple' }).click();
    await block(page, 'fruits').getByRole('combobox').press('Backspace');
    expect(await block(page, 'fruits').locator('.token').allTextContents()).toEqual(['Banana']);
  });

  test('an external select asks for more letters, then for options, and says when nothing matches', async () => {
    const page = await openForm();
    const line = block(page, 'line').getByRole('combobox');
    await line.click();
    await page.getByText('Type at least 1 character.').waitFor();
    await line.fill('line 4');
    expect(await page.getByRole('option').first().textContent()).toBe('Line 4 of Harbour');
    await line.fill('zzz');
    await page.getByText('Nothing matches.').waitFor();
  });

  test('a file of the wrong type is refused at the field, also when dropped', async () => {
    const page = await openForm();
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'photo.png', { type: 'image/png' }));
      return transfer;
    });
    await block(page, 'file').locator('.drop-zone').dispatchEvent('drop', { dataTransfer: data });
    await block(page, 'file').getByText('photo.png is not one of: csv, txt.').waitFor();
  });

  test('a modal belongs to one person', async () => {
    const page = await openForm();
    const bob = await visitor.open(stage.address('bob'));
    await bob.getByRole('log').waitFor();
    expect(await dialog(bob).count()).toBe(0);
    expect(await dialog(page).getByRole('heading', { name: everyInput().title.text }).count()).toBe(1);
  });
});
