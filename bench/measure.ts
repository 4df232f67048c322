/** What every bench prints with: numbers of one quantity, in the order they were measured. */
export interface Row {
  name: string;
  /** Milliseconds, or ratios when `unit` says so. */
  samples: number[];
  unit: 'ms' | '×';
}

/** `name · n · min · median · max`, one line per row, in columns. A row without samples shows that there are none. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, samples, unit }) => [
    name,
    String(samples.length),
    ...[Math.min(...samples), median(samples), Math.max(...samples)].map((value) => shown(value, unit)),
  ]);
  return columns([['', 'n', 'min', 'median', 'max'], ...cells]);
}

/** Lines of cells in columns: the first flush left, all others flush right. */
export function columns(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Each sample against the baseline of the same round: what else the machine does in that moment falls on both. */
export function ratios(samples: readonly number[], baseline: readonly number[]): number[] {
  return samples.flatMap((sample, round) => {
    const base = baseline[round];
    return base === undefined || base === 0 ? [] : [sample / base];
  });
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

function shown(value: number, unit: Row['unit']): string {
  if (!Number.isFinite(value)) return '–';
  return unit === '×' ? `${value.toFixed(2)}×` : `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}
