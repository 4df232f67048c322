import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { seededTasks } from '../../../sandbox/dialer/seed-tasks.ts';
import { homeDataOf } from '../../../src/core/home/home-data.ts';
import { linesBoardOf } from '../../../src/core/lines/standing.ts';
import type { TaskState } from '../../../src/core/model/reading.ts';
import { wholeList } from '../../../src/core/tasks/finder.ts';
import { nextReading } from '../../../src/core/watch/infer.ts';
import { type Catalogue, en } from '../../../src/i18n/en.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';
import { homeView } from '../../../src/slack/views/home.ts';
import { linesMessage } from '../../../src/slack/views/lines.ts';
import { type ListPage, listMessage, listTableMessage } from '../../../src/slack/views/list.ts';
import { describeInBrowser } from '../../support/browser.ts';
import { eventually } from '../../support/eventually.ts';
import { sampleCard, sampleNow } from '../../support/samples.ts';
import { webClient } from '../../support/sandbox/bolt.ts';
import { violations } from '../page/axe.ts';
import { messageWith, type Stage, startStage } from '../page/stage.ts';

const states: TaskState[] = ['waiting', 'dialing', 'awaiting_redial', 'paused', 'draft', 'finished'];
const cards = [...seededTasks, ...seededTasks].map(({ name, numbers, dialed }, i) => {
  const state = states[i % states.length] ?? 'paused';
  const started = state === 'waiting' || state === 'dialing' || state === 'awaiting_redial';
  const line = { id: `line-${i % 4}`, name: `上海-客服中心 ${i % 4}`, total: 20, used: 6, expiresAt: null };
  const progress =
    i % 7 === 0 ? null : { total: state === 'draft' ? 0 : numbers, done: dialed, source: 'endpoint' as const };
  return sampleCard({ state, task: { id: `task-${i}`, name: `${name} ${i}`, started, line, progress } });
});
const list: ListPage = {
  ...wholeList,
  cards,
  page: 1,
  pages: 5,
  total: 47,
  readAt: sampleNow,
  links: new Map([['task-1', 'https://acme.slack.com/archives/C1/p1']]),
  notice: null,
};
const board = linesBoardOf({ cards, readAt: sampleNow }, null, sampleNow);

const readers = [
  ['alice', en],
  ['limei', zhCN],
] as const;
const sizes = [
  { width: 1280, height: 1000 },
  { width: 390, height: 844, touch: true },
];

describeInBrowser('the list of tasks', (visitor) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  beforeEach(() => stage.slack.reset());
  afterAll(() => stage.close());

  const screens: Record<string, (t: Catalogue) => { text: string; blocks: never[] }> = {
    'list-table': (t) => listTableMessage(list, t) as never,
    'list-rows': (t) => listMessage(list, t) as never,
    lines: (t) => linesMessage({ board, page: 1, text: '' }, t) as never,
  };
  const expectSound = async (page: Page): Promise<void> => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await violations(page)).toEqual([]);
  };

  for (const [who, t] of readers) {
    for (const dark of [false, true]) {
      for (const size of sizes) {
        const look = `${who}-${size.width}${dark ? '-dark' : ''}`;
        for (const [screen, draw] of Object.entries(screens)) {
          test(`${screen}-${look} is sound, and can be looked at`, async () => {
            await webClient(stage.slack).chat.postMessage({ channel: 'C0GENERAL1', ...draw(t) });
            const page = await visitor.open(stage.address(who), { ...size, dark });
            const message = messageWith(page, cards[0]?.task.name ?? '');
            await message.waitFor();
            await message.evaluate((element) => void element.scrollIntoView({ block: 'start' }));
            await expectSound(page);
            await visitor.shot(page, `${screen}-${look}`);
          });
        }
        test(`home-${look} is sound, and can be looked at`, async () => {
          const readings = cards.map(({ task, state }, i) => {
            return {
              ...nextReading(null, task, sampleNow),
              state,
              runBy: i % 2 === 0 ? stage.slack.as(who).id : 'U0X',
            };
          });
          const around = {
            ...{ book: { revision: 1, alerts: [], posts: [] }, actions: [], imports: [], day: null },
            ...{ lines: board.lines, readAt: sampleNow, staleSince: null, stop: null, kept: null },
          };
          const data = homeDataOf(stage.slack.as(who).id, readings, around);
          await webClient(stage.slack).views.publish({
            user_id: data.person,
            view: homeView({ ...data, command: '/dial' }, t),
          });
          const page = await visitor.open(stage.address(who, 'home'), { ...size, dark });
          await page
            .getByText(cards[0]?.task.name ?? '')
            .first()
            .waitFor();
          await expectSound(page);
          await visitor.shot(page, `home-${look}`);
        });
      }
    }
  }

  test('presses a button within a row, and sorts by a column', async () => {
    await webClient(stage.slack).chat.postMessage({ channel: 'C0GENERAL1', ...listTableMessage(list, en) });
    const page = await visitor.open(stage.address('alice'));
    const rows = messageWith(page, cards[0]?.task.name ?? '').locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(10);
    await page.getByRole('button', { name: 'Left', exact: true }).click();
    const left = await rows.locator('td:nth-child(6)').allTextContents();
    const figures = left.map((text) => (text === '–' ? -1 : Number(text.replaceAll(',', ''))));
    expect(figures).toEqual(figures.toSorted((a, b) => a - b));
    await rows
      .first()
      .getByRole('button', { name: /^Show / })
      .click();
    const isHeard = () => stage.probe.heard.some(({ id }) => id.startsWith('list_row:show:'));
    await eventually(isHeard);
  });
});
