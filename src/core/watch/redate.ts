import type { Reading, Tally } from '../model/reading.ts';

/** A clock that is off by no more than this runs a little fast or slow; by more, it was set. */
export const maxDriftMs = 2_000;

/**
 * The same history by a clock that was set `byMs` forward (negative: back): how long ago everything was stays as it is.
 * The end of quiet hours is a time of day, so it stays.
 */
export function redated(reading: Reading, byMs: number): Reading {
  const moved = (instant: number | null): number | null => (instant === null ? null : instant + byMs);
  const { tally, actor, acts } = reading;
  return {
    ...reading,
    takenAt: reading.takenAt + byMs,
    movedAt: moved(reading.movedAt),
    startedAt: moved(reading.startedAt),
    leftSince: moved(reading.leftSince),
    fullSince: moved(reading.fullSince),
    presumedEnd: moved(reading.presumedEnd),
    endsAt: moved(reading.endsAt),
    tally: tally === null ? null : redatedTally(tally, byMs),
    actor: actor === null ? null : { ...actor, at: actor.at + byMs },
    acts: acts.map((act) => ({ ...act, at: act.at + byMs })),
  };
}

function redatedTally(tally: Tally, byMs: number): Tally {
  return {
    ...tally,
    since: tally.since + byMs,
    countedTo: tally.countedTo === null ? null : tally.countedTo + byMs,
    adjustedAt: tally.adjustedAt === null ? null : tally.adjustedAt + byMs,
    endedAt: tally.endedAt === null ? null : tally.endedAt + byMs,
  };
}
