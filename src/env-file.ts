import { existsSync } from 'node:fs';
import process from 'node:process';

/** Reads `.env` of the working directory into the environment, where it exists; what is set already stays. */
export function loadEnvFile(): void {
  if (!existsSync('.env')) return;
  if (typeof process.loadEnvFile === 'function') process.loadEnvFile('.env');
  else
    process.stderr.write('.env is not read: that needs Node 20.12. Put the settings into the environment instead.\n');
}
