import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { buildPage } from '../../../sandbox/slack/page/build.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../sandbox/slack/server.ts';
import type { CardData, Evidence } from '../../../src/core/model/card.ts';
import type { TaskState } from '../../../src/core/model/reading.ts';
import { en } from '../../../src/i18n/en.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';
import { cardMessage } from '../../../src/slack/views/card.ts';
import { describeInBrowser } from '../../support/browser.ts';
import { sampleCard, sampleTask } from '../../support/samples.ts';

/** How tall a card may be, in CSS pixels, with the name of the app above it. */
const tallest = { 1280: 150, 390: 220 } as const;

const now = Date.now();
const minutes = (n: number): number => now - n * 60_000;
const acts: CardData['acts'] = [
  { person: 'U0LIMEI001', action: 'imported', at: minutes(95), count: 1_888 },
  { person: 'U0ALICE001', action: 'started', at: minutes(90), count: null },
  { person: 'U0BOB00001', action: 'paused', at: minutes(4), count: null },
];
const names = new Map([
  ['U0ALICE001', 'Alice Chen'],
  ['U0LIMEI001', '李梅'],
  ['U0BOB00001', 'Bob Martin'],
]);

type Change = Parameters<typeof sampleCard>[0];

const card = (state: TaskState, evidence: Evidence, change: Change = {}): CardData => {
  const { task, ...rest } = change;
  return sampleCard({
    state,
    evidence,
    acts,
    updatedAt: now,
    endsAt: now + 3 * 3_600_000,
    ...rest,
    task: {
      started: state !== 'paused' && state !== 'draft',
      line: { ...sampleTask().line, name: '杭州02线路' },
      script: { ...sampleTask().script, name: 'Appointment confirmation' },
      quietHours: { id: 'q', name: '午间与夜间' },
      ...task,
    },
  });
};

const full = { total: 8214, done: 8214, source: 'progress_bar' } as const;
const cards: readonly [what: string, card: CardData][] = [
  ['dialing', card('dialing', { kind: 'moved', at: minutes(1) })],
  ['first seen', card('dialing', { kind: 'moved', at: minutes(1) }, { firstSeen: { at: minutes(60), dialed: 629 } })],
  ['just started', card('dialing', { kind: 'just_started', at: minutes(1) })],
  ['on since', card('dialing', { kind: 'on_since', at: minutes(9) })],
  ['without figures', card('dialing', { kind: 'no_progress_source' }, { task: { progress: null } })],
  ['waiting', card('waiting', { kind: 'not_moved', since: minutes(20) })],
  ['stalled', card('waiting', { kind: 'stalled', since: minutes(20) })],
  ['quiet hours', card('waiting', { kind: 'quiet_hours', until: now + 3_600_000 })],
  ['no numbers', card('waiting', { kind: 'no_numbers' }, { task: { progress: { ...full, total: 0, done: 0 } } })],
  [
    'redial',
    card(
      'awaiting_redial',
      { kind: 'may_redial', rule: '关机不重呼', numbers: 8214, endsAt: now + 1_800_000 },
      { task: { progress: full } },
    ),
  ],
  ['paused', card('paused', { kind: 'switched_off' })],
  ['never started', card('paused', { kind: 'never_started' }, { acts: acts.slice(0, 1) })],
  ['draft', card('draft', { kind: 'no_numbers' }, { acts: [], task: { progress: { ...full, total: 0, done: 0 } } })],
  ['finished', card('finished', { kind: 'all_dialed', unsure: null }, { task: { progress: full, started: false } })],
  ['finished, unsure', card('finished', { kind: 'all_dialed', unsure: '默认' }, { task: { progress: full } })],
  ['gone', card('gone', { kind: 'absent', at: minutes(2) })],
  ['stale', card('dialing', { kind: 'moved', at: minutes(9) }, { staleSince: minutes(9) })],
  [
    'stale, first seen',
    card(
      'dialing',
      { kind: 'moved', at: minutes(9) },
      { staleSince: minutes(9), firstSeen: { at: minutes(60), dialed: 29 } },
    ),
  ],
  [
    'line about to expire',
    card(
      'dialing',
      { kind: 'moved', at: minutes(1) },
      { task: { line: { ...sampleTask().line, name: '杭州02线路', expiresAt: now + 86_400_000 } } },
    ),
  ],
];

describeInBrowser('the card of a task', (visitor) => {
  let slack: SlackSandbox;
  let client: WebClient;

  beforeAll(async () => {
    slack = await createSlackSandbox({ pageHtml: buildPage });
    client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  });
  afterAll(() => slack.close());

  for (const [language, t, viewer] of [
    ['English', en, 'alice'],
    ['Chinese', zhCN, 'limei'],
  ] as const) {
    for (const width of [1280, 390] as const) {
      for (const dark of [false, true]) {
        test(`is at most ${tallest[width]} px tall in every state: ${language}, ${width} px, ${dark ? 'dark' : 'light'}`, async () => {
          slack.reset();
          const heights: Record<string, number> = {};
          const page = await visitor.open(`${slack.url}/?as=${slack.as(viewer).id}&channel=C0GENERAL1`, {
            width,
            height: 1_200,
            dark,
            ...(width === 390 && { touch: true }),
          });
          for (const [what, data] of cards) {
            // Someone else in between: each card is drawn with the name of the app above it.
            await slack.as('alice').say('…');
            const { ts } = await client.chat.postMessage({ channel: 'C0GENERAL1', ...cardMessage(data, t, { names }) });
            const drawn = page.locator(`[data-ts="${ts}"]`);
            await drawn.waitFor();
            heights[what] = Math.ceil((await drawn.boundingBox())?.height ?? Number.POSITIVE_INFINITY);
          }
          await visitor.shot(page, `card-${viewer}-${width}-${dark ? 'dark' : 'light'}`);
          const tooTall = Object.entries(heights).filter(([, height]) => height > tallest[width]);
          expect(tooTall).toEqual([]);
        });
      }
    }
  }
});
