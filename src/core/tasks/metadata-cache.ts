import type { Metadata } from '../model/metadata.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import { createOutage } from '../time/outage.ts';

export interface DatedMetadata {
  metadata: Metadata;
  /** When it was read, epoch ms. */
  readAt: number;
}

export interface MetadataCache {
  /**
   * The cached metadata, if recent enough to open a form with; null otherwise. Never waits. Refreshes it in the
   * background when it is getting old.
   */
  peek(): DatedMetadata | null;
  /** The last metadata read, whatever its age; null before the first read. */
  last(): DatedMetadata | null;
  /** Metadata read after this call; concurrent calls share one request. Throws `AppError`. */
  fresh(): Promise<DatedMetadata>;
}

/** A form may open with metadata of this age; a submission is checked against a fresh read anyway. */
const usableForMs = 5 * 60_000;
/** Beyond this age, using it also starts a refresh. */
const refreshAfterMs = 20_000;

/** Caches the platform's init metadata so that a form opens at once, whatever the platform is doing. */
export function createMetadataCache(dialer: Pick<Dialer, 'metadata'>, clock: Clock, log: Log): MetadataCache {
  let known: DatedMetadata | null = null;
  let knownSince = Number.NEGATIVE_INFINITY;
  let running: Promise<DatedMetadata> | null = null;
  const outage = createOutage(
    { clock, log },
    { begins: 'metadata could not be read', ends: 'metadata can be read again' },
  );

  const fresh = (): Promise<DatedMetadata> => {
    running ??= dialer
      .metadata()
      .then((metadata) => {
        known = { metadata, readAt: clock.now() };
        knownSince = clock.elapsed();
        return known;
      })
      .finally(() => {
        running = null;
      });
    running.then(
      () => outage.works('metadata'),
      (thrown) => outage.failed('metadata', thrown, 'warn'),
    );
    return running;
  };

  return {
    fresh,
    last: () => known,
    peek() {
      const age = clock.elapsed() - knownSince;
      if (age > refreshAfterMs) {
        fresh().catch(() => undefined);
      }
      return age <= usableForMs ? known : null;
    },
  };
}
