/** What the processes of the bench say to each other. */

/** What a process does with a file, given as its arguments. */
export type Work =
  /** With csv-parse, or as a list is read: what it costs. */
  | 'parse'
  | 'read'
  /** As a bot does, into the ledger: how long nothing else has its turn. */
  | 'preview'
  /** As a bot does, to a platform; and what a loop of requests with the same numbers does. Both give ms. */
  | 'send'
  | 'post';

export type Said =
  /** Everything is started, and nothing is done so far. */
  | { idle: true }
  | { cpuMs: number }
  /** The 99th percentile, ms. */
  | { stopMs: number }
  | { tookMs: number };
