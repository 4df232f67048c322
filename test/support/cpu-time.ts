/** The CPU time that this process takes for `work`, ms: on a busy machine the same, which the time of day is not. */
export function cpuTimeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Below this, ms, the clock decides. */
const leastTime = 0.5;
const fewestTries = 3;
const mostTries = 12;
/** So little growth is linear, whatever more tries would show. */
const clearlyLinear = 2.5;

/**
 * How much more CPU time the doubled work takes: 2 where it is linear, 4 where it is quadratic. Of both the least of
 * several tries counts, because collecting garbage and compiling fall on some of them.
 */
export function growthOf(work: () => unknown, doubled: () => unknown): number {
  let [least, leastDoubled, growth] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN];
  for (let tries = 1; tries <= mostTries; tries += 1) {
    least = Math.min(least, cpuTimeOf(work));
    leastDoubled = Math.min(leastDoubled, cpuTimeOf(doubled));
    growth = leastDoubled / Math.max(leastTime, least);
    if (tries >= fewestTries && growth < clearlyLinear) break;
  }
  return growth;
}

/** The least CPU time, ms, that this process takes for asynchronous work in several tries. */
export async function leastCpuTimeOf(work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < fewestTries; tries += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}
