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

export function createLines({ finder, metadata, clock }: LinesDeps): LinesUseCases {
  const metadataSoon = async (): Promise<DatedMetadata | null> =>
    metadata.peek() ??
    (await within<DatedMetadata | null, null>(
      clock,
      { ms: metadataWithinMs },
      metadata.fresh().catch(() => null),
      () => null,
    ));

  return {
    atHand() {
      const now = clock.now();
      return linesBoardOf(finder.atHand() ?? { cards: finder.known(), readAt: now }, metadata.peek(), now);
    },
    async board() {
      const [dated, read] = await Promise.all([finder.cards(), metadataSoon()]);
      return linesBoardOf(dated, read, clock.now());
    },
  };
}
