import { expect, test } from '@jest/globals';
import { barChart } from '../../../../src/slack/views/chart.ts';

const points = (count: number) => Array.from({ length: count }, (_, i) => ({ label: `${i}:00`, value: i }));
const chartOf = (count: number) =>
  barChart({ title: 'Dialed per hour', series: 'Dialed', axis: { x: '', y: 'Dialed' } }, points(count));

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
