import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Alert } from '../../../src/core/model/alert.ts';
import type { Catalogue } from '../../../src/i18n/en.ts';
import { en } from '../../../src/i18n/en.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';
import { alertMessage } from '../../../src/slack/views/alert.ts';
import { describeInBrowser } from '../../support/browser.ts';
import { sampleAlert, sampleNow } from '../../support/samples.ts';
import { webClient } from '../../support/sandbox/bolt.ts';
import { violations } from '../page/axe.ts';
import { messageWith, type Stage, startStage } from '../page/stage.ts';

const mentions = ['U0ALICE001'];
const line = { id: 'line-2', name: '深圳-专线(满)' };
const holders = [
  { id: 'task-2', name: '贷后关怀(深圳)', concurrency: 6 },
  { id: 'task-3', name: 'Win-back: lapsed members', concurrency: 2 },
];
const ended = { endedAt: sampleNow + 720_000 };

/** Alerts as they come: one alone, one that is over, one that was taken back, and several at once. */
const messages: Alert[][] = [
  [sampleAlert({ kind: 'line_full', taskName: '双十一会员回访', facts: { line, holders } })],
  [sampleAlert({ kind: 'stalled', ...ended, end: 'paused', endedBy: 'U0ALICE001' })],
  [sampleAlert({ kind: 'stalled', taskName: '早教课程邀约', ...ended, end: 'wrong' })],
  [sampleAlert({ kind: 'platform_down', taskId: '', taskName: '', facts: { code: 'platform_timeout' } })],
  [
    sampleAlert({ kind: 'line_dead' }),
    sampleAlert({
      kind: 'script_debug',
      taskName: '新品试用调研',
      facts: { thing: { id: '1197', name: '新品试用调研(调试)' } },
    }),
    sampleAlert({ kind: 'slowed', taskName: 'Win-back: lapsed members', facts: { perMinute: 1.5, ownPerMinute: 12 } }),
    sampleAlert({
      kind: 'line_expiring',
      taskName: '广州周年庆活动通知',
      facts: { line: { id: 'l', name: '广州-活动专线' }, expiresAt: sampleNow + 3 * 86_400_000 },
    }),
    sampleAlert({ kind: 'left_on', taskName: '物业满意度调查', ...ended, end: 'paused' }),
  ],
];

describeInBrowser('messages about alerts', (visitor) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  beforeEach(() => stage.slack.reset());
  afterAll(() => stage.close());

  const post = async (t: Catalogue): Promise<void> => {
    for (const alerts of messages) {
      await webClient(stage.slack).chat.postMessage({
        channel: 'C0GENERAL1',
        ...alertMessage({ alerts, mentions }, t),
      });
    }
  };

  for (const [who, t] of [
    ['alice', en],
    ['limei', zhCN],
  ] as const) {
    for (const dark of [false, true]) {
      for (const size of [
        { width: 1280, height: 1400 },
        { width: 390, height: 1900, touch: true },
      ]) {
        test(`fit ${size.width} pixels ${dark ? 'in the dark' : 'by day'}, as ${who} reads them`, async () => {
          await post(t);
          const page = await visitor.open(stage.address(who), { ...size, dark });
          await messageWith(page, '广州周年庆活动通知').waitFor();
          expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
          expect(await violations(page)).toEqual([]);
          await visitor.shot(page, `alerts-${who}-${size.width}${dark ? '-dark' : ''}`);
        });
      }
    }
  }
});
