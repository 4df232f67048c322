import { systemClock } from '../../src/clock.ts';
import type { Log } from '../../src/core/ports.ts';
import { createOutage } from '../../src/core/time/outage.ts';
import { boltLogger, clientLogger } from '../../src/log.ts';
import type { Config } from '../../src/settings/config.ts';
import { createTransport } from '../../src/slack/api/transport.ts';
import type { ConnectionDeps } from '../../src/slack/bolt/app.ts';
import { memoryClaims } from './memory-claims.ts';

/** What a connection to Slack needs, in real time and without a store. */
export function connectionDeps(config: Config, log: Log, change: Partial<ConnectionDeps> = {}): ConnectionDeps {
  return {
    log,
    logger: boltLogger(log),
    clientLogger: clientLogger(log),
    clock: systemClock,
    transport: createTransport({ apiUrl: config.slack.apiUrl, proxies: config.proxies }),
    claims: memoryClaims(systemClock.now),
    failed: async (_, thrown) => log.error('failed', { thrown: String(thrown) }),
    unknown: async () => log.warn('unknown'),
    counted: () => {},
    outage: createOutage({ clock: systemClock, log }, { begins: 'Slack fails', ends: 'Slack works again' }),
    ...change,
  };
}
