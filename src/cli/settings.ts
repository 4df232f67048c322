import type { Log } from '../core/ports.ts';
import { explainFaults, readSome } from '../settings/config.ts';
import { fileVariable } from '../settings/settings.ts';
import type { Terminal } from './terminal.ts';

/** A command on a store that is elsewhere than `.env` says must not look as if all were well. */
export function reportEnvFile({ ofEnvFile, complain }: Pick<Terminal, 'ofEnvFile' | 'complain'>): void {
  for (const { what, seen } of ofEnvFile) complain(`${what} ${seen}`);
}

/** Where the store is, and what opens its numbers; null after saying what is wrong with the settings. */
export function storeSettings(terminal: Terminal) {
  const { program, complain } = terminal;
  reportEnvFile(terminal);
  const names = ['DATABASE_URL', 'DATA_DIR', 'NUMBERS_KEY', 'NUMBERS_KEY_PREVIOUS'] as const;
  const read = readSome(terminal, names);
  if (!read.ok) {
    complain(explainFaults(read.faults, program));
    return null;
  }
  const { DATABASE_URL, DATA_DIR, NUMBERS_KEY, NUMBERS_KEY_PREVIOUS } = read.values;
  return {
    databaseUrl: DATABASE_URL ?? null,
    dataDir: DATA_DIR,
    numbers: { key: NUMBERS_KEY ?? null, previous: NUMBERS_KEY_PREVIOUS ?? null },
  };
}

/** How a shell that has the settings in its environment writes the address of the database. */
export function databaseUrlInShell({ environment }: Pick<Terminal, 'environment'>): string {
  const file = fileVariable('DATABASE_URL');
  return environment[file]?.trim() ? `"$(cat "$${file}")"` : '"$DATABASE_URL"';
}

/** For commands, whose results are what they print. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
