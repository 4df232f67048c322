/** The CPU time that this process takes for `work`, ms: on a busy machine the same, which the time of day is not. */
export function cpuTimeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Below this, ms, the clock decides. */
const leastTime = 0.25;
const fewestTries = 3;
const mostTries = 12;
/** So far apart that neither compiling nor collecting garbage makes the one look like the other. */
const times = 16;
/** In the middle of linear and quadratic: four times the linear time. */
export const superlinear = 1.5;

/**
 * The exponent with which the CPU time of `work` grows with its size: 1 where it is linear, 2 where it is quadratic. Of
 * `largest`, and of sixteen times a sixteenth of it, the least of several tries counts.
 */
export function growthOf<Input>(
  inputOf: (size: number) => Input,
  largest: number,
  work: (input: Input) => unknown,
): number {
  const [input, more] = [inputOf(largest / times), inputOf(largest)];
  let [least, leastOfMore, growth] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN];
  for (let tries = 1; tries <= mostTries; tries += 1) {
    least = Math.min(
      least,
      cpuTimeOf(() => {
        for (let turn = 0; turn < times; turn += 1) work(input);
      }),
    );
    leastOfMore = Math.min(
      leastOfMore,
      cpuTimeOf(() => work(more)),
    );
    growth = 1 + Math.log(leastOfMore / Math.max(leastTime, least)) / Math.log(times);
    if (tries >= fewestTries && growth < superlinear) break;
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
