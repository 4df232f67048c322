/**
 * `next`, with every part that equals its counterpart in `previous` replaced by that very object. Snapshots arrive as
 * fresh JSON; sharing what did not change lets memoized components skip it.
 */
export function share<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(next)) {
    if (!Array.isArray(previous)) return next;
    const merged = next.map((item, index) => share(previous[index], item));
    const same = merged.length === previous.length && merged.every((item, index) => item === previous[index]);
    return (same ? previous : merged) as T;
  }
  if (isRecord(next) && isRecord(previous)) {
    const keys = Object.keys(next);
    const merged: Record<string, unknown> = {};
    for (const key of keys) merged[key] = share(previous[key], next[key]);
    const same = keys.length === Object.keys(previous).length && keys.every((key) => merged[key] === previous[key]);
    return (same ? previous : merged) as T;
  }
  return next;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
