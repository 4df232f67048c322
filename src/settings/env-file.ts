import { existsSync } from 'node:fs';
import process from 'node:process';

/** Where settings are read from beside the environment, in the working directory. */
export const envFile = '.env';

/** What Node reads as it starts, and never again. */
const readByNode = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_USE_ENV_PROXY', 'NODE_USE_SYSTEM_CA'] as const;

/**
 * Loads `.env` from the working directory, if there is one; variables that are already set keep their values.
 * @param environment that of this process, into which they go
 * @returns the names of those it set too late to have an effect.
 */
export function loadEnvFile(environment: Readonly<Record<string, string | undefined>>): string[] {
  if (!existsSync(envFile)) return [];
  if (typeof process.loadEnvFile !== 'function') {
    process.stderr.write('.env is not read: that needs Node 20.12. Put the settings into the environment instead.\n');
    return [];
  }
  const unset = readByNode.filter((name) => environment[name] === undefined);
  process.loadEnvFile(envFile);
  return unset.filter((name) => environment[name] !== undefined);
}
