/** Slack delivers again for up to some minutes after a lost acknowledgement (docs.slack.dev, Events API). */
const rememberForMs = 10 * 60_000;
const atMost = 10_000;

/**
 * Remembers which deliveries were seen, so that a payload delivered twice takes effect once. What must not happen
 * twice over several bots or restarts is guarded in the store as well; this is the cheap first line.
 */
export function createSeen(now: () => number) {
  const until = new Map<string, number>();
  return {
    /** True the first time a key is shown, false for ten minutes after that. */
    first(key: string): boolean {
      const at = now();
      for (const [known, end] of until) {
        if (end > at && until.size <= atMost) break;
        until.delete(known);
      }
      if ((until.get(key) ?? 0) > at) return false;
      until.set(key, at + rememberForMs);
      return true;
    },
  };
}
