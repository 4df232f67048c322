import { createDeliverer, type Deliverer, type DelivererDeps } from '../../../src/core/notices/deliver.ts';
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
  const store = await folder.open();
  const board = createBoard(clock);
  const slack = createFakeSlack(clock.now);
  const bots: Deliverer[] = [];
  return {
    clock,
    log,
    folder,
    store,
    board,
    slack,
    bots,
    /** A bot that delivers, until the rig is closed. */
    bot(over: Partial<DelivererDeps> = {}): Deliverer {
      const deliverer = createDeliverer({ store, messenger: slack, clock, log, board, owner: 'bot-1', ...over });
      bots.push(deliverer);
      return deliverer;
    },
    async close(): Promise<void> {
      for (const bot of bots.splice(0)) await clock.until(bot.stop());
      await folder.remove();
    },
  };
}

export type DeliveryRig = Awaited<ReturnType<typeof createDeliveryRig>>;
