import { AppError } from './core/errors.ts';
import { chatOutage } from './core/notices/deliver.ts';
import type { Clock, Log } from './core/ports.ts';
import { createOutage, type Outage } from './core/time/outage.ts';

/** The outages of what Dialdeck needs, each of which several parts notice, and the log in which they are one line each. */
export function createOutages(given: Log, clock: Pick<Clock, 'elapsed'>) {
  const words = { begins: 'the store fails', ends: 'the store works again' };
  const store = createOutage({ clock, log: given }, words);
  const log = collapsingStoreFailures(given, store);
  return { log, slackOutage: createOutage({ clock, log }, chatOutage), written: () => store.works('store') };
}

/**
 * The same log while the store works. While it fails, everything fails with it, many times a minute: then `outage` has one
 * line when that begins, and what else fails for it is logged at the level `debug`. What a person is given a reference
 * for stays as it is.
 */
function collapsingStoreFailures(log: Log, outage: Pick<Outage, 'failed'>): Log {
  const at =
    (level: 'warn' | 'error'): Log['warn'] =>
    (message, fields) => {
      if (fields?.code !== 'store_failed' || fields.reference !== undefined) return log[level](message, fields);
      outage.failed('store', new AppError('store_failed', String(fields.reason ?? message)));
      log.debug(message, fields);
    };
  return { ...log, warn: at('warn'), error: at('error') };
}
