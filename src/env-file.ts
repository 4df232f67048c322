import { existsSync } from 'node:fs';
import process from 'node:process';

/** Reads `.env` of the working directory into the environment, where it exists; what is set already stays. */
export function loadEnvFile(): void {
  // Node 20 before 20.12 has no loader of its own: there the environment must hold the settings.
  if (existsSync('.env') && typeof process.loadEnvFile === 'function') process.loadEnvFile('.env');
}
