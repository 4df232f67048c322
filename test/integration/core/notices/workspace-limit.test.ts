import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import { createDeliverer, type Deliverer } from '../../../../src/core/notices/deliver.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import { catalogueOf } from '../../../../src/i18n/translator.ts';
import { boltLogger } from '../../../../src/log.ts';
import { createMessenger } from '../../../../src/slack/api/messenger.ts';
import type { Store } from '../../../../src/store/store.ts';
import { t0, taskOf } from '../../../support/core/looks.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';

const tasks = Array.from({ length: 60 }, (_, n) => `task-${n}`);
const channels = ['C0GENERAL1', 'C0CALLS001', 'C0LOUNGE01'];

let clock: ManualClock;
let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
let slack: SlackSandbox;
let deliverer: Deliverer;
let board: Board;
/** Requests that are on their way. */
let underWay = 0;

beforeEach(async () => {
  clock = createManualClock(t0);
  const log = recordingLog();
  folder = await storeFolder(clock, log);
  store = await folder.open();
  board = createBoard(clock);
  slack = await createSlackSandbox({
    clock: {
      now: clock.now,
      after(ms, run) {
        const cancelled = new AbortController();
        void clock.sleep(ms, cancelled.signal).then(() => cancelled.signal.aborted || run());
        return () => cancelled.abort();
      },
    },
  });
  const client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
    async fetch(...request) {
      underWay += 1;
      try {
        const response = await fetch(...request);
        return new Response(await response.text(), response);
      } finally {
        underWay -= 1;
      }
    },
  });
  const messenger = createMessenger(client, catalogueOf('en'));
  deliverer = createDeliverer({ store, messenger, clock, log, board, owner: 'bot' });
});
afterEach(async () => {
  await deliverer.stop();
  await slack.close();
  await folder.remove();
});

/** Time goes on in small steps, and stands still while a request is on its way. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 250) {
    await clock.advance(250);
    while (underWay > 0) await turn();
    await clock.advance(0);
  }
}

async function poll(done: number): Promise<void> {
  const readings = tasks.map((id) =>
    nextReading(board.get(id), taskOf({ on: true, bar: [done, 10_000], id }), clock.now()),
  );
  const saved = await store.saveReadings(readings.map((reading) => ({ reading, notices: [] })));
  for (const reading of saved) board.put(reading);
  void deliverer.flush();
}

/** Polls and edits for so many times 20 s; returns the edits that arrived, with their moments since the beginning. */
async function edits(rounds: number): Promise<{ at: number; ts: unknown; outcome: string }[]> {
  const from = clock.now();
  const seen: { at: number; ts: unknown; outcome: string }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    slack.traffic.clear();
    await poll(round + 2);
    await pass(20_000);
    for (const { at, sent, outcome } of slack.traffic.exchanges('chat.update')) {
      seen.push({ at: at - from, ts: sent.ts, outcome });
    }
  }
  return seen;
}

test('60 moving cards for 20 minutes over HTTP, against the stand-in that accepts 50 edits a minute, and then only 30', async () => {
  for (const [n, taskId] of tasks.entries()) {
    const channel = channels[n % channels.length] ?? '';
    await store.addWatch({ taskId, channel, owner: 'U0ALICE001', createdAt: clock.now() });
  }
  await poll(1);
  await pass(30_000);
  const cards = (await store.watches()).map(({ cardRef }) => cardRef);
  expect(cards).not.toContain(null);

  slack.faults.limitCalls('chat.update', { burst: 50, everyMs: 1_200, retryAfter: 10 });
  const made = await edits(60);
  expect(made.filter(({ at, outcome }) => outcome !== 'ok' && at > 60_000)).toEqual([]);
  for (const card of cards) {
    const moments = [0, ...made.filter(({ ts }) => ts === card).map(({ at }) => at), 20 * 60_000];
    expect(Math.max(...moments.slice(1).map((at, n) => at - (moments[n] ?? 0)))).toBeLessThanOrEqual(80_000);
  }

  slack.faults.limitCalls('chat.update', { burst: 5, everyMs: 2_000, retryAfter: 10 });
  const slowed = await edits(6);
  const refused = slowed.filter(({ outcome }) => outcome.startsWith('429')).map(({ at }) => at);
  expect(refused.length).toBeGreaterThan(0);
  for (const at of refused) {
    // Those that were on their way are all that comes before the ten seconds are over.
    expect(slowed.filter((edit) => edit.at > at + 250 && edit.at < at + 10_000)).toEqual([]);
  }
});
