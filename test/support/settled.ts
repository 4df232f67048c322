/**
 * Until what runs in this process has come to rest: some real time for its timers, and then turns of the event loop for
 * its sockets, since on a busy machine the time may pass without a turn.
 */
export async function settled(ms = 15, turns = 60): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
