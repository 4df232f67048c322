import { access, constants } from 'node:fs/promises';
import { typosBetween } from '../core/text/edit-distance.ts';
import { cleaned, oneLine } from '../core/text/printable.ts';
import { fileTroubleWords } from '../file-trouble.ts';
import { databaseAddressHint } from './database-address.ts';
import { envFile } from './env-file.ts';
import { type Environment, fileSettings, valueIn } from './environment.ts';
import { type Caution, exposedAddresses, exposedFiles, secretFilesIn } from './exposure.ts';
import { fileVariable, type SettingName, settingNames } from './settings.ts';

/** What a start and the doctor point out although Dialdeck runs. */
export async function cautionsOf(
  environment: Environment,
  { dataDir, ofEnvFile }: { dataDir: string | null; ofEnvFile: readonly Caution[] },
): Promise<Caution[]> {
  return [
    ...ofEnvFile,
    ...unknownSettings(environment),
    ...(await unreadableCertificates(environment)),
    ...databaseHints(environment),
    ...shellWords(environment),
    ...exposedAddresses(environment),
    ...(await exposedFiles({ envFile, dataDir, secretFiles: secretFilesIn(environment) })),
  ];
}

/** The first words that several settings share, and the one that people expect. */
const prefixes = [
  ...settingNames
    .map((name) => name.slice(0, name.indexOf('_') + 1))
    .filter((prefix, index, all) => prefix !== '' && all.indexOf(prefix) !== index),
  'DIALDECK_',
];

const proxies = settingNames.filter((name) => name.endsWith('_PROXY')).map((name) => name.toLowerCase());
/** Of the build, and of the script that runs the program of a service. */
const ofPackages = ['DIALDECK_COMMIT', 'DIALDECK_PROGRAM'];
const known: ReadonlySet<string> = new Set([
  ...settingNames,
  ...fileSettings.map(fileVariable),
  ...proxies,
  ...ofPackages,
]);

/** A longer name was not meant as one of ours. More names than this are hardly typos, but an environment of another kind. */
const maxNameLength = 60;
const maxNames = 20;

/**
 * Names that are no settings but begin as ours do, or differ from one by a typo.
 * @internal Exported for tests.
 */
export function unknownSettings(environment: Environment): Caution[] {
  return Object.keys(environment)
    .filter((name) => !known.has(name) && name.length <= maxNameLength)
    .flatMap((name) => {
      const meant = meantBy(name.toUpperCase());
      const isOurs =
        prefixes.some((prefix) => name.toUpperCase().startsWith(prefix)) ||
        settingNames.some((one) => name === fileVariable(one));
      return isOurs || meant !== null ? [unknownSetting(name, meant)] : [];
    })
    .slice(0, maxNames);
}

function unknownSetting(name: string, meant: string | null): Caution {
  const shown = oneLine(cleaned(name));
  const named = settingNames.find((one) => name === fileVariable(one));
  if (named !== undefined) {
    return {
      what: `Setting ${shown}`,
      seen: 'is not known and has no effect: only secrets are read from files',
      fix: `Set ${named} itself.`,
    };
  }
  return {
    what: `Setting ${shown}`,
    seen: `is not known and has no effect${meant === null ? '' : `; perhaps ${meant} is meant`}`,
    fix:
      meant === null
        ? 'Remove it if it was meant for Dialdeck.'
        : `Rename it to ${meant} if it was meant for Dialdeck.`,
  };
}

/** The setting that a name differs from by a typo or two: the longer it is, the more of them. */
function meantBy(name: string): string | null {
  const candidates = [...settingNames, ...fileSettings.map(fileVariable)]
    .map((one) => ({ one, allowed: Math.min(2, Math.max(1, Math.floor(one.length / 6))) }))
    .filter(({ one, allowed }) => Math.abs(one.length - name.length) <= allowed)
    .map(({ one, allowed }) => ({ one, allowed, count: typosBetween(name, one) }))
    .filter(({ allowed, count }) => count <= allowed)
    .sort((a, b) => a.count - b.count);
  return candidates[0]?.one ?? null;
}

/** Node says so on stderr at the first connection, and goes on without them. */
async function unreadableCertificates({ NODE_EXTRA_CA_CERTS: file }: Environment): Promise<Caution[]> {
  if (file === undefined || file === '') return [];
  const why = await access(file, constants.R_OK).then(() => null, fileTroubleWords);
  if (why === null) return [];
  return [
    {
      what: 'Setting NODE_EXTRA_CA_CERTS',
      seen: `names ${oneLine(cleaned(file))}, and ${why}: its certificates are not trusted`,
      fix: 'Name a readable file of certificates in PEM format.',
    },
  ];
}

/**
 * Neither `.env` nor systemd or a container engine writes out what a shell would.
 * @internal Exported for tests.
 */
export function shellWords(environment: Environment): Caution[] {
  const name: SettingName = 'DATA_DIR';
  const sign = /^\s*(?:~(?=\/|$)|\$\{?\w)/.exec(valueIn(environment, name) ?? '')?.[0].trim()[0];
  if (sign === undefined) return [];
  return [
    {
      what: `Setting ${name}`,
      seen: `begins with ${sign}, which only a shell replaces: a folder of that very name is used, in ${process.cwd()}`,
      fix: 'Write the folder out. If a store is in that one already, move it, with the bot stopped.',
    },
  ];
}

function databaseHints(environment: Environment): Caution[] {
  const name: SettingName = 'DATABASE_URL';
  const seen = databaseAddressHint(valueIn(environment, name) ?? '');
  return seen === null ? [] : [{ what: `Setting ${name}`, seen, fix: 'The password itself stays as it is.' }];
}
