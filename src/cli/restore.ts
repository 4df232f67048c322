import { systemClock } from '../clock.ts';
import { AppError, toAppError } from '../core/errors.ts';
import { restoreFrom } from '../store/backup.ts';
import { closeDb, openDb } from '../store/db.ts';
import { inspectStore } from '../store/inspect.ts';
import { requireNoBot, type SettledCopy, settleCopy } from '../store/settle-copy.ts';
import { counted } from './backup.ts';
import { databaseUrlInShell, silentLog, storeSettings } from './settings.ts';
import type { Run, Terminal } from './terminal.ts';

/** Puts a backup in the place of the store. What came after it is unknown to it, but not to the platform. */
export const restore: Run = async ({ words: [file] }, terminal) => {
  const { say, complain, program } = terminal;
  const settings = storeSettings(terminal);
  if (settings === null) return 1;
  if (settings.databaseUrl !== null) {
    say(postgresRestore(`${program.call} settle`, databaseUrlInShell(terminal)));
    return 1;
  }
  if (file === undefined) {
    complain(`Usage: ${program.call} restore FILE`);
    return 2;
  }
  try {
    const { report, settled, aside } = await restoreFrom(file, { ...settings, clock: systemClock, log: silentLog });
    say(`Restored: ${file} (${counted(report)})`);
    if (aside !== null) say(`The former database is ${aside}`);
    for (const line of settledWords(settled)) say(line);
    return 0;
  } catch (thrown) {
    complain(`Nothing was restored: ${toAppError(thrown).message}`);
    return 1;
  }
};

/** For a store that was put back by other means, such as `pg_restore` or a copy of the folder. */
export const settle: Run = async (_given, terminal) => {
  const settings = storeSettings(terminal);
  if (settings === null) return 1;
  try {
    const settled = await settleStore(settings);
    for (const line of settledWords(settled)) terminal.say(line);
    return 0;
  } catch (thrown) {
    terminal.complain(`Nothing was changed: ${toAppError(thrown).message}`);
    return 1;
  }
};

async function settleStore(settings: NonNullable<ReturnType<typeof storeSettings>>): Promise<SettledCopy> {
  const options = { ...settings, clock: systemClock, log: silentLog };
  // Opening it would create one.
  if ((await inspectStore(options)) === null) {
    const where = settings.databaseUrl === null ? `DATA_DIR (${settings.dataDir})` : 'the database of DATABASE_URL';
    throw new AppError('store_failed', `store: there is none in ${where}`);
  }
  const db = await openDb(options);
  try {
    await requireNoBot(db);
    return await settleCopy(db);
  } finally {
    await closeDb(db, systemClock);
  }
}

/** What people will notice. */
export function settledWords({ imports, previews, stopped, schedules }: SettledCopy): Parameters<Terminal['say']>[0][] {
  return [
    'What was done since then is not in it: watches, settings and imports. The platform has its tasks as they are now.',
    `Open imports: ${imports}. Each waits for its person to decide; nothing is sent before.`,
    ...(previews > 0 ? [`Previews that can no longer be confirmed: ${previews}.`] : []),
    ...(stopped ? ['An emergency stop is in force. Nothing is started before someone has confirmed its tasks.'] : []),
    ...(schedules > 0
      ? [`Schedules: ${schedules}. Each is held and starts nothing before someone has resumed it.`]
      : []),
    'The first three polls take in what has changed and announce nothing of it.',
  ];
}

function postgresRestore(settleCall: string, url: string): string {
  return `The store is in PostgreSQL. Stop all bots, then put the copy back with its own program and prepare it:

  pg_restore --clean --if-exists --no-owner --single-transaction --dbname=${url} FILE
  ${settleCall}

The second command marks open imports as unknown: the copy is older than the platform. Start no bot before it.`;
}
