/** The CPU time that this process takes for `work`, ms: on a busy machine the same, which the time of day is not. */
export function cpuTimeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
