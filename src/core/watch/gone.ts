/**
 * How long the reading of a deleted task is kept, should the task be listed again after all, ms. A watched one has a
 * card and a message that would then be wrong; its watches end with it.
 */
export const goneKeptMs = { unwatched: 10 * 60_000, watched: 24 * 3_600_000 };
