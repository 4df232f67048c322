/**
 * What acts once over restarts and over all bots: the first to claim a key carries it out. A claim is forgotten when
 * its time is up. All throw `store_failed`.
 */
export interface Claims {
  /**
   * True for the first claim of `key`; false until now + `ttlMs` for every other, on any bot. The database decides, in
   * one statement.
   */
  claimOnce(key: string, ttlMs: number): Promise<boolean>;
  /** Keeps what the claimed delivery was answered, for those that come after it. Nothing happens to a key not claimed. */
  keepAnswer(key: string, text: string): Promise<void>;
  /** What the claimed delivery was answered; null as long as it was not, and for a key that is not claimed now. */
  answerTo(key: string): Promise<string | null>;
  /** Gives a claim up that was not carried out: the next one is the first again. */
  unclaim(key: string): Promise<void>;
}
