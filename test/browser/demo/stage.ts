import { afterAll, beforeAll } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInBrowser, type Visitor } from '../../support/browser.ts';
import { type DemoProcess, startDemoProcess } from '../../support/demo-process.ts';

/** What a visitor of the demo does again and again. */

/** What the person said they would see within this time counts as not seen: cards follow the platform by two seconds. */
export const soon = { timeout: 60_000 };

/** A demo of its own for the tests of one file. */
interface Stage {
  /** Runs while tests do. */
  demo(): DemoProcess;
  open: Visitor['open'];
  /** Opens the page as this person, with no dialog and no tour before them. */
  visit(person: 'alice' | 'limei' | 'bob', options?: { channel?: string; phone?: boolean }): Promise<Page>;
  /** Writes a screenshot for people to look at. */
  shot(page: Page, name: string): Promise<void>;
}

/** `describe` for tests that visit a running demo. `environment`: what it is started with. */
export function describeDemo(
  name: string,
  body: (stage: Stage) => void,
  environment: Record<string, string> = {},
): void {
  describeInBrowser(name, (visitor) => {
    let started: DemoProcess;
    beforeAll(async () => {
      started = await startDemoProcess(environment);
    });
    afterAll(() => started.dispose());

    const demo = () => started;
    const { open } = visitor;
    body({
      demo,
      open,
      async visit(person, { channel, phone = false } = {}) {
        const size = phone ? { width: 390, height: 844, touch: true } : { height: 900 };
        const page = await open(placeOf(demo().url, person, channel), size);
        await leaveDialogs(page);
        await skipTour(page);
        return page;
      },
      shot: (page, shotName) => visitor.shot(page, `demo-${shotName}`),
    });
  });
}

export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: /^(Message |发送消息)/ });
}

export function dialog(page: Page): Locator {
  return page.getByRole('dialog').last();
}

export function field(page: Page, blockId: string): Locator {
  return dialog(page).locator(`[data-block-id="${blockId}"]`);
}

export function pressIn(page: Page, name: string | RegExp): Promise<void> {
  return dialog(page).getByRole('button', { name, exact: true }).click();
}

/** The newest message of the open channel that shows this text. */
export function message(page: Page, text: string | RegExp): Locator {
  return page.getByRole('log').first().locator('[data-ts]').filter({ hasText: text }).last();
}

/** The live card of a task: the message with its name and buttons. */
export function cardOf(page: Page, name: string): Locator {
  return page
    .getByRole('log')
    .first()
    .locator('[data-ts]')
    .filter({ hasText: name })
    .filter({ has: page.locator('[data-block-id="task"]') })
    .last();
}

/** The address of a channel of the demo as one of its people sees it. */
export function placeOf(url: string, person: 'alice' | 'limei' | 'bob', channel = 'C0CALLS001'): string {
  const id = { alice: 'U0ALICE001', limei: 'U0LIMEI001', bob: 'U0BOB00001' }[person];
  return `${url}/?as=${id}&channel=${channel}`;
}

/** Closes what an earlier visit left open: dialogs belong to the person, not to the browser. */
async function leaveDialogs(page: Page): Promise<void> {
  await page.getByRole('log').first().waitFor({ state: 'attached' });
  while ((await page.getByRole('dialog').count()) > 0) {
    const open = await page.getByRole('dialog').count();
    await page.keyboard.press('Escape');
    await page.waitForFunction((count) => document.querySelectorAll('[role=dialog]').length < count, open);
  }
}

async function skipTour(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Skip the tour|跳过导览)$/ }).click();
}

/** Types a line into the composer at the speed of a practiced typist, and sends it. */
export async function command(page: Page, line: string): Promise<void> {
  await composer(page).fill(line);
  await composer(page).press('Escape');
  await composer(page).press('Enter');
}

export async function choose(page: Page, blockId: string, option: string | RegExp): Promise<void> {
  await field(page, blockId).getByRole('combobox').click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Fills the form of a new task that calls at any hour of the demo's day. */
export async function fillTask(page: Page, name: string, concurrency = '5'): Promise<void> {
  await field(page, 'name').getByRole('textbox').fill(name);
  await choose(page, 'script', 'Appointment confirmation');
  await choose(page, 'line', 'Overseas Demo Trunk');
  await field(page, 'concurrency').locator('input').fill(concurrency);
  await choose(page, 'quiet_hours', '不限时段');
  await choose(page, 'redial_rule', '默认');
}

/** Counts what is pressed on a page from here on. */
export async function countingClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { clicks: number | undefined };
    const isCounting = counted.clicks !== undefined;
    counted.clicks = 0;
    if (isCounting) return;
    const count = ({ isTrusted }: Event): void => {
      counted.clicks = (counted.clicks ?? 0) + (isTrusted ? 1 : 0);
    };
    document.addEventListener('click', count, true);
  });
  return () => page.evaluate(() => (window as unknown as { clicks: number }).clicks);
}

/** Different mobile numbers, in the order of the list. `prefix`: their first seven digits. */
export function numbers(count: number, prefix = '1380013'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(1000 + index)}`);
}

/** Waits until the demo's clock runs at this speed. */
export async function expectSpeed(page: Page, speed: string): Promise<void> {
  await page.locator('[data-page-control="speed"] [aria-pressed="true"]').filter({ hasText: speed }).waitFor(soon);
}

export async function setSpeed(page: Page, speed: 'Pause' | '暂停' | '1×' | '10×' | '60×'): Promise<void> {
  const button = page.locator('[data-page-control="speed"]').getByRole('button', { name: speed, exact: true });
  await button.click();
  await expectSpeed(page, speed);
}

/** Runs a scenario by the text of its menu item. */
export async function pull(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^(Scenarios|场景)$/ }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** Creates a task with the form, imports numbers, and closes every dialog. Its card is then in the open channel. */
export async function createTask(page: Page, name: string, phones: string[], concurrency?: string): Promise<Locator> {
  await command(page, '/dial new');
  await fillTask(page, name, concurrency);
  await pressIn(page, 'Create');
  await pressIn(page, 'Import numbers');
  await field(page, 'numbers').getByRole('textbox').fill(phones.join('\n'));
  await pressIn(page, 'Next');
  await pressIn(page, `Import ${phones.length} numbers`);
  await dialog(page).getByText(`${phones.length} numbers imported into`).waitFor();
  await pressIn(page, 'Done');
  await dialog(page).waitFor({ state: 'detached' });
  return cardOf(page, name);
}

/** Starts a task of so many numbers that a question comes first, and answers it. */
export async function startMany(page: Page, card: Locator): Promise<void> {
  await card.getByRole('button', { name: 'Start' }).click();
  await message(page, /Calls will go out to \d+ numbers/)
    .getByRole('button', { name: /^Start, call \d+ numbers$/ })
    .click();
}
