import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { describeInBrowser } from '../../support/browser.ts';
import { block, dialog, messageWith, type Stage, say, startStage } from './stage.ts';

describeInBrowser('Home and shortcuts on the page', (visitor) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  beforeEach(() => {
    stage.slack.reset();
    stage.probe.heard.length = 0;
  });
  afterAll(() => stage.close());

  test('Home opens, its buttons republish it, its inputs and its modal work', async () => {
    const page = await visitor.open(stage.address('alice'));
    await page.getByRole('navigation').getByRole('button', { name: 'Probe: Home' }).click();
    await page.getByRole('heading', { name: 'Probe at home' }).waitFor();
    await page.getByText('Pressed 0 times.').waitFor();
    await page.getByRole('button', { name: 'Count' }).click();
    await page.getByText('Pressed 1 times.').waitFor();
    await visitor.shot(page, 'home');
    const pressed = await stage.probe.next('action', 'home_count');
    expect(pressed.body.view).toMatchObject({ type: 'home' });

    await block(page, 'home_fruit').getByRole('combobox').click();
    await page.getByRole('option', { name: 'Cherry' }).click();
    const fruit = await stage.probe.next('action', 'home_fruit');
    expect(fruit.body.actions).toEqual([
      expect.objectContaining({ selected_option: expect.objectContaining({ value: 'cherry' }) }),
    ]);
    await page.getByRole('button', { name: 'Open a form' }).click();
    await dialog(page).getByLabel('Word').fill('hello');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await stage.probe.next('submission', 'small_form');

    await page.getByRole('button', { name: 'Messages', exact: true }).click();
    await page.getByRole('textbox', { name: 'Message Probe' }).waitFor();
  });

  test('a global shortcut opens its form', async () => {
    const page = await visitor.open(stage.address('alice'));
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('menuitem', { name: /Open a small form/ }).click();
    await page.getByRole('dialog', { name: 'A small form' }).waitFor();
    expect((await stage.probe.next('shortcut', 'probe_global')).body.type).toBe('shortcut');
  });

  test('a message shortcut carries its message', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, 'look at me');
    const message = messageWith(page, 'look at me');
    await message.hover();
    await message.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /Look at this message/ }).click();
    const { body } = await stage.probe.next('shortcut', 'probe_message');
    expect(body).toMatchObject({
      type: 'message_action',
      message: { text: 'look at me' },
      channel: { id: 'C0GENERAL1' },
    });
  });
});
