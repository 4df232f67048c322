import { type Choices, type CurrentLine, choicesOf } from './choices.ts';
import type { DatedMetadata, MetadataCache } from './metadata-cache.ts';

/** What can be chosen in a form. An edited task, as it is `current`, keeps its own line. */
export interface FormChoices {
  /**
   * Recent enough to open a form with; null otherwise. Never waits; refreshes them in the background when they get old.
   */
  atHand(current?: CurrentLine): Choices | null;
  /** The last ones read, whatever their age; null before the first read. */
  last(current?: CurrentLine): Choices | null;
  /** Read after this call. Throws `AppError`, also when `current` does. */
  fresh(current?: CurrentLine | Promise<CurrentLine>): Promise<Choices>;
}

export function createFormChoices(metadata: MetadataCache, minResidue: number): FormChoices {
  const choices = ({ metadata: read, readAt }: DatedMetadata, current?: CurrentLine): Choices =>
    choicesOf(read, readAt, { minResidue, current });
  const orNull = (dated: DatedMetadata | null, current?: CurrentLine): Choices | null =>
    dated === null ? null : choices(dated, current);
  return {
    atHand: (current) => orNull(metadata.peek(), current),
    last: (current) => orNull(metadata.last(), current),
    fresh: async (current) => choices(...(await Promise.all([metadata.fresh(), current]))),
  };
}
