import { systemClock } from '../clock.ts';
import { toAppError } from '../core/errors.ts';
import { moveStore } from '../store/move.ts';
import { settledWords } from './restore.ts';
import { silentLog, storeSettings } from './settings.ts';
import type { Run } from './terminal.ts';

/** Copies the store from DATA_DIR to DATABASE_URL, or back. The former one stays as it is. */
export const move: Run = async ({ words: [to] }, terminal) => {
  const { say, complain, program } = terminal;
  if (to !== 'to-postgres' && to !== 'to-sqlite') {
    complain(`Usage: ${program.call} move to-postgres | to-sqlite`);
    return 2;
  }
  const settings = storeSettings(terminal);
  if (settings === null) return 1;
  if (settings.databaseUrl === null) {
    complain('DATABASE_URL is not set: it names the PostgreSQL database to move to or from.');
    return 1;
  }
  const shared = { ...settings, clock: systemClock, log: silentLog };
  const file = { ...shared, databaseUrl: null };
  try {
    const { counts, settled } = await (to === 'to-postgres' ? moveStore(file, shared) : moveStore(shared, file));
    const rows = Object.entries(counts).filter(([, count]) => count > 0);
    say(`Moved, and counted on both sides: ${rows.map(([table, count]) => `${table} ${count}`).join(', ')}`);
    for (const line of settledWords(settled)) say(line);
    say(
      to === 'to-postgres'
        ? 'Keep DATABASE_URL set and start. To go back: stop, remove DATABASE_URL, run the command `settle`, and start.'
        : 'Remove DATABASE_URL and start. To go back: stop, set it again, run the command `settle`, and start.',
    );
    return 0;
  } catch (thrown) {
    complain(`Nothing was moved: ${toAppError(thrown).message}`);
    return 1;
  }
};
