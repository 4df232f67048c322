import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { describeInBrowser } from '../../support/browser.ts';
import { violations } from './axe.ts';
import { composer, dialog, messageWith, type Stage, say, startStage } from './stage.ts';

describeInBrowser('how the page looks and reads', (visitor) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
    stage.slack.setPageControls(
      [
        {
          id: 'speed',
          label: { en: 'Platform clock', zh: '平台时钟' },
          kind: 'choice',
          options: ['Pause', '1×', '10×', '60×'].map((text, value) => ({
            value: `${value}`,
            label: { en: text, zh: text === 'Pause' ? '暂停' : text },
          })),
          value: '1',
        },
        { id: 'line', label: { en: 'A line dies', zh: '线路故障' }, kind: 'trigger', options: [], value: null },
      ],
      (id, value) => used.push([id, value]),
    );
  });
  const used: [string, string][] = [];
  beforeEach(() => {
    stage.slack.reset();
    stage.probe.heard.length = 0;
    used.length = 0;
  });
  afterAll(() => stage.close());

  async function furnish(): Promise<void> {
    const alice = stage.slack.as('alice');
    await alice.say('Good morning. The *November* list is ready, 8,214 numbers.');
    await alice.say('Line 3 was slow yesterday, so I would start with two at a time.');
    await stage.slack.as('limei').say('好的，先用杭州02线路，晚上八点前暂停。');
    await alice.command('/probe show');
    const { ts } = (await alice.expectCard('general')).message();
    await stage.slack.as('bob').say('Is the script the new one?', { threadTs: ts });
    await alice.say('Yes, since :calendar: Friday.', { threadTs: ts });
    await alice.command('/probe note');
  }

  for (const dark of [false, true]) {
    const mode = dark ? 'dark' : 'light';
    // In the dark the document is the same: only its colors are others.
    const rules = dark ? ['color-contrast'] : [];
    test(`channel, thread, Home, modal and drawer have no serious accessibility violation in ${mode}`, async () => {
      await furnish();
      const page = await visitor.open(stage.address('alice'), { dark });
      await messageWith(page, 'Renewal reminders').waitFor();
      expect(await violations(page, rules)).toEqual([]);
      await visitor.shot(page, `look-channel-tour-${mode}`);
      await page.getByRole('button', { name: 'Skip the tour' }).click();
      await visitor.shot(page, `look-channel-${mode}`);

      await page.getByRole('button', { name: /2 replies/ }).click();
      await page.getByRole('complementary').waitFor();
      expect(await violations(page, rules)).toEqual([]);
      await visitor.shot(page, `look-thread-${mode}`);

      await page.getByRole('button', { name: 'What just happened' }).click();
      await page.locator('.traffic-line').first().click();
      expect(await violations(page, rules)).toEqual([]);
      await visitor.shot(page, `look-traffic-${mode}`);
      await page.getByRole('button', { name: 'What just happened' }).click();

      await say(page, '/probe modal');
      await dialog(page).waitFor();
      await dialog(page).getByRole('button', { name: 'Send' }).click();
      await page.getByText('Please complete this required field.').waitFor();
      expect(await violations(page, rules)).toEqual([]);
      await visitor.shot(page, `look-modal-${mode}`);
      await page.locator('[data-block-id=fruits]').getByRole('combobox').click();
      await page.getByRole('option').first().waitFor();
      expect(await violations(page, rules)).toEqual([]);
      await visitor.shot(page, `look-picker-${mode}`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });

      await page.getByRole('button', { name: 'Probe: Home' }).click();
      await page.getByRole('heading', { name: 'Probe at home' }).waitFor();
      expect(await violations(page, rules)).toEqual([]);
      await visitor.shot(page, `look-home-${mode}`);
    });
  }

  test('the page speaks Chinese to a Chinese speaker, and any language on demand', async () => {
    await furnish();
    const page = await visitor.open(stage.address('limei'));
    await page.getByText('第 1 步，共 3 步').waitFor();
    await visitor.shot(page, 'look-channel-zh');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.getByText('今天', { exact: true }).count()).toBeGreaterThan(0);
    await say(page, '/probe modal');
    await dialog(page).getByRole('button', { name: 'Send' }).click();
    await dialog(page).getByText('请填写此必填项。').waitFor();
    await visitor.shot(page, 'look-modal-zh');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: '语言与外观' }).click();
    await page.getByRole('radio', { name: 'English' }).check();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await visitor.shot(page, 'look-settings');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.reload();
    await page.getByRole('heading', { name: 'Channels' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  test('on a phone nothing is cut off, and everything is within reach', async () => {
    await furnish();
    const page = await visitor.open(stage.address('alice'), { width: 390, height: 844, touch: true });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    await messageWith(page, 'Renewal reminders').waitFor();
    await visitor.shot(page, 'phone-tour');
    // The newest message, and the field to write into, stay in sight beneath the tour.
    const tour = await page.getByRole('region', { name: 'Guided tour' }).boundingBox();
    const log = await page.getByRole('log').boundingBox();
    expect((tour?.y ?? 0) + (tour?.height ?? Number.NaN)).toBeLessThanOrEqual(log?.y ?? Number.NaN);
    await page.getByRole('button', { name: 'Skip the tour' }).click();
    expect(await fits()).toBe(true);
    await visitor.shot(page, 'phone-channel');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open the sidebar' }).click();
    await page.getByRole('button', { name: 'outbound-calls' }).waitFor();
    await visitor.shot(page, 'phone-sidebar');
    await page.getByRole('button', { name: 'outbound-calls' }).click();
    await page.getByRole('textbox', { name: 'Message #outbound-calls' }).waitFor();
    await say(page, '/probe modal');
    await dialog(page).waitFor();
    expect(await fits()).toBe(true);
    await visitor.shot(page, 'phone-modal');
    await page.locator('[data-block-id=fruits]').getByRole('combobox').click();
    await visitor.shot(page, 'phone-picker');
    await page.keyboard.press('Escape');
    await dialog(page).getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('button', { name: 'Open the sidebar' }).click();
    await page.getByRole('button', { name: 'general', exact: true }).click();
    await page.getByRole('button', { name: /2 replies/ }).click();
    await page.getByRole('complementary').waitFor();
    expect(await fits()).toBe(true);
    await visitor.shot(page, 'phone-thread');
  });

  test('controls are on the page: a choice shows its value, a scenario runs', async () => {
    const page = await visitor.open(stage.address('alice'));
    const clock = page.getByRole('group', { name: 'Platform clock' });
    expect(await clock.getByRole('button', { pressed: true }).textContent()).toBe('1×');
    await clock.getByRole('button', { name: '60×' }).click();
    await clock.getByRole('button', { name: '60×', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Scenarios' }).click();
    await page.getByRole('menuitem', { name: 'A line dies' }).click();
    for (let tries = 0; tries < 50 && used.length < 2; tries++) await page.waitForTimeout(20);
    expect(used).toEqual([
      ['speed', '3'],
      ['line', ''],
    ]);
  });

  test('the tour leads through three steps, is dismissed once and stays away', async () => {
    const page = await visitor.open(stage.address('alice'));
    await page.getByRole('button', { name: 'Type it for me' }).click();
    expect(await composer(page).inputValue()).toBe('/probe modal');
    expect(await composer(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Watch the card' }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Look around' }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await page.getByRole('log').waitFor();
    expect(await page.getByRole('region', { name: 'Guided tour' }).count()).toBe(0);
  });

  test('the tour makes room for a form, and goes on after it with the second step', async () => {
    const page = await visitor.open(stage.address('alice'));
    await page.getByText('Step 1 of 3').waitFor();
    await say(page, '/probe modal');
    await dialog(page).waitFor();
    expect(await page.getByRole('region', { name: 'Guided tour' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByText('Step 2 of 3').waitFor();
  });

  test('the drawer shows what passed between app and workspace, phone numbers masked', async () => {
    const page = await visitor.open(stage.address('alice'));
    await page.getByRole('button', { name: 'Skip the tour' }).click();
    await say(page, 'call 13812348000 first');
    await page.getByRole('button', { name: 'What just happened' }).click();
    const drawer = page.getByRole('complementary', { name: 'What just happened' });
    await drawer.getByText('including responses meant for one person').waitFor();
    const line = drawer.getByText('event message');
    await line.click();
    await drawer.getByText('138****8000').waitFor();
    expect(await drawer.textContent()).not.toContain('13812348000');
    await drawer.getByRole('checkbox', { name: 'Only problems' }).check();
    await drawer.getByText('No problems so far.').waitFor();
  });
});
