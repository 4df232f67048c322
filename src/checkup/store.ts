import { constants, existsSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { foreignFix, foreignWords, platformOf } from '../claim-store.ts';
import { type AccountShown, foreignIn, judgeAccount, type Place } from '../core/access/ownership.ts';
import { toAppError } from '../core/errors.ts';
import type { StoreOwner } from '../core/model/store-owner.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Config } from '../settings/config.ts';
import { databaseFile } from '../store/db.ts';
import { inspectStore, type StoreReport, watchesInFile } from '../store/inspect.ts';
import type { Finding } from './finding.ts';

interface StoreCheck {
  /** What is typed before the name of a command. */
  call: string;
  /** Where Slack says that the app is installed; null where it could not be asked. */
  installed: Pick<Place, 'workspace' | 'app'> | null;
  shown: readonly AccountShown[];
}

/** The store as it is. Nothing is created or changed, no matter who runs this. */
export async function checkStore(
  config: Config,
  deps: { clock: Clock; log: Log },
  check: StoreCheck,
): Promise<Finding[]> {
  const { databaseUrl, dataDir, numbers } = config;
  const where = databaseUrl === null ? `SQLite in ${dataDir}` : 'PostgreSQL';
  const inspected = { databaseUrl, dataDir, numbers, ...deps };
  let report: StoreReport | null;
  try {
    report = await inspectStore(inspected);
  } catch (thrown) {
    return [await unreadable(config, where, thrown)];
  }
  const hint = databaseUrl === null || (report?.watches ?? 0) > 0 ? [] : await leftInFile(inspected);
  if (report === null) return [await notYet(config, where), ...hint];
  return [
    { what: 'Store', level: 'ok', seen: where },
    ...versionFindings(report, check.call),
    ...ownerFindings(report.owner, config, check),
    ...keyFindings(report),
    ...botFindings(report.running),
    ...hint,
  ];
}

/** A store of another user is no fault of the bot: only this user cannot look into it. */
async function unreadable({ databaseUrl, dataDir }: Config, where: string, thrown: unknown): Promise<Finding> {
  const owner = databaseUrl === null ? await stat(dataDir).catch(() => null) : null;
  if (owner !== null && process.getuid !== undefined && owner.uid !== process.getuid()) {
    return {
      what: 'Store',
      level: 'warning',
      seen: `${where} belongs to another user (uid ${owner.uid}), and this one may not read it`,
      fix: 'Run the doctor as the user that runs the bot, or as root.',
    };
  }
  return {
    what: 'Store',
    level: 'fault',
    seen: `${where} cannot be read: ${toAppError(thrown).message}`,
    fix:
      databaseUrl === null
        ? 'Make DATA_DIR readable and writable by this user.'
        : 'Check DATABASE_URL, and that the server is running.',
  };
}

/** The first start creates it, if it may. */
async function notYet({ databaseUrl, dataDir }: Config, where: string): Promise<Finding> {
  const ready: Finding = { what: 'Store', level: 'ok', seen: `${where}; the first start creates it` };
  if (databaseUrl !== null) return ready;
  let folder = resolve(dataDir);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const isFolder = (await stat(folder)).isDirectory();
  const mayWrite = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (isFolder && mayWrite) return ready;
  const why = isFolder ? `${folder} may not be written by this user` : `${folder} is not a directory`;
  return {
    what: 'Store',
    level: 'fault',
    seen: `${where} cannot be created: ${why}`,
    fix: 'Make DATA_DIR writable by this user, or run the doctor as the user that runs the bot.',
  };
}

function versionFindings({ pending, isNewer }: StoreReport, call: string): Finding[] {
  if (isNewer) {
    return [
      {
        what: 'Store version',
        level: 'fault',
        seen: 'a newer version of Dialdeck has written it',
        fix: 'Start that version, or restore a backup made before it.',
      },
    ];
  }
  if (pending.length === 0) return [];
  return [
    {
      what: 'Store version',
      level: 'warning',
      seen: `the next start runs ${pending.length === 1 ? 'a migration' : `${pending.length} migrations`}: ${pending.join(', ')}`,
      fix: `There is no way back but a backup: make one first (\`${call} backup\`), then \`${call} start\`.`,
    },
  ];
}

function ownerFindings(owner: StoreOwner | null, config: Config, { installed, shown }: StoreCheck): Finding[] {
  if (owner === null) return [];
  const unknown = { workspace: null, app: null };
  const place: Place = { ...(installed ?? unknown), platform: platformOf(config.dialer.url) };
  const foreign = foreignIn(owner, place);
  const isOther = shown.some((one) => judgeAccount(owner.accounts, one, false).verdict === 'other');
  const words = foreignWords(owner, place, foreign.length === 0 && isOther ? ['account'] : foreign);
  return words.map((seen) => ({ what: 'Store owner', level: 'fault', seen, fix: foreignFix }));
}

function keyFindings({ numbersKey }: StoreReport): Finding[] {
  if (numbersKey !== 'wrong') return [];
  return [
    {
      what: 'Setting NUMBERS_KEY',
      level: 'fault',
      seen: 'is not the key that numbers were stored with: imports and the do-not-call list do not work',
      fix: 'Restore it. When it was replaced on purpose, set the former one as NUMBERS_KEY_PREVIOUS.',
    },
  ];
}

/** What running bots have noticed: only they see how many sockets Slack counts. */
function botFindings(running: StoreReport['running']): Finding[] {
  const { bots, strangers } = running ?? { bots: 0, strangers: null };
  if (strangers === null) return bots === 0 ? [] : [{ what: 'Running bots', level: 'ok', seen: String(bots) }];
  return [
    {
      what: 'Running bots',
      level: 'warning',
      seen: `Slack counts ${strangers.connections} connections, more than the bots of this store (${strangers.bots}) open`,
      fix: 'Another process uses the same Slack app with a store of its own: stop it, or give it its own app or this store.',
    },
  ];
}

/** PostgreSQL has nothing to show, and the file of the time before has. */
async function leftInFile(inspected: Parameters<typeof watchesInFile>[0]): Promise<Finding[]> {
  const watches = await watchesInFile(inspected);
  if (watches === 0) return [];
  return [
    {
      what: 'Store',
      level: 'warning',
      seen: `PostgreSQL holds no watches, but ${databaseFile(inspected.dataDir)} holds ${watches}: they are not used while DATABASE_URL is set`,
      fix: 'Move them with the command `move to-postgres`, or remove DATABASE_URL to use the file again.',
    },
  ];
}
