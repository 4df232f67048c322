import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { type DemoWorld, startDemo } from '../sandbox/demo/world.ts';
import type { Locale } from '../src/i18n/translator.ts';
import { createLog } from '../src/log.ts';

/**
 * Takes the pictures of the documents anew, from the demo: `npm run pictures -- [folder]`, by default `docs/images`. They
 * have to be looked at afterwards. CHROMIUM_PATH names the browser.
 */
const folder = process.argv[2] ?? 'docs/images';
const size = { width: 1280, height: 900 };
const cards = 'C0CALLS001';
const board = 'C0BOARD001';

interface Picture {
  name: string;
  locale: Locale;
  channel: string;
  /** What is to be seen; the page is open, without the tour. */
  show(page: Page, demo: DemoWorld): Promise<void>;
}

const idOf = { en: 'U0ALICE001', 'zh-CN': 'U0LIMEI001' } as const;

const type = async (page: Page, line: string): Promise<void> => {
  const composer = page.getByRole('textbox', { name: /^(Message |发送消息)/ });
  await composer.fill(line);
  await composer.press('Escape');
  await composer.press('Enter');
};

const said = (page: Page, text: string | RegExp) =>
  page.getByRole('log').first().locator('[data-ts]').filter({ hasText: text }).last();

const boardFrom =
  (heading: string): Picture['show'] =>
  async (page) => {
    await said(page, heading).waitFor();
    // The lines of a board get their figures with the first polls.
    await page.waitForTimeout(4_000);
    await said(page, heading).evaluate((element) => void element.scrollIntoView({ block: 'start' }));
  };

const formOf =
  (line: string, name: string): Picture['show'] =>
  async (page) => {
    await type(page, line);
    const form = page.getByRole('dialog').last();
    await form.locator('[data-block-id="name"]').getByRole('textbox').fill(name);
  };

const stop =
  (line: string, heard: RegExp): Picture['show'] =>
  async (page, demo) => {
    await demo.slack.as('bob').in('outbound-calls').command('/dial watch all');
    await type(page, line);
    await said(page, heard).waitFor();
  };

const pictures: readonly Picture[] = [
  {
    name: 'demo',
    locale: 'en',
    channel: cards,
    show: async (page) => said(page, 'Spring renewal reminder').waitFor(),
  },
  {
    name: 'board',
    locale: 'en',
    channel: board,
    show: boardFrom('Calling tasks'),
  },
  { name: 'form', locale: 'en', channel: cards, show: formOf('/dial new', 'Spring renewal') },
  { name: 'panic', locale: 'en', channel: cards, show: stop('/dial panic', /All calling is stopped/) },
  { name: 'demo.zh-CN', locale: 'zh-CN', channel: cards, show: async (page) => said(page, '早教课程邀约').waitFor() },
  { name: 'board.zh-CN', locale: 'zh-CN', channel: board, show: boardFrom('外呼任务') },
  { name: 'form.zh-CN', locale: 'zh-CN', channel: cards, show: formOf('/dial 新建', '春季续费提醒') },
  {
    name: 'list.zh-CN',
    locale: 'zh-CN',
    channel: cards,
    async show(page) {
      await type(page, '/dial 列表');
      await said(page, '任务列表').waitFor();
    },
  },
  { name: 'panic.zh-CN', locale: 'zh-CN', channel: cards, show: stop('/dial 急停', /已急停/) },
];

const log = createLog('error', (line) => process.stderr.write(`${line}\n`));
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const { name, locale, channel, show } of pictures) {
    // A demo of its own: what one picture shows is not in the next one.
    const demo = await startDemo({ port: 0, log, locale });
    try {
      const page = await browser.newPage({ viewport: size, colorScheme: 'light' });
      await page.goto(`${demo.url}/?as=${idOf[locale]}&channel=${channel}`);
      await page.getByRole('button', { name: /^(Skip the tour|跳过导览)$/ }).click();
      await show(page, demo);
      await page.mouse.move(0, 0);
      // Until cards have moved, fonts are there and nothing slides any more.
      await page.waitForTimeout(6_000);
      await page.screenshot({ path: join(folder, `${name}.png`) });
      await page.close();
    } finally {
      await demo.close();
    }
  }
} finally {
  await browser.close();
}
