import type { Leases } from '../../src/core/time/leases.ts';

/** Leases as the store keeps them, for tests without one. While `fail(true)`, every call throws. */
export function memoryLeases(now: () => number): Leases & { fail(failing: boolean): void } {
  const leases = new Map<string, { owner: string; until: number }>();
  let failing = false;
  const answer = <T>(value: T): Promise<T> => (failing ? Promise.reject(new Error('down')) : Promise.resolve(value));
  return {
    fail(next) {
      failing = next;
    },
    lease(name, owner, ttlMs) {
      const held = leases.get(name);
      const free = held === undefined || held.until <= now() || held.owner === owner;
      if (free && !failing) leases.set(name, { owner, until: now() + ttlMs });
      return answer(free);
    },
    renew(name, owner, ttlMs) {
      const ours = leases.get(name)?.owner === owner;
      if (ours && !failing) leases.set(name, { owner, until: now() + ttlMs });
      return answer(ours);
    },
    release(name, owner) {
      if (!failing && leases.get(name)?.owner === owner) leases.delete(name);
      return answer(undefined);
    },
    leased: (prefix) =>
      answer([...leases].filter(([name, { until }]) => name.startsWith(prefix) && until > now()).map(([name]) => name)),
  };
}
