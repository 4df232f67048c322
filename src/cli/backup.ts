import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { toAppError } from '../core/errors.ts';
import { backUp } from '../store/backup.ts';
import type { StoreReport } from '../store/inspect.ts';
import { databaseUrlInShell, silentLog, storeSettings } from './settings.ts';
import type { Run } from './terminal.ts';

const keptByDefault = 14;
const maxKept = 10_000;

/** Writes a copy of the store while the bot runs. PostgreSQL has its own program for that, which is named. */
export const backup: Run = async ({ flags }, terminal) => {
  const { say, complain } = terminal;
  const keep = flags.keep === undefined ? keptByDefault : Number(flags.keep);
  if (!Number.isInteger(keep) || keep < 1 || keep > maxKept) {
    complain(`--keep must be a whole number between 1 and ${maxKept}`);
    return 2;
  }
  const settings = storeSettings(terminal);
  if (settings === null) return 1;
  if (settings.databaseUrl !== null) {
    say(postgresBackup(databaseUrlInShell(terminal)));
    // Nothing was made, which a nightly run must notice.
    return 1;
  }
  const folder = String(flags.to ?? join(settings.dataDir, 'backups'));
  try {
    const made = await backUp(folder, keep, { ...settings, clock: systemClock, log: silentLog });
    say(`Backup: ${made.file}`);
    say(`Checked: ${counted(made.report)}.`);
    say(keyWords(made.report));
    if (made.removed.length > 0) say(`Removed: ${made.removed.join(', ')} (--keep ${keep})`);
    return 0;
  } catch (thrown) {
    complain(`No backup was made: ${toAppError(thrown).message}`);
    return 1;
  }
};

export function counted({ watches, openImports }: StoreReport): string {
  return `${watches} ${watches === 1 ? 'watch' : 'watches'}, ${openImports} open ${openImports === 1 ? 'import' : 'imports'}`;
}

/** What else has to be kept to use the copy. */
function keyWords({ numbersKey }: StoreReport): string {
  switch (numbersKey) {
    case 'none':
      return 'It holds no phone numbers and no hashes of them.';
    case 'open':
      return 'Its phone numbers and the key of their hashes are not encrypted: keep the file as safe as the list itself.';
    case 'fits':
      return 'Its numbers are sealed with NUMBERS_KEY: keep that key, in another place. Restoring demands it.';
    case 'wrong':
      return 'Its numbers are sealed with another key than NUMBERS_KEY: restoring demands the one they were stored with.';
  }
}

const postgresBackup = (
  url: string,
): string => `The store is in PostgreSQL, whose own program makes the copy, also while bots run:

  umask 077 && pg_dump --format=custom --file="dialdeck-$(date -u +%Y%m%dT%H%M%SZ).dump" ${url}

Check it with \`pg_restore --list FILE\`. If NUMBERS_KEY is set, keep that key in another place: restoring demands it.`;
