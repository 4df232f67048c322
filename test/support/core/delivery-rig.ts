import { createBoard } from '../../../src/core/watch/board.ts';
import { createManualClock } from '../manual-clock.ts';
import { recordingLog, storeFolder } from '../real-store.ts';
import { createFakeSlack } from './fake-messenger.ts';
import { t0 } from './looks.ts';

/** What a deliverer works with: a real store and a board, a workspace in memory, and a clock that a test moves. */
export async function createDeliveryRig() {
  const clock = createManualClock(t0);
  const log = recordingLog();
  const folder = await storeFolder(clock, log);
  return {
    clock,
    log,
    folder,
    store: await folder.open(),
    board: createBoard(clock),
    slack: createFakeSlack(clock.now),
  };
}

export type DeliveryRig = Awaited<ReturnType<typeof createDeliveryRig>>;
