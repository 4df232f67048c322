import type { Claims } from '../../src/core/time/claims.ts';

/** Claims as the store keeps them, for tests without one. Two users of the same are two bots of one store. */
export function memoryClaims(now: () => number): Claims & { keys(): string[] } {
  const claims = new Map<string, { until: number; answer: string | null }>();
  const valid = (key: string) => {
    const claim = claims.get(key);
    return claim !== undefined && claim.until > now() ? claim : null;
  };
  return {
    async claimOnce(key, ttlMs) {
      if (valid(key) !== null) return false;
      claims.set(key, { until: now() + ttlMs, answer: null });
      return true;
    },
    async keepAnswer(key, text) {
      const claim = claims.get(key);
      if (claim !== undefined) claim.answer = text;
    },
    answerTo: async (key) => valid(key)?.answer ?? null,
    async unclaim(key) {
      claims.delete(key);
    },
    keys: () => [...claims.keys()],
  };
}
