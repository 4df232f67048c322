import { AppError } from './core/errors.ts';
import type { Log } from './core/ports.ts';
import type { Outage } from './core/time/outage.ts';

/**
 * The same log while the store works. While it fails, everything fails with it, many times a minute: then `outage` has one
 * line when that begins, and what else fails for it is logged at the level `debug`. What a person is given a reference
 * for stays as it is.
 */
export function collapsingStoreFailures(log: Log, outage: Pick<Outage, 'failed'>): Log {
  const at =
    (level: 'warn' | 'error'): Log['warn'] =>
    (message, fields) => {
      if (fields?.code !== 'store_failed' || fields.reference !== undefined) return log[level](message, fields);
      outage.failed('store', new AppError('store_failed', String(fields.reason ?? message)));
      log.debug(message, fields);
    };
  return { ...log, warn: at('warn'), error: at('error') };
}
