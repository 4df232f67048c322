import { stat } from 'node:fs/promises';
import { databaseFile } from '../store/db.ts';
import { holdsCredentials, isUnencrypted } from './addresses.ts';
import { isUnencryptedDatabase } from './database-address.ts';
import { type Environment, fileOf, fileSettings, valueIn } from './environment.ts';
import type { SettingName } from './settings.ts';

/** What lets others read what they should not, although Dialdeck runs: reported at the start and by the doctor. */

/** Something to point out although Dialdeck runs. Names settings and files, never a value. */
export interface Caution {
  what: string;
  seen: string;
  fix: string;
}

/** Settings to whose address a token is sent. */
const addresses = ['DIALER_URL', 'SLACK_API_URL'] as const satisfies readonly SettingName[];

/** The usual names of proxies; the ones in lower case come first where both are set. */
const proxies = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;

/** Addresses in the environment that carry tokens in the clear, or hold a password. */
export function exposedAddresses(environment: Environment): Caution[] {
  const clear = addresses
    .filter((name) => isUnencrypted(valueIn(environment, name)))
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
  const database = isUnencryptedDatabase(valueIn(environment, 'DATABASE_URL') ?? '')
    ? [
        {
          what: 'Setting DATABASE_URL',
          seen: 'has no sslmode: the password and all phone numbers travel unencrypted to another machine',
          fix: 'Append ?sslmode=verify-full to it, and sslrootcert=/path/to/ca.pem where the certificate is from a CA of your own.',
        },
      ]
    : [];
  return [...clear, ...passwords, ...database, ...uncheckedCertificates(environment)];
}

/** Node reads it with every connection. */
function uncheckedCertificates({ NODE_TLS_REJECT_UNAUTHORIZED: checks }: Environment): Caution[] {
  if (checks !== '0') return [];
  return [
    {
      what: 'Setting NODE_TLS_REJECT_UNAUTHORIZED',
      seen: 'is 0: no certificate is checked, so anyone in between can read all tokens',
      fix: 'Remove it. For a CA of your own, set NODE_EXTRA_CA_CERTS to its file.',
    },
  ];
}

/** Files whose modes let other users of this machine read them. What does not exist exposes nothing. */
export async function exposedFiles(files: {
  envFile: string;
  dataDir: string | null;
  secretFiles?: readonly string[];
}): Promise<Caution[]> {
  // Windows has no such modes, and Node makes them up.
  if (process.platform === 'win32') return [];
  const { envFile, dataDir, secretFiles = [] } = files;
  const found = [await exposed(envFile, 600, 'it holds the tokens')];
  for (const file of secretFiles) found.push(await exposed(file, 600, 'it holds a secret'));
  if (dataDir !== null) {
    const folder = await exposed(dataDir, 700, 'it holds phone numbers and names');
    found.push(folder);
    // In a folder that is closed to others the mode of a file does not matter.
    if (folder !== null) found.push(await exposed(databaseFile(dataDir), 600, 'it holds phone numbers and names'));
  }
  return found.filter((one) => one !== null);
}

/** The files of secrets whose modes are up to the operator, and not to systemd or a container engine. */
export function secretFilesIn(environment: Environment): string[] {
  const files = fileSettings.flatMap((name) => fileOf(environment, name) ?? []);
  return files.filter((file) => !/^(?:\/var)?\/run\//.test(file));
}

async function exposed(path: string, mode: 600 | 700, because: string): Promise<Caution | null> {
  const status = await stat(path).catch(() => null);
  if (status === null || (status.mode & 0o077) === 0) return null;
  return {
    what: `File ${path}`,
    seen: `other users of this machine can open it (mode ${(status.mode & 0o777).toString(8)}), and ${because}`,
    fix: `Run chmod ${mode} ${path}`,
  };
}
