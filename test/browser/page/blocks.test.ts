import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInBrowser } from '../../support/browser.ts';
import { webClient } from '../../support/sandbox/bolt.ts';
import { blocksOfHome, blocksOfMessages, blocksOfModals } from '../every-block.ts';
import { violations } from './axe.ts';
import { block, dialog, messageWith, type Stage, startStage } from './stage.ts';

describeInBrowser('every block is drawn', (visitor) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage.close());

  /** No block was replaced by an error, and each is on the page. */
  async function expectDrawn(where: Locator, blocks: { [key: string]: unknown }[]): Promise<void> {
    for (const text of ['cannot be shown here', 'could not be shown']) {
      expect(await where.getByText(text).count()).toBe(0);
    }
    for (const type of new Set(blocks.map((one) => String(one.type)))) {
      const drawn = where.locator(`.block-${type}`).first();
      expect([type, (await drawn.boundingBox())?.height ?? 0]).not.toEqual([type, 0]);
    }
  }
  /** The whole of a long surface, for people to look at. */
  async function shotOf(page: Page, name: string): Promise<void> {
    await page.setViewportSize({ width: 1280, height: 3400 });
    await visitor.shot(page, name);
    await page.setViewportSize({ width: 1280, height: 800 });
  }

  test('in a message, with what can be operated', async () => {
    const web = webClient(stage.slack);
    await web.chat.postMessage({ channel: 'C0GENERAL1', text: 'All', blocks: blocksOfMessages as never });
    const page = await visitor.open(stage.address('alice'));
    const message = messageWith(page, 'A header');
    await message.waitFor();
    await expectDrawn(message, blocksOfMessages);
    await shotOf(page, 'blocks-message');
    expect(await violations(page)).toEqual([]);

    expect(await message.getByRole('link', { name: 'How a campaign runs' }).getAttribute('href')).toBe(
      'https://example.com/how',
    );
    expect(await message.getByText('Inside the container').isVisible()).toBe(false);
    await message.getByText('A container').click();
    await message.getByText('Inside the container').waitFor();
    expect(await message.getByText('75 (75%)').count()).toBe(1);

    const table = message.getByRole('table', { name: 'Calls per line' });
    const lines = () => table.getByRole('rowheader').allTextContents();
    expect(await lines()).toEqual(['Ningbo', 'Wenzhou']);
    await message.getByText('1–2 of 3').waitFor();
    await message.getByRole('button', { name: 'Next page' }).click();
    expect(await lines()).toEqual(['Shaoxing']);
    await table.getByRole('button', { name: 'Calls' }).click();
    await table.getByRole('button', { name: 'Calls' }).click();
    await message.getByRole('button', { name: 'Previous page' }).click();
    expect(await lines()).toEqual(['Shaoxing', 'Ningbo']);

    await message.getByRole('button', { name: 'Good' }).click();
    const opinion = await stage.probe.next('action', 'opinion');
    expect(opinion.body.actions).toEqual([expect.objectContaining({ type: 'feedback_buttons', value: 'good' })]);
    await block(page, 'opinion').getByRole('button', { name: 'Throw away' }).click();
    const bin = await stage.probe.next('action', 'bin');
    expect(bin.body.actions).toEqual([expect.objectContaining({ type: 'icon_button', value: 'thing' })]);
    await message.getByRole('button', { name: 'Open Evening' }).click();
    await stage.probe.next('action', 'open_Evening');
  });

  test('on Home and in a modal, where they are allowed', async () => {
    const page = await visitor.open(stage.address('alice'));
    const web = webClient(stage.slack);
    await web.views.publish({ user_id: 'U0ALICE001', view: { type: 'home', blocks: blocksOfHome as never } });
    await page.getByRole('navigation').getByRole('button', { name: 'Probe: Home' }).click();
    const home = page.getByRole('region', { name: 'Probe: Home' });
    await home.getByText('A header').waitFor();
    await expectDrawn(home, blocksOfHome);
    await shotOf(page, 'blocks-home');
    expect(await violations(page)).toEqual([]);

    await stage.slack.as('alice').command('/probe note');
    const trigger_id = String(stage.slack.traffic.exchanges('slash_commands').at(-1)?.sent.trigger_id);
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Every block' }, blocks: blocksOfModals };
    await web.views.open({ trigger_id, view: view as never });
    await dialog(page).waitFor();
    await expectDrawn(dialog(page), blocksOfModals);
    await shotOf(page, 'blocks-modal');
    expect(await violations(page)).toEqual([]);
  });
});
