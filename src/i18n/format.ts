/** Building a format costs more than a hundred uses of it, and one card shows a dozen numbers. */
const wholeFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenthsFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A whole or fractional number with thousands separators (8,214 in both languages) and at most one decimal. */
export function grouped(n: number): string {
  return (Math.abs(n) < 10 ? tenthsFormat : wholeFormat).format(n);
}

/** The English count of a thing: `1 line`, `3 lines`. */
export function counted(n: number, one: string, many: string): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

/** A span of time in whole hours and minutes, or in seconds if it is shorter than a minute. */
export function span(ms: number): { hours: number; minutes: number; seconds: number } {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return { hours: 0, minutes: 0, seconds };
  const minutes = Math.round(seconds / 60);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60, seconds: 0 };
}
