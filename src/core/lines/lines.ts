import type { CardData } from '../model/card.ts';
import type { Clock } from '../ports.ts';
import type { TaskFinder } from '../tasks/finder.ts';
import type { DatedMetadata, MetadataCache } from '../tasks/metadata-cache.ts';
import { within } from '../time/waiting.ts';
import { type LinesBoard, linesBoardOf } from './standing.ts';

/** Who holds which line. */
export interface LinesUseCases {
  /** From what is known of the tasks, whatever its age, and recent metadata if there are any. Never waits. */
  atHand(): LinesBoard;
  /** From a recent poll, else from the platform. Metadata that cannot be had are said to be missing. Throws `AppError`. */
  board(): Promise<LinesBoard>;
}

interface LinesDeps {
  finder: Pick<TaskFinder, 'atHand' | 'known' | 'cards'>;
  metadata: Pick<MetadataCache, 'peek' | 'fresh'>;
  clock: Pick<Clock, 'now' | 'sleep'>;
}

/** How long a board waits for metadata: the tasks alone say who holds a line, ms. */
const metadataWithinMs = 2_000;

/** How long a board may be used again while nothing else has changed, ms. */
const renewMs = 60_000;

export function createLines({ finder, metadata, clock }: LinesDeps): LinesUseCases {
  const metadataSoon = async (): Promise<DatedMetadata | null> =>
    metadata.peek() ??
    (await within<DatedMetadata | null, null>(
      clock,
      { ms: metadataWithinMs },
      metadata.fresh().catch(() => null),
      () => null,
    ));

  let last: { cards: readonly CardData[]; dated: DatedMetadata | null; at: number; board: LinesBoard } | null = null;
  /** Made once between two polls, for every Home and command: the time alone changes it only when a line ends. */
  const boardOf = (given: { cards: readonly CardData[]; readAt: number }, dated: DatedMetadata | null): LinesBoard => {
    const now = clock.now();
    const isKnown = last?.cards === given.cards && last.dated === dated && Math.abs(now - last.at) < renewMs;
    if (last === null || !isKnown)
      last = { cards: given.cards, dated, at: now, board: linesBoardOf(given, dated, now) };
    return { ...last.board, tasksReadAt: given.readAt };
  };

  return {
    atHand() {
      return boardOf(finder.atHand() ?? { cards: finder.known(), readAt: clock.now() }, metadata.peek());
    },
    async board() {
      const [dated, read] = await Promise.all([finder.cards(), metadataSoon()]);
      return boardOf(dated, read);
    },
  };
}
