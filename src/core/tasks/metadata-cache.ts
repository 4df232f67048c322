import type { Metadata } from '../model/metadata.ts';
import type { Clock, Dialer, Log } from '../ports.ts';

export interface DatedMetadata {
  metadata: Metadata;
  /** Epoch ms of the reading. */
  readAt: number;
}

export interface MetadataCache {
  /** What is at hand and young enough to open a form with; null otherwise. Never waits. Starts a refresh when it is getting old. */
  peek(): DatedMetadata | null;
  /** The last reading, whatever its age; null before the first. */
  last(): DatedMetadata | null;
  /** A reading that arrives after this call; concurrent calls share one request. Throws `AppError`. */
  fresh(): Promise<DatedMetadata>;
}

/** A form may open on metadata of this age; what is submitted is checked against a fresh reading anyway. */
const usableForMs = 5 * 60_000;
/** Beyond this age, using it also starts a refresh. */
const refreshAfterMs = 20_000;

/** Keeps the platform's init metadata so that a form opens at once, whatever the platform is doing. */
export function createMetadataCache(dialer: Pick<Dialer, 'metadata'>, clock: Clock, log: Log): MetadataCache {
  let known: DatedMetadata | null = null;
  let running: Promise<DatedMetadata> | null = null;

  const fresh = (): Promise<DatedMetadata> => {
    running ??= dialer
      .metadata()
      .then((metadata) => {
        known = { metadata, readAt: clock.now() };
        return known;
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  return {
    fresh,
    last: () => known,
    peek() {
      const age = known === null ? Number.POSITIVE_INFINITY : clock.now() - known.readAt;
      if (age > refreshAfterMs) {
        fresh().catch((error) => log.warn('metadata could not be read', { code: error?.code ?? 'internal' }));
      }
      return age <= usableForMs ? known : null;
    },
  };
}
