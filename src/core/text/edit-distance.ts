/** How many single-character edits lie between two words, whole against whole or one within the other. */
export function typosBetween(one: string, other: string): number {
  return Math.max(distanceWithin(one, other), distanceWithin(other, one));
}

/**
 * How many single-character edits (insert, delete, replace, swap of neighbors) turn `typed` into some part of `text`: 0
 * when it occurs verbatim. Counts characters, not UTF-16 units, so that it works for Chinese names too.
 */
export function distanceWithin(typed: string, text: string): number {
  const a = Array.from(typed);
  const b = Array.from(text);
  // Rows of the usual table; the first row is all zeros because the part may begin anywhere. Typed arrays, because
  // typos are searched for among all tasks of an account.
  let beforeLast = new Uint16Array(b.length + 1);
  let last = new Uint16Array(b.length + 1);
  let row = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i;
    let left = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = (last[j - 1] ?? 0) + (same ? 0 : 1);
      if (left + 1 < least) least = left + 1;
      const above = (last[j] ?? 0) + 1;
      if (above < least) least = above;
      if (!same && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        const swapped = (beforeLast[j - 2] ?? 0) + 1;
        if (swapped < least) least = swapped;
      }
      row[j] = least;
      left = least;
    }
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return last.reduce((least, value) => Math.min(least, value), a.length);
}
