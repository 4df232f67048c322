import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildPage } from '../../../sandbox/slack/page/build.ts';
import { describeInBrowser } from '../../support/browser.ts';
import { startWorld, type World } from '../../support/world.ts';
import { violations } from '../page/axe.ts';
import { dialog, messageWith, say } from '../page/stage.ts';

const phone = { width: 390, height: 844, touch: true };
const desk = { width: 1280, height: 1000 };

const people = [
  {
    who: 'alice',
    words: {
      settings: '/dial watch settings',
      list: '/dial watch list',
      test: '/dial watch test',
      all: '/dial watch all',
    },
    shown: {
      list: 'Watched here',
      test: 'A test message was posted',
      saved: 'are saved',
      save: 'Save',
      all: 'All tasks',
    },
  },
  {
    who: 'limei',
    words: { settings: '/dial 订阅 设置', list: '/dial 订阅 列表', test: '/dial 订阅 测试', all: '/dial 订阅 全部' },
    shown: { list: '这里订阅的内容', test: '已发出一条测试消息', saved: '设置已保存', save: '保存', all: '全部任务' },
  },
] as const;

describeInBrowser('the settings of notices', (visitor) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ dialer: { speed: 0 }, slack: { pageHtml: buildPage } });
    await world.app.pollNow();
  });
  afterAll(() => world.close());

  for (const { who, words, shown } of people) {
    for (const dark of [false, true]) {
      for (const size of [desk, phone]) {
        const name = `settings-${who}-${size.width}${dark ? '-dark' : ''}`;
        test(`${name}: the form is filled in, saved and accessible; list and test can be read`, async () => {
          const address = `${world.slack.url}/?as=${world.slack.as(who).id}&channel=C0CALLS001`;
          const page = await visitor.open(address, { ...size, dark });
          await say(page, words.all);
          await messageWith(page, shown.all).last().waitFor();
          await say(page, words.settings);
          await dialog(page).getByRole('checkbox').first().waitFor();
          expect(await dialog(page).getByRole('checkbox').count()).toBe(4);
          expect(await dialog(page).getByRole('radio').count()).toBe(6);
          expect(await violations(page)).toEqual([]);
          await visitor.shot(page, name);
          await dialog(page).getByRole('button', { name: shown.save }).click();
          await dialog(page).getByText(shown.saved).waitFor();
          await visitor.shot(page, `${name}-saved`);
          await page.keyboard.press('Escape');
          await say(page, words.list);
          await messageWith(page, shown.list).last().waitFor();
          await say(page, words.test);
          await messageWith(page, shown.test).last().waitFor();
          expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
          await visitor.shot(page, name.replace('settings', 'watched'));
        }, 60_000);
      }
    }
  }
});
