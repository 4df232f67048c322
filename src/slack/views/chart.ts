import type { KnownBlock } from '@slack/types';
import { printable } from '../../core/text/printable.ts';
import { cut } from './cut.ts';
import type { MessageBody } from './limits.ts';

/** Slack's limits of a `data_visualization` (docs.slack.dev, reference/block-kit/blocks). */
const limits = { title: 50, label: 20, points: 20 } as const;

export interface ChartPoint {
  label: string;
  value: number;
}

/**
 * Bars of one series; null where there is nothing to compare. Neighbors are added up where there are more points than
 * Slack draws. A workspace whose Slack does not take the block refuses the whole message (`withoutCharts`).
 */
export function barChart(
  { title, series, axis }: { title: string; series: string; axis: { x: string; y: string } },
  points: readonly ChartPoint[],
): KnownBlock | null {
  if (points.length < 2) return null;
  const drawn = condensed(points);
  const block = {
    type: 'data_visualization',
    title: label(title, limits.title),
    chart: {
      type: 'bar',
      series: [{ name: label(series), data: drawn }],
      axis_config: { categories: drawn.map(({ label }) => label), x_label: label(axis.x), y_label: label(axis.y) },
    },
  };
  // The types of Slack do not know it yet.
  return block as unknown as KnownBlock;
}

function isChart(block: KnownBlock): boolean {
  return (block.type as string) === 'data_visualization';
}

/** The same message for a Slack that draws no charts, itself where it has none: what they show is also said in text. */
export function withoutCharts(message: MessageBody): MessageBody {
  const { blocks } = message;
  return blocks.some(isChart) ? { ...message, blocks: blocks.filter((block) => !isChart(block)) } : message;
}

function condensed(points: readonly ChartPoint[]): ChartPoint[] {
  const together = Math.ceil(points.length / limits.points);
  const drawn: ChartPoint[] = [];
  for (let from = 0; from < points.length; from += together) {
    const group = points.slice(from, from + together);
    drawn.push({ label: label(group[0]?.label ?? ''), value: group.reduce((sum, { value }) => sum + value, 0) });
  }
  return drawn;
}

const label = (text: string, max: number = limits.label): string => cut(printable(text), max);
