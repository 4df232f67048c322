import type { Board } from './board.ts';
import type { Changes, Versions } from './ports.ts';

/** Brings the board up to what all bots have stored; reads no more than what was written since the last time. */
export async function refreshBoard(board: Board, store: Changes): Promise<Versions> {
  const versions = await store.versions();
  const { readings, polledAt } = versions;
  if (readings > board.revision) {
    for (const reading of await store.readingsSince(board.revision)) board.adopt(reading, polledAt);
    board.hasRead(readings);
  }
  if (polledAt !== null) board.seenAt(polledAt);
  return versions;
}
