import { createHash } from 'node:crypto';

const { imul } = Math;

/**
 * A number in [0, 1) that only depends on its arguments. What happens to a call does not depend on the order in which
 * calls are computed, so the same seed gives the same day however often the clock is read.
 */
export function chance(seed: number, ...parts: number[]): number {
  let h = seed | 0;
  // By index: a day of simulated calls draws a million times.
  for (let i = 0; i < parts.length; i += 1) {
    h = imul(h ^ (parts[i] ?? 0), 0x9e3779b1);
    h = imul(h ^ (h >>> 15), 0x85ebca6b);
    h ^= h >>> 13;
  }
  h = imul(h ^ (h >>> 16), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

/** A UUID that only depends on its arguments. */
export function stableUuid(seed: number, name: string): string {
  const hex = createHash('sha256').update(`${seed}:${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
