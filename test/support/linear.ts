/** How much longer `work` takes on an input twice as long: the least of several tries, in CPU time of this process. */
export function growth(inputOf: (length: number) => string, work: (input: string) => unknown, length = 20_000): number {
  const cost = (input: string): number => {
    const tries = Array.from({ length: 5 }, () => {
      const before = process.cpuUsage();
      work(input);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    });
    return Math.min(...tries);
  };
  // A floor of half a millisecond: below it the clock decides.
  return cost(inputOf(2 * length)) / Math.max(500, cost(inputOf(length)));
}
