import { expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { createCharts } from '../../../../src/slack/api/charts.ts';
import { barChart } from '../../../../src/slack/views/chart.ts';
import { section } from '../../../../src/slack/views/parts.ts';

const silent = { info: () => undefined };
const points = (count: number) => Array.from({ length: count }, (_, i) => ({ label: `${i}:00`, value: i }));
const chartOf = (count: number) =>
  barChart({ title: 'Dialed per hour', series: 'Dialed', axis: { x: '', y: 'Dialed' } }, points(count));
const body = () => {
  const chart = chartOf(3);
  return { text: 'x', blocks: [section('x'), ...(chart === null ? [] : [chart])] };
};

/** A Slack that refuses charts; what it took. */
function refusing(chatError: string) {
  const taken: number[] = [];
  let calls = 0;
  return {
    taken,
    calls: () => calls,
    send: async ({ blocks }: { blocks: unknown[] }) => {
      calls += 1;
      if (blocks.length > 1) throw new AppError('chat_failed', 'x', { details: { chatError } });
      taken.push(blocks.length);
    },
  };
}

test('a chart that is refused is left out, from then on without asking', async () => {
  const charts = createCharts(silent);
  const slack = refusing('invalid_blocks');
  await charts.send(body(), slack.send);
  await charts.send(body(), slack.send);
  expect([slack.taken, slack.calls()]).toEqual([[1, 1], 3]);
});

test('what is refused for another reason is not sent again', async () => {
  const slack = refusing('not_in_channel');
  await expect(createCharts(silent).send(body(), slack.send)).rejects.toMatchObject({ code: 'chat_failed' });
  expect(slack.calls()).toBe(1);
});

test.each([
  [0, null],
  [1, null],
  [2, 2],
  [20, 20],
  [24, 12],
  [31, 16],
])('%i points are drawn as %s, and none is lost', (count, drawn) => {
  const chart = chartOf(count) as unknown as { chart: { series: { data: { value: number }[] }[] } } | null;
  const data = chart?.chart.series[0]?.data ?? null;
  expect(data?.length ?? null).toBe(drawn);
  if (data !== null) expect(data.reduce((sum, { value }) => sum + value, 0)).toBe((count * (count - 1)) / 2);
});
