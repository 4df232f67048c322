import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type SeededTask, seededTasks } from '../../../sandbox/dialer/seed-tasks.ts';
import type { BoardGroup, BoardRow } from '../../../src/core/model/channel-board.ts';
import type { Catalogue } from '../../../src/i18n/en.ts';
import { en } from '../../../src/i18n/en.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';
import { channelBoardMessage } from '../../../src/slack/views/channel-board.ts';
import { describeInBrowser } from '../../support/browser.ts';
import { sampleBoard, sampleCard, sampleNow } from '../../support/samples.ts';
import { webClient } from '../../support/sandbox/bolt.ts';
import { violations } from '../page/axe.ts';
import { messageWith, type Stage, startStage } from '../page/stage.ts';

const phone = { width: 390, height: 844, touch: true };

/** The tasks of the demo on a busy morning: something is wrong with two, and each state is among them. */
function rowOf({ name, numbers, dialed, started }: SeededTask, i: number): BoardRow {
  const progress = { total: numbers, done: dialed, source: 'endpoint' as const };
  const task = { id: `task-${i}`, name, started, progress };
  const row = (
    group: BoardGroup,
    lever: BoardRow['lever'],
    change: Parameters<typeof sampleCard>[0] = {},
  ): BoardRow => ({
    group,
    lever,
    troubles: group === 'attention' ? ['line_dead'] : [],
    card: sampleCard({ ...change, task: { ...task, ...change.task } }),
  });
  const since = sampleNow - 1_200_000;
  if (numbers === 0) return row('paused', 'import', { state: 'draft', evidence: { kind: 'no_numbers' } });
  if (dialed === numbers)
    return row('finished', started ? 'pause' : null, {
      state: 'finished',
      evidence: { kind: 'all_dialed', unsure: null },
    });
  if (!started) return row('paused', 'start', { state: 'paused', evidence: { kind: 'switched_off' } });
  if (i === 4) return row('attention', 'line', { state: 'waiting', evidence: { kind: 'stalled', since } });
  if (i === 9)
    return row('waiting', 'pause', { state: 'waiting', evidence: { kind: 'quiet_hours', until: sampleNow } });
  return row('dialing', 'pause');
}

const groups: BoardGroup[] = ['attention', 'dialing', 'waiting', 'paused', 'finished'];
const morning = seededTasks.map(rowOf).sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));

describeInBrowser('the board of a channel', (visitor) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  beforeEach(() => stage.slack.reset());
  afterAll(() => stage.close());

  const post = (t: Catalogue) =>
    webClient(stage.slack).chat.postMessage({ channel: 'C0GENERAL1', ...channelBoardMessage(sampleBoard(morning), t) });

  test.each([
    ['alice', en],
    ['limei', zhCN],
  ] as const)('of a dozen tasks takes a phone screen and a half, as %s reads it', async (who, t) => {
    expect(morning).toHaveLength(12);
    await post(t);
    const page = await visitor.open(stage.address(who), phone);
    const board = messageWith(page, morning[0]?.card.task.name ?? '');
    await board.waitFor();
    const height = (await board.boundingBox())?.height ?? Number.POSITIVE_INFINITY;
    expect(height).toBeLessThanOrEqual(1.5 * phone.height);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  for (const [who, t] of [
    ['alice', en],
    ['limei', zhCN],
  ] as const) {
    for (const dark of [false, true]) {
      for (const size of [
        { width: 1280, height: 1000 },
        { ...phone, height: 1266 },
      ]) {
        const name = `board-${who}-${size.width}${dark ? '-dark' : ''}`;
        test(`${name} can be looked at`, async () => {
          await post(t);
          const page = await visitor.open(stage.address(who), { ...size, dark });
          await messageWith(page, morning[0]?.card.task.name ?? '').waitFor();
          await messageWith(page, morning[0]?.card.task.name ?? '').scrollIntoViewIfNeeded();
          await visitor.shot(page, name);
        });
      }
    }
  }
});
