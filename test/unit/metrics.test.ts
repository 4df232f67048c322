import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/core/errors.ts';
import type { taskStates } from '../../src/core/model/reading.ts';
import type { Messenger } from '../../src/core/ports.ts';
import { measuredMessenger, measuredPoll } from '../../src/measured.ts';
import { createMetrics, type Gauged } from '../../src/metrics.ts';
import { metricsText, samplesIn } from '../support/metrics-text.ts';
import { sampleBoard, sampleCard, sampleNotice } from '../support/samples.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const read = (file: string): string => readFileSync(join(docs, file), 'utf8');

const nothing: Gauged = {
  states: () => [],
  unsent: async () => ({ items: 0, oldestAt: null }),
  waitingEdits: () => 0,
};

function rig(gauged: Partial<Gauged> = {}) {
  let elapsed = 50_000;
  const clock = {
    now: () => elapsed,
    elapsed: () => elapsed,
    pass(ms: number) {
      elapsed += ms;
    },
  };
  const metrics = createMetrics({ ...nothing, ...gauged }, { clock, ofProcess: false });
  return { clock, metrics, samples: async () => samplesIn(await metricsText(metrics)) };
}

/** The names of ours that a text mentions; what histograms add to theirs is taken off. */
const namesIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/\bdialdeck_[a-z_]+/g)].map(([name]) => name.replace(/_(?:bucket|count|sum)$/, '')));

describe('what is documented', () => {
  test('every metric is in the table, and nothing else', async () => {
    const { metrics } = rig();
    const defined = [...(await metricsText(metrics)).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    const rows = [...read('admin/monitoring.md').matchAll(/^\| `(dialdeck_\w+)` \|/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(defined.sort());
  });

  test('alert rules and dashboard name only metrics that exist', async () => {
    const { metrics } = rig();
    const defined = namesIn(await metricsText(metrics));
    expect(readdirSync(join(docs, 'monitoring')).sort()).toEqual(['dialdeck.rules.yml', 'grafana.json']);
    const { panels } = JSON.parse(read('monitoring/grafana.json')) as { panels: { targets: { expr: string }[] }[] };
    const used = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(used.length).toBeGreaterThan(10);
    for (const text of [...used, read('monitoring/dialdeck.rules.yml')])
      for (const name of namesIn(text)) expect(defined).toContain(name);
  });
});

test('the age of the last good poll: from the start before the first, and a failed one does not make it younger', async () => {
  const { metrics, clock, samples } = rig();
  const poll = (result: Promise<unknown>) => measuredPoll(() => result, clock, metrics);
  clock.pass(3_000);
  expect((await samples()).get('dialdeck_poll_age_seconds')).toBe(3);
  await poll(Promise.resolve());
  clock.pass(20_000);
  const failure = new AppError('platform_timeout', 'slow');
  await expect(poll(Promise.reject(failure))).rejects.toBe(failure);
  clock.pass(1_000);
  const found = await samples();
  expect(found.get('dialdeck_poll_age_seconds')).toBe(21);
  expect(found.get('dialdeck_poll_duration_seconds_count{outcome="ok"}')).toBe(1);
  expect(found.get('dialdeck_poll_duration_seconds_count{outcome="platform_timeout"}')).toBe(1);
});

test('tasks are counted anew at each scrape', async () => {
  let states = ['dialing', 'dialing', 'paused'] as (typeof taskStates)[number][];
  const { samples } = rig({ states: () => states });
  expect((await samples()).get('dialdeck_tasks{state="dialing"}')).toBe(2);
  states = ['paused'];
  const found = await samples();
  expect([...found].filter(([name]) => name.startsWith('dialdeck_tasks'))).toEqual([
    ['dialdeck_tasks{state="paused"}', 1],
  ]);
});

test('what waits for Slack', async () => {
  const none = await rig().samples();
  expect([none.get('dialdeck_outbox_items'), none.get('dialdeck_outbox_oldest_seconds')]).toEqual([0, 0]);
  const unsent = async () => ({ items: 3, oldestAt: 1_000 });
  const { samples, clock } = rig({ unsent, waitingEdits: () => 7 });
  clock.pass(9_000);
  const found = await samples();
  const names = ['dialdeck_outbox_items', 'dialdeck_outbox_oldest_seconds', 'dialdeck_edits_waiting'];
  expect(names.map((name) => found.get(name))).toEqual([3, 58, 7]);
});

test.each([
  ['ok', null],
  ['rate_limited', { retryAfterMs: 1_000 }],
  ['refused', { permanent: true, chatError: 'is_archived' }],
  ['unknown', { maybeSent: true }],
  ['failed', {}],
])('a send that ends as %s', async (outcome, details) => {
  const { metrics, samples } = rig();
  const error = new AppError('chat_failed', 'no', { details: details ?? {} });
  const answer = async () => {
    if (details !== null) throw error;
    return '1.1';
  };
  const heard: unknown[] = [];
  const methods = ['postCard', 'updateCard', 'postBoard', 'updateBoard', 'postNotice', 'updateNotice'];
  const messenger = measuredMessenger(
    Object.fromEntries(methods.map((method) => [method, answer])) as unknown as Messenger,
    metrics,
    (thrown) => heard.push(thrown),
  );
  const calls = [
    messenger.postCard('C', sampleCard(), 'k'),
    messenger.updateCard('C', '1.1', sampleCard()),
    messenger.postBoard('C', sampleBoard([]), 'k'),
    messenger.updateBoard('C', '1.1', sampleBoard([])),
    messenger.postNotice('C', { notice: sampleNotice() }, 'k'),
    messenger.updateNotice('C', '1.1', { notice: sampleNotice() }),
  ];
  const ends = await Promise.all(calls.map((call) => call.catch((thrown: unknown) => thrown)));
  expect(heard).toEqual(calls.map(() => (details === null ? null : error)));
  if (details !== null) expect(ends).toEqual(calls.map(() => error));
  const found = await samples();
  for (const message of ['card_post', 'card_edit', 'board_post', 'board_edit', 'notice_post', 'notice_edit'])
    expect(found.get(`dialdeck_sends_total{message="${message}",outcome="${outcome}"}`)).toBe(1);
});

test('acts, interactions and imports', async () => {
  const { metrics, samples } = rig();
  metrics.acted('pause', 'done', 120);
  metrics.interacted('command', 80);
  metrics.imported({ taken: 90, refused: 4, unsent: 0, unknown: 6 });
  metrics.imported({ taken: 10, refused: 0, unsent: 0, unknown: 0 });
  const found = await samples();
  expect(found.get('dialdeck_act_duration_seconds_sum{act="pause",outcome="done"}')).toBe(0.12);
  expect(found.get('dialdeck_interaction_duration_seconds_bucket{le="0.1",kind="command"}')).toBe(1);
  expect(found.get('dialdeck_interaction_duration_seconds_bucket{le="0.05",kind="command"}')).toBe(0);
  expect(found.get('dialdeck_import_numbers_total{outcome="taken"}')).toBe(100);
  expect(found.get('dialdeck_import_numbers_total{outcome="unsent"}')).toBeUndefined();
});
