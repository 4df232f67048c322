import { z } from 'zod';
import { startApp } from '../../../src/app.ts';
import { createLog } from '../../../src/log.ts';
import { readConfig } from '../../../src/settings/config.ts';
import { createFastClock } from '../fast-clock.ts';

/** The process of one bot: the real app with the settings of its environment, in a time that passes fast. */

const time = z
  .object({ CHAOS_ORIGIN: z.coerce.number(), CHAOS_TIMES: z.coerce.number() })
  .transform(({ CHAOS_ORIGIN, CHAOS_TIMES }) => ({ origin: CHAOS_ORIGIN, times: CHAOS_TIMES }))
  .parse(process.env);
const read = readConfig(process.env);
if (!read.ok) throw new Error(read.faults.map(({ name, problem }) => `${name} ${problem}`).join(', '));
const log = createLog(read.config.logLevel, (line) => process.stdout.write(`${line}\n`));
const app = await startApp(read.config, {
  log,
  clock: createFastClock(time),
  // A bundle has no folder of its own to read it from.
  release: { version: '0.0.0', commit: null },
});
process.once('SIGTERM', () => {
  void app.stop().then(() => process.exit(0));
});
