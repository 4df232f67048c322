import { toAppError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';

/** A trouble that lasts: one line in the log when it begins, and one when it is over. */
export interface Outage {
  /**
   * Something does not work, for the first time or again. What fails under several names is one outage, which lasts until
   * each of them works. `level` counts where it begins.
   */
  failed(name: string, thrown: unknown, level?: 'warn' | 'error'): void;
  /** It works. */
  works(name: string): void;
}

interface Words {
  begins: string;
  ends: string;
}

/** How many different codes the last line names. */
const maxCodes = 5;

/** Failures in between are logged at the level `debug`. */
export function createOutage({ clock, log }: { clock: Pick<Clock, 'elapsed'>; log: Log }, words: Words): Outage {
  const failing = new Set<string>();
  const codes = new Set<string>();
  let since = 0;
  let failures = 0;
  return {
    failed(name, thrown, level = 'error') {
      const { code, message, details } = toAppError(thrown);
      const begins = failing.size === 0;
      if (begins) {
        codes.clear();
        [since, failures] = [clock.elapsed(), 0];
      }
      failing.add(name);
      failures += 1;
      if (codes.size < maxCodes) codes.add(details.chatError ?? code);
      if (begins) log[level](words.begins, { what: name, code, reason: message });
      else log.debug('it fails again', { what: name, code, reason: message });
    },
    works(name) {
      if (!failing.delete(name) || failing.size > 0) return;
      const seconds = Math.round((clock.elapsed() - since) / 1_000);
      log.info(words.ends, { seconds, failures, codes: [...codes] });
    },
  };
}
