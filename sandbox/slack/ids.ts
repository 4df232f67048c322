/** Makes the identifiers of one workspace: unique for its life, in Slack's shapes. */
export interface Ids {
  /** `1700000000.000123`, strictly increasing even when the clock stands still. */
  ts(): string;
  /** An upper-case id with that prefix, e.g. `C0000000A1`. */
  id(prefix: string): string;
  /** A lower-case random-looking token, for hashes, trigger ids and secret addresses. */
  token(): string;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function createIds(now: () => number): Ids {
  let lastMicros = 0;
  let count = 0;
  const serial = () => {
    count += 1;
    return count;
  };
  return {
    ts() {
      lastMicros = Math.max(Math.floor(now()) * 1000, lastMicros + 1);
      return `${Math.floor(lastMicros / 1_000_000)}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
    },
    id(prefix) {
      let rest = serial();
      let digits = '';
      while (rest > 0) {
        digits = (alphabet[rest % alphabet.length] ?? '0') + digits;
        rest = Math.floor(rest / alphabet.length);
      }
      return `${prefix}0${digits.padStart(8, '0')}`;
    },
    token() {
      return `${serial().toString(36)}${globalThis.crypto.randomUUID().replaceAll('-', '')}`;
    },
  };
}

/** Milliseconds since the epoch of a message's `ts`. */
export function tsToMs(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}
