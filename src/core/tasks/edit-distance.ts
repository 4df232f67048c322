/**
 * How many single-character edits (insert, delete, replace, swap of neighbours) turn `typed` into some part of `text`:
 * 0 when it occurs as it stands. Counts characters, not UTF-16 units, so that it serves Chinese names too.
 */
export function distanceWithin(typed: string, text: string): number {
  const a = [...typed];
  const b = [...text];
  // Rows of the usual table; the first row is all zeros because the part may begin anywhere.
  let beforeLast: number[] = [];
  let last = new Array<number>(b.length + 1).fill(0);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(last, j) + 1,
          at(row, j - 1) + 1,
          at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
          swapped ? at(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = row;
  }
  return last.reduce((least, value) => Math.min(least, value), a.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
