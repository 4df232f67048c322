import { stat } from 'node:fs/promises';
import { holdsCredentials, isUnencrypted } from './addresses.ts';
import type { SettingName } from './settings.ts';
import { databaseFile } from './store/db.ts';

/** What lets others read what they should not, although Dialdeck runs: reported at the start and by the doctor. */

/** One way in which a secret may be read. Names settings and files, never a value. */
export interface Exposure {
  what: string;
  seen: string;
  fix: string;
}

/** Settings to whose address a token is sent. */
const addresses = ['DIALER_URL', 'SLACK_API_URL'] as const satisfies readonly SettingName[];

/** The usual names of proxies; the ones in lower case come first where both are set. */
const proxies = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;

/** Addresses in the environment that carry tokens in the clear, or hold a password. */
export function exposedAddresses(environment: Readonly<Record<string, string | undefined>>): Exposure[] {
  const clear = addresses
    .filter((name) => isUnencrypted(environment[name]))
    .map((name) => ({
      what: `Setting ${name}`,
      seen: 'is http:// to another machine: the token and all phone numbers travel unencrypted',
      fix: 'Use https://. Plain http is for stand-ins on this machine.',
    }));
  const passwords = proxies
    .filter((name) => holdsCredentials(environment[name]))
    .map((name) => ({
      what: `Proxy in ${name}`,
      seen: 'holds a user name or password, which every process started from this environment can read',
      fix: 'Let the proxy recognize this machine by its address, or keep the variable to this process.',
    }));
  return [...clear, ...passwords];
}

/** Files whose modes let other users of this machine read them. What does not exist exposes nothing. */
export async function exposedFiles(files: { envFile: string; dataDir: string | null }): Promise<Exposure[]> {
  // Windows has no such modes, and Node makes them up.
  if (process.platform === 'win32') return [];
  const { envFile, dataDir } = files;
  const found = [await exposed(envFile, 600, 'it holds the tokens')];
  if (dataDir !== null) {
    const folder = await exposed(dataDir, 700, 'it holds phone numbers and names');
    found.push(folder);
    // In a folder that is closed to others the mode of a file does not matter.
    if (folder !== null) found.push(await exposed(databaseFile(dataDir), 600, 'it holds phone numbers and names'));
  }
  return found.filter((one) => one !== null);
}

async function exposed(path: string, mode: 600 | 700, because: string): Promise<Exposure | null> {
  const status = await stat(path).catch(() => null);
  if (status === null || (status.mode & 0o077) === 0) return null;
  return {
    what: `File ${path}`,
    seen: `other users of this machine can open it (mode ${(status.mode & 0o777).toString(8)}), and ${because}`,
    fix: `Run chmod ${mode} ${path}`,
  };
}
