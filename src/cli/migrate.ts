import { systemClock } from '../clock.ts';
import { toAppError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { explainFaults, readSome } from '../settings/config.ts';
import { openStore } from '../store/store.ts';
import { reportEnvFile } from './settings.ts';
import type { Run } from './terminal.ts';

/** Creates the store, or brings it to this version. What a start does first, without starting. */
export const migrateStore: Run = async (_given, terminal) => {
  const { program, say, complain } = terminal;
  reportEnvFile(terminal);
  const read = readSome(terminal, ['DATABASE_URL', 'DATA_DIR']);
  if (!read.ok) {
    complain(explainFaults(read.faults, program));
    return 1;
  }
  const done: string[] = [];
  const log: Log = {
    debug: () => undefined,
    info: (_message, fields) => void done.push(String(fields?.migration)),
    warn: (message) => complain(message),
    error: (message) => complain(message),
  };
  try {
    const { DATABASE_URL: databaseUrl = null, DATA_DIR: dataDir } = read.values;
    const store = await openStore({ databaseUrl, dataDir, clock: systemClock, log });
    await store.close();
  } catch (thrown) {
    complain(`The store was not changed: ${toAppError(thrown).message}`);
    return 1;
  }
  say(done.length === 0 ? 'The store is of this version.' : `Migrated: ${done.join(', ')}`);
  return 0;
};
