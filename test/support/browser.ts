import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const screenshots = join(dirname(fileURLToPath(import.meta.url)), '../../test-output');

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface OpenOptions {
  /** Window in CSS pixels; the default is a laptop's. */
  width?: number;
  height?: number;
  dark?: boolean;
  /** The browser's own language, as a BCP 47 tag. */
  locale?: string;
  /** A device that is touched, not hovered over. */
  touch?: boolean;
}

export interface Visitor {
  /**
   * Opens an address in a window of its own, as a new visitor with an empty storage. The test fails when the page
   * throws, logs an error, or asks for anything from another server.
   */
  open(url: string, options?: OpenOptions): Promise<Page>;
  /** Writes `test-output/<name>.png` for people to look at. */
  shot(page: Page, name: string): Promise<void>;
}

/**
 * `describe` for tests that drive a real browser. Where there is none (set CHROMIUM_PATH to name one) the tests are
 * reported as skipped, with the reason.
 */
export function describeInBrowser(name: string, body: (visitor: Visitor) => void): void {
  if (!existsSync(chromiumPath)) {
    describe(name, () => {
      test.skip(`skipped: no Chromium at ${chromiumPath}; name one in CHROMIUM_PATH`, () => undefined);
    });
    return;
  }
  describe(name, () => {
    jest.setTimeout(60_000);
    let browser: Browser;
    const windows: Window[] = [];
    const faults: string[] = [];

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: chromiumPath, args: flags, headless: true });
    });
    afterEach(async () => {
      for (const window of windows.splice(0)) if (!window.used || (await emptied(window))) windows.push(window);
      expect(faults.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
    });

    body({
      async open(url, options = {}) {
        const key = JSON.stringify(options);
        let window = windows.find((candidate) => !candidate.used && candidate.key === key);
        if (!window) {
          window = await openWindow(browser, key, options, faults);
          windows.push(window);
        }
        window.used = true;
        window.home = new URL(url).origin;
        await window.page.goto(url);
        return window.page;
      },
      async shot(page, shotName) {
        mkdirSync(screenshots, { recursive: true });
        await page.screenshot({ path: join(screenshots, `${shotName}.png`), animations: 'disabled' });
      },
    });
  });
}

/** A window is the slow part of a visit: the next test that asks for one alike gets it, emptied. */
interface Window {
  key: string;
  page: Page;
  used: boolean;
  /** The only origin its page may ask for anything. */
  home: string;
}

function sizeOf(options: OpenOptions): { width: number; height: number } {
  return { width: options.width ?? 1280, height: options.height ?? 800 };
}

async function openWindow(browser: Browser, key: string, options: OpenOptions, faults: string[]): Promise<Window> {
  const context = await browser.newContext({
    viewport: sizeOf(options),
    colorScheme: options.dark ? 'dark' : 'light',
    locale: options.locale ?? 'en-US',
    hasTouch: options.touch ?? false,
    isMobile: options.touch ?? false,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const window: Window = { key, page, used: true, home: '' };
  page.on('pageerror', (error) => faults.push(`page threw: ${error.message}`));
  page.on('console', (message) => {
    // The page reports a refused request itself; what the browser logs about it is not a fault of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(window.home) && !/^(data|blob|about):/.test(asked)) faults.push(`asked for ${asked}`);
  });
  return window;
}

/** Makes a window as good as new. False when that cannot be done: then it is closed. */
async function emptied(window: Window): Promise<boolean> {
  const { page } = window;
  const context = page.context();
  try {
    for (const other of context.pages()) if (other !== page) await other.close();
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await context.clearCookies();
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await page.goto('about:blank');
    await page.mouse.move(0, 0);
    await page.setViewportSize(sizeOf(JSON.parse(window.key) as OpenOptions));
    window.used = false;
    return true;
  } catch {
    await context.close();
    return false;
  }
}
