import type { Locator, Page } from 'playwright-core';
import { buildPage } from '../../../sandbox/slack/page/build.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../sandbox/slack/server.ts';
import { type Probe, probeSeed, startProbe } from '../probe-app.ts';

export interface Stage {
  slack: SlackSandbox;
  probe: Probe;
  /** The page's address as one of the people. */
  address(who: string, channel?: string): string;
  close(): Promise<void>;
}

/** The workspace with the probe app in it. */
export async function startStage(): Promise<Stage> {
  const slack = await createSlackSandbox({ pageHtml: buildPage, seed: { app: probeSeed } });
  const probe = await startProbe(slack);
  return {
    slack,
    probe,
    address: (who, channel = 'C0GENERAL1') => `${slack.url}/?as=${slack.as(who).id}&channel=${channel}`,
    async close() {
      await probe.stop();
      await slack.close();
    },
  };
}

export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: /^(Message |发送消息)/ });
}

/** Types into the composer and presses Enter. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Escape');
  await composer(page).press('Enter');
}

/** The message that contains this text. */
export function messageWith(page: Page, text: string | RegExp): Locator {
  return page.getByRole('log').first().locator('[data-ts]').filter({ hasText: text });
}

export function dialog(page: Page): Locator {
  return page.getByRole('dialog');
}

/** The block of a view or message. */
export function block(page: Page, id: string): Locator {
  return page.locator(`[data-block-id="${id}"]`);
}
