/**
 * How long a test waits for what a real process, socket or app does: what takes longer hangs. Far beyond what a machine
 * needs that is busy with other work, and short of the time limit of a test.
 */
export const longestMs = 90_000;

/**
 * Waits for what a real socket or a real app does, and returns it. Fails when it does not happen at all.
 * @param withinMs for what waits by design as well
 */
export async function eventually<T>(
  probe: () => T | false | undefined | Promise<T | false | undefined>,
  withinMs = longestMs,
): Promise<T> {
  for (const began = performance.now(); ; ) {
    const found = await probe();
    if (found !== false && found !== undefined) return found;
    if (performance.now() - began > withinMs) throw new Error('It did not happen.');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Something to wait at until the test opens it. */
export function createGate(): { opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
