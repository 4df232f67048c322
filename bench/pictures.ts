import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startSpeed } from '../sandbox/demo/clock.ts';
import { type DemoWorld, startDemo } from '../sandbox/demo/world.ts';
import type { Locale } from '../src/i18n/translator.ts';
import { createLog } from '../src/log.ts';

/**
 * Takes the pictures of the documents anew, from the demo: `npm run pictures -- [folder [name…]]`, by default all of
 * `docs/images`. They have to be looked at afterwards. CHROMIUM_PATH names the browser.
 */
const [folder = 'docs/images', ...wanted] = process.argv.slice(2);
const size = { width: 1280, height: 900 };
const cards = 'C0CALLS001';
const board = 'C0BOARD001';
const home = 'home';

/** The person whose page it is, and the words of their language. */
const readers = {
  en: {
    id: 'U0ALICE001',
    name: 'alice',
    card: 'Spring renewal reminder',
    board: 'Calling tasks',
    form: '/dial new',
    task: 'Spring renewal',
    panic: '/dial panic',
    stopped: /All calling is stopped/,
    list: '/dial list',
    listed: /Tasks.*· 12/,
    lines: '/dial lines',
    lined: /Lines.*· 7/,
    report: '/dial report',
    reported: /spent dialing/,
    schedule: '/dial schedule',
    scheduled: 'Clinic appointment check',
    next: 'Next',
    saved: 'Schedule',
    today: 'Schedule for today',
    skipTour: 'Skip the tour',
  },
  'zh-CN': {
    id: 'U0LIMEI001',
    name: 'limei',
    card: '早教课程邀约',
    board: '外呼任务',
    form: '/dial 新建',
    task: '春季续费提醒',
    panic: '/dial 急停',
    stopped: /已急停全部外呼/,
    list: '/dial 列表',
    listed: /任务列表.*12 个/,
    lines: '/dial 线路',
    lined: /线路.*· 7/,
    report: '/dial 报告',
    reported: /拨打用时/,
    schedule: '/dial 定时',
    scheduled: '车险到期提醒',
    next: '下一步',
    saved: '定时',
    today: '今日定时',
    skipTour: '跳过导览',
  },
} as const satisfies Record<Locale, unknown>;
type Reader = (typeof readers)[Locale];

interface Scene {
  page: Page;
  demo: DemoWorld;
  reader: Reader;
}

interface Picture {
  name: string;
  channel: string;
  /** What is to be seen; the page is open, without the tour. */
  show(scene: Scene): Promise<void>;
}

const type = async (page: Page, line: string): Promise<void> => {
  const composer = page.getByRole('textbox', { name: /^(Message |发送消息)/ });
  await composer.fill(line);
  await composer.press('Escape');
  await composer.press('Enter');
};

const said = (page: Page, text: string | RegExp) =>
  page.getByRole('log').first().locator('[data-ts]').filter({ hasText: text }).last();

const fromItsTop = (page: Page, text: string | RegExp): Promise<void> =>
  said(page, text).evaluate((element) => void element.scrollIntoView({ block: 'start' }));

/** Fills in the form of a schedule for working days with a break at noon, up to what it would do. */
async function planned({ page, reader }: Scene): Promise<void> {
  await type(page, `${reader.schedule} ${reader.scheduled}`);
  const form = page.getByRole('dialog').last();
  await form.locator('[data-block-id="schedule_times"]').getByRole('textbox').fill('09:00–12:00, 13:30–18:00');
  await form.getByRole('button', { name: reader.next, exact: true }).click();
  await form.getByText('13:30').first().waitFor();
}

const pictures: readonly Picture[] = [
  { name: 'demo', channel: cards, show: ({ page, reader }) => said(page, reader.card).waitFor() },
  {
    name: 'board',
    channel: board,
    async show({ page, reader }) {
      await said(page, reader.board).waitFor();
      // The lines of a board get their figures with the first polls.
      await page.waitForTimeout(4_000);
      await fromItsTop(page, reader.board);
    },
  },
  {
    name: 'form',
    channel: cards,
    async show({ page, reader }) {
      await type(page, reader.form);
      const form = page.getByRole('dialog').last();
      await form.locator('[data-block-id="name"]').getByRole('textbox').fill(reader.task);
    },
  },
  {
    name: 'list',
    channel: cards,
    async show({ page, reader }) {
      await type(page, reader.list);
      await said(page, reader.listed).waitFor();
    },
  },
  {
    name: 'lines',
    channel: cards,
    async show({ page, reader }) {
      await type(page, reader.lines);
      await said(page, reader.lined).waitFor();
      await fromItsTop(page, reader.lined);
    },
  },
  { name: 'schedule', channel: cards, show: planned },
  {
    name: 'report',
    channel: cards,
    async show({ page, demo, reader }) {
      // Until there is something in more than one hour.
      const { dialer } = demo;
      const until = dialer.clock.now() + 3 * 3_600_000;
      dialer.setSpeed(180);
      while (dialer.clock.now() < until) await page.waitForTimeout(1_000);
      dialer.setSpeed(startSpeed);
      await type(page, reader.report);
      await said(page, reader.reported).waitFor();
      await fromItsTop(page, reader.reported);
    },
  },
  {
    name: 'home',
    channel: home,
    async show({ page, demo, reader }) {
      const person = demo.slack.as(reader.name).in('outbound-calls');
      await person.command(`/dial schedule ${reader.scheduled}`);
      const form = await person.expectModal('schedule');
      await form.fill({ schedule_days: 'every', schedule_times: '09:00–12:00, 13:30–18:00' }).submit();
      await (await person.expectModal('schedule_save')).submit();
      await (await (await person.expectModal(reader.saved)).expectText(/is saved|已保存/)).close({ all: true });
      await person.command(`/dial start ${reader.scheduled}`);
      const question = await person.expectEphemeral(({ blocks }) => JSON.stringify(blocks).includes('start_anyway'));
      await question.press('task_start_anyway');
      // Home is published every fifteen seconds at most.
      await page.getByText(reader.today).waitFor();
      await page.waitForTimeout(20_000);
    },
  },
  {
    name: 'panic',
    channel: cards,
    async show({ page, demo, reader }) {
      await demo.slack.as('bob').in('outbound-calls').command('/dial watch all');
      await type(page, reader.panic);
      await said(page, reader.stopped).waitFor();
    },
  },
];

const log = createLog('error', (line) => process.stderr.write(`${line}\n`));
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const locale of ['en', 'zh-CN'] as const) {
    const reader = readers[locale];
    for (const { name, channel, show } of pictures.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
      // A demo of its own: what one picture shows is not in the next one.
      const demo = await startDemo({ port: 0, log, locale });
      try {
        const page = await browser.newPage({ viewport: size, colorScheme: 'light' });
        await page.goto(`${demo.url}/?as=${reader.id}&channel=${cards}`);
        await page.getByRole('button', { name: reader.skipTour, exact: true }).click();
        if (channel !== cards) await page.goto(`${demo.url}/?as=${reader.id}&channel=${channel}`);
        await show({ page, demo, reader });
        await page.mouse.move(0, 0);
        // Until cards have moved, fonts are there and nothing slides any more.
        await page.waitForTimeout(6_000);
        await page.screenshot({ path: join(folder, `${name}${locale === 'en' ? '' : `.${locale}`}.png`) });
        await page.close();
      } finally {
        await demo.close();
      }
    }
  }
} finally {
  await browser.close();
}
