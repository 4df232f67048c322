import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { describeInBrowser } from '../../support/browser.ts';
import { webClient } from '../../support/sandbox/bolt.ts';
import { block, composer, messageWith, type Stage, say, startStage } from './stage.ts';

describeInBrowser('messages on the page', (visitor) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  beforeEach(() => {
    stage.slack.reset();
    stage.probe.heard.length = 0;
  });
  afterAll(() => stage.close());

  test('a person completes a command by keyboard and sees the card', async () => {
    const page = await visitor.open(stage.address('alice'));
    await composer(page).press('/');
    await page.keyboard.type('pr');
    await page.getByRole('option', { name: /\/probe/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('sh');
    expect(await page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await composer(page).inputValue()).toBe('/probe show ');
    await page.keyboard.press('Enter');

    const card = messageWith(page, 'Renewal reminders');
    await card.waitFor();
    expect(await card.getByRole('heading', { name: 'Renewal reminders, November' }).count()).toBe(1);
    expect(await card.getByText('@李梅').count()).toBe(1);
    expect(await card.locator('time').allTextContents()).toContainEqual(expect.stringMatching(/\d{1,2}:\d{2} [AP]M/));
    expect(await composer(page).inputValue()).toBe('');
    await visitor.shot(page, 'channel');
  });

  test('what a person writes is shown as written, entities and mentions included', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, 'is 3 < 5 & *true*, @limei? https://example.com/a?b=1&c=2');
    const message = messageWith(page, 'is 3 < 5 & true, @李梅?');
    await message.waitFor();
    expect(await message.locator('strong').textContent()).toBe('true');
    expect(await message.getByRole('link').getAttribute('href')).toBe('https://example.com/a?b=1&c=2');
  });

  test('an edit shows in place with its mark', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, '/probe edit');
    const message = messageWith(page, 'After the edit');
    await message.waitFor();
    expect(await message.getByText('(edited)').count()).toBe(1);
    expect(await messageWith(page, 'Before the edit').count()).toBe(0);
  });

  test('a private answer is seen by one person only', async () => {
    const alice = await visitor.open(stage.address('alice'));
    const bob = await visitor.open(stage.address('bob'));
    await say(alice, '/probe note');
    const note = messageWith(alice, 'only you can read this');
    await note.waitFor();
    expect(await note.getByText('Only visible to you').count()).toBe(1);
    await say(alice, 'and this is for everybody');
    await messageWith(bob, 'and this is for everybody').waitFor();
    expect(await messageWith(bob, 'can read this').count()).toBe(0);
  });

  test('a confirm dialog answered No sends nothing, answered Yes sends the action', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, '/probe show');
    const press = () => page.getByRole('button', { name: 'Delete', exact: true }).first().click();
    await press();
    const confirm = page.getByRole('alertdialog', { name: 'Delete the task?' });
    await visitor.shot(page, 'confirm');
    await confirm.getByRole('button', { name: 'Keep it' }).click();
    await confirm.waitFor({ state: 'detached' });
    await press();
    await page.keyboard.press('Escape');
    await confirm.waitFor({ state: 'detached' });
    expect(stage.slack.traffic.exchanges('block_actions')).toEqual([]);

    await press();
    await confirm.getByRole('button', { name: 'Delete' }).click();
    await stage.probe.next('action', 'remove');
    expect(stage.slack.traffic.exchanges('block_actions')).toHaveLength(1);
  });

  test('buttons, menus and pickers of a message reach the app with the state of the others', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, '/probe show');
    await page.getByRole('button', { name: 'Start' }).click();
    const start = await stage.probe.next('action', 'go');
    expect(start.body.actions).toEqual([expect.objectContaining({ action_id: 'go', value: 'task-1' })]);

    await block(page, 'controls').getByRole('combobox', { name: 'Line' }).click();
    await page.getByRole('option', { name: 'Cherry' }).click();
    const picked = await stage.probe.next('action', 'pick');
    expect(picked.body.actions).toEqual([
      expect.objectContaining({ selected_option: expect.objectContaining({ value: 'cherry' }) }),
    ]);
    await page.getByRole('checkbox', { name: 'Apple' }).check();
    const checked = await stage.probe.next('action', 'tell');
    expect(checked.body.state).toMatchObject({
      values: {
        controls: { pick: { selected_option: { value: 'cherry' } }, date: { selected_date: '2026-11-22' } },
        choices: { tell: { selected_options: [{ value: 'apple' }] } },
      },
    });

    await block(page, 'card').getByRole('button', { name: 'More options' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const more = await stage.probe.next('action', 'more');
    expect(more.body.actions).toEqual([
      expect.objectContaining({ selected_option: expect.objectContaining({ value: 'edit' }) }),
    ]);
  });

  test('a button with a URL opens it and notifies the app', async () => {
    const page = await visitor.open(stage.address('alice'));
    await page.context().route('https://example.com/**', (route) => route.fulfill({ body: 'report' }));
    await say(page, '/probe show');
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'Report' }).click();
    expect((await opened).url()).toBe('https://example.com/report');
    await stage.probe.next('action', 'docs');
  });

  test('an app that does not respond is reported in Slack’s own words', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, '/probe silent');
    await messageWith(page, '/probe failed with the error "operation_timeout"').waitFor();
    await say(page, '/probe show');
    await page.getByRole('button', { name: 'Slow' }).click();
    const toast = page.getByRole('status').filter({ hasText: 'did not respond in time' });
    await toast.waitFor();
    await visitor.shot(page, 'toast');
    await toast.getByRole('button', { name: 'Dismiss' }).click();
    await toast.waitFor({ state: 'detached' });
    await say(page, '/nonsense');
    await messageWith(page, '/nonsense is not a valid command').waitFor();
  });

  test('a thread: replies at the side, commands refused, a count under the message', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, 'Who watches the evening list?');
    const parent = messageWith(page, 'Who watches the evening list?');
    await parent.hover();
    await parent.getByRole('button', { name: 'Reply in thread' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread in #general' });
    const reply = thread.getByRole('textbox', { name: 'Reply…' });
    await reply.fill('I do.');
    await reply.press('Enter');
    await thread.locator('[data-ts]').filter({ hasText: 'I do.' }).waitFor();
    await stage.slack.as('bob').say('So do I.', { threadTs: (await parent.getAttribute('data-ts')) ?? '' });
    await thread.getByText('So do I.').waitFor();
    expect(await parent.getByRole('button', { name: /2 replies/ }).count()).toBe(1);

    await reply.fill('/probe show');
    await thread.getByText('/probe is not supported in threads. Sorry!').waitFor();
    await reply.press('Enter');
    expect(await reply.inputValue()).toBe('/probe show');
    expect(stage.slack.traffic.exchanges('slash_commands')).toEqual([]);
    await visitor.shot(page, 'thread');
    await thread.getByRole('button', { name: 'Close the thread' }).click();
    await thread.waitFor({ state: 'detached' });
  });

  test('several choices are sent once, when the list closes, and not when the person undoes them', async () => {
    const options = ['Apple', 'Banana', 'Cherry'].map((text) => ({
      text: { type: 'plain_text' as const, text },
      value: text.toLowerCase(),
    }));
    const confirm = {
      title: { type: 'plain_text' as const, text: 'Sure?' },
      text: { type: 'mrkdwn' as const, text: 'x' },
    };
    const select = {
      type: 'multi_static_select' as const,
      options,
      placeholder: { type: 'plain_text' as const, text: 'Fruit' },
    };
    await webClient(stage.slack).chat.postMessage({
      channel: 'C0GENERAL1',
      text: 'Choose',
      blocks: [
        {
          type: 'section',
          block_id: 'several',
          text: { type: 'mrkdwn', text: 'a' },
          accessory: { ...select, action_id: 'several' },
        },
        {
          type: 'section',
          block_id: 'sure',
          text: { type: 'mrkdwn', text: 'b' },
          accessory: { ...select, action_id: 'sure', confirm },
        },
      ],
    });
    const page = await visitor.open(stage.address('alice'));
    const pick = async (id: string, names: string[]) => {
      await block(page, id).getByRole('combobox').click();
      for (const name of names) await page.getByRole('option', { name }).click();
    };
    await pick('several', ['Apple', 'Cherry']);
    expect(stage.probe.heard.filter(({ kind }) => kind === 'action')).toEqual([]);
    await page.keyboard.press('Escape');
    const several = await stage.probe.next('action', 'several');
    expect(several.body.actions).toEqual([expect.objectContaining({ selected_options: [options[0], options[2]] })]);
    await block(page, 'several').getByRole('button', { name: 'Remove Apple' }).click();
    await stage.probe.next('action', 'several');
    await pick('sure', ['Banana']);
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByRole('button', { name: 'No' }).click();
    expect(await block(page, 'sure').locator('.token').count()).toBe(0);
    expect(stage.probe.heard.map(({ id }) => id)).toEqual(['several', 'several']);
  });

  test('a person writes to another who has not been written to before', async () => {
    const page = await visitor.open(stage.address('alice'));
    const sidebar = page.getByRole('navigation', { name: 'Channels and people' });
    await sidebar.getByRole('button', { name: 'Bob Miller' }).click();
    await page.getByRole('textbox', { name: 'Message Bob Miller' }).waitFor();
    expect(await page.title()).toContain('Bob Miller');
    await say(page, 'Lunch at twelve?');
    await messageWith(page, 'Lunch at twelve?').waitFor();
    expect(await sidebar.getByRole('button', { name: 'Bob Miller' }).count()).toBe(1);
    const bob = await visitor.open(stage.address('bob'));
    await bob.getByRole('button', { name: /Alice Chen 1 unread message/ }).click();
    await messageWith(bob, 'Lunch at twelve?').waitFor();
    expect(stage.slack.traffic.exchanges('message')).toEqual([]);
  });

  test('reactions are added and taken back', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, 'Line 3 is free again.');
    const message = messageWith(page, 'Line 3 is free again.');
    await message.hover();
    await message.getByRole('button', { name: 'Add a reaction' }).click();
    await page.getByRole('menuitem', { name: ':tada:' }).click();
    const reaction = message.getByRole('button', { name: 'tada: Alice Chen' });
    await reaction.click();
    await reaction.waitFor({ state: 'detached' });
  });

  test('a file goes with a message and comes back whole', async () => {
    const page = await visitor.open(stage.address('alice'));
    const file = { name: '号码 list.csv', mimeType: 'text/csv', buffer: Buffer.from('phone\n13800138000\n') };
    await page.locator('.composer input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Remove 号码 list.csv' }).waitFor();
    await say(page, 'today’s list');
    const message = messageWith(page, 'today’s list');
    const link = message.getByRole('link', { name: '号码 list.csv' });
    const download = page.waitForEvent('download');
    await link.click();
    const stream = await (await download).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe('phone\n13800138000\n');
  });

  test('files dropped on the composer are attached', async () => {
    const page = await visitor.open(stage.address('alice'));
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['phone\n1\n'], 'dropped.csv', { type: 'text/csv' }));
      return transfer;
    });
    await page.locator('.composer').dispatchEvent('drop', { dataTransfer: data });
    await page.getByRole('button', { name: 'Remove dropped.csv' }).waitFor();
  });

  test('unread channels are marked until they are opened, and a line shows where reading stopped', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, 'ready');
    await stage.slack.as('bob').in('outbound-calls').say('first of two');
    await stage.slack.as('bob').in('outbound-calls').say('second, for @alice');
    const row = page.getByRole('navigation').getByRole('button', { name: /outbound-calls/ });
    await page.getByRole('button', { name: 'outbound-calls 2 unread messages' }).waitFor();
    await row.click();
    await messageWith(page, 'first of two').waitFor();
    await page.locator('.new-mark').waitFor();
    await page.getByRole('button', { name: 'outbound-calls', exact: true }).waitFor();
  });

  test('one click acts as someone else, who sees what is theirs', async () => {
    const page = await visitor.open(stage.address('alice'));
    await say(page, '/probe note');
    await messageWith(page, 'only you can read this').waitFor();
    await page.getByRole('button', { name: 'Act as Bob Miller Viewer' }).click();
    await page.getByRole('button', { name: 'Act as Bob Miller Viewer', pressed: true }).waitFor();
    expect(await messageWith(page, 'only you can read this').count()).toBe(0);
    await page.getByRole('button', { name: 'Act as 李梅 Approver' }).click();
    await page.getByText('频道', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'leads' }).count()).toBe(1);
    // What people do reads in the language of the page.
    for (const title of ['操作员', '审批人', '观察员']) await page.getByRole('button', { name: title }).waitFor();
  });
});
