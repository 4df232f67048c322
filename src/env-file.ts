import { existsSync } from 'node:fs';
import process from 'node:process';

/** Loads `.env` from the working directory, if there is one; variables that are already set keep their values. */
export function loadEnvFile(): void {
  if (!existsSync('.env')) return;
  if (typeof process.loadEnvFile === 'function') process.loadEnvFile('.env');
  else
    process.stderr.write('.env is not read: that needs Node 20.12. Put the settings into the environment instead.\n');
}
