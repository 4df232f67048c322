import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ModalView } from '@slack/types';
import type { Page } from 'playwright-core';
import { type Catalogue, en } from '../../../src/i18n/en.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';
import { describeInBrowser } from '../../support/browser.ts';
import { everyView, type Rendered } from '../../support/every-view.ts';
import { webClient } from '../../support/sandbox/bolt.ts';
import { violations } from '../page/axe.ts';
import { dialog, type Stage, startStage } from '../page/stage.ts';

/** The names are those of `everyView`. */
const messages = [
  'schedule: working late',
  'schedules: held and over',
  'lines 1',
  'moved moved 0',
  'report today',
  'report of a week',
  'history',
  'digest, late true',
];
const modals = [
  'select',
  'schedule form: full',
  'schedule review: conflicts',
  'form with what is remembered',
  'preview of a launch amber',
  'preview of a launch red',
  'result of a launch',
  'move',
];
const name = '双十一会员回访 · Spring renewal reminder';

const looks = (
  [
    ['alice', en],
    ['limei', zhCN],
  ] as const
).flatMap(([who, t]) =>
  [false, true].flatMap((dark) =>
    [
      { width: 1280, height: 1000 },
      { width: 390, height: 844, touch: true },
    ].map((size) => ({ who, t, dark, size, look: `${who}-${size.width}${dark ? '-dark' : ''}` })),
  ),
);

describeInBrowser('screens of an operator’s day', (visitor) => {
  let stage: Stage;
  const drawn = new Map<Catalogue, Map<string, Rendered>>();
  beforeAll(async () => {
    for (const t of [en, zhCN]) drawn.set(t, new Map(everyView(t, name).map((one) => [one.what, one])));
    stage = await startStage();
  });
  beforeEach(() => stage.slack.reset());
  afterAll(() => stage.close());

  const drawnAs = (what: string, t: Catalogue): Rendered => {
    const found = drawn.get(t)?.get(what);
    if (found === undefined) throw new Error(`Nothing is drawn as ${what}.`);
    return found;
  };
  // The types of Slack's client know no table and no chart.
  const messageOf = (what: string, t: Catalogue): { text: string; blocks: never[] } => {
    const one = drawnAs(what, t);
    if ('view' in one) throw new Error(`${what} is no message.`);
    return one.message as { text: string; blocks: never[] };
  };
  const modalOf = (what: string, t: Catalogue): ModalView => {
    const one = drawnAs(what, t);
    if (!('view' in one) || one.view.type !== 'modal') throw new Error(`${what} is no modal.`);
    return one.view;
  };
  const expectSound = async (page: Page): Promise<void> => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await violations(page)).toEqual([]);
  };
  const file = (what: string, look: string): string => `screen-${what.replaceAll(/\W+/g, '-')}-${look}`;

  test.each(looks)(
    'are sound, and can be looked at: $look',
    async ({ who, t, dark, size, look }) => {
      const client = webClient(stage.slack);
      for (const what of messages) {
        await client.chat.postMessage({ channel: 'C0GENERAL1', ...messageOf(what, t) });
      }
      const page = await visitor.open(stage.address(who), { ...size, dark });
      const posted = page.getByRole('log').first().locator('[data-ts]');
      await posted.nth(messages.length - 1).waitFor();
      await expectSound(page);
      for (const [index, what] of messages.entries()) {
        await posted.nth(index).evaluate((element) => void element.scrollIntoView({ block: 'start' }));
        await visitor.shot(page, file(what, look));
      }

      for (const what of modals) {
        stage.probe.heard.length = 0;
        await stage.slack.as(who).command('/probe trigger');
        const { body } = await stage.probe.next('command', 'trigger');
        await client.views.open({ trigger_id: String(body.trigger_id), view: modalOf(what, t) });
        await dialog(page).getByText(modalOf(what, t).title.text, { exact: true }).first().waitFor();
        await expectSound(page);
        await visitor.shot(page, file(what, look));
        await page.keyboard.press('Escape');
        await dialog(page).waitFor({ state: 'detached' });
      }
    },
    120_000,
  );
});
