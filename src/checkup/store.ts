import { foreignFix, foreignWords, platformOf } from '../claim-store.ts';
import { type AccountShown, foreignIn, judgeAccount, type Place } from '../core/access/ownership.ts';
import type { StoreOwner } from '../core/model/store-owner.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Config } from '../settings/config.ts';
import { databaseFile } from '../store/db.ts';
import { inspectServer, inspectStore, type ServerReport, type StoreReport, watchesInFile } from '../store/inspect.ts';
import type { Finding } from './finding.ts';
import { fileFindings, notReadable, notYet, serverFindings } from './store-access.ts';

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
  let server: ServerReport | null = null;
  try {
    report = await inspectStore(inspected);
    if (databaseUrl !== null) server = await inspectServer(databaseUrl, deps);
  } catch (thrown) {
    return [await notReadable(config, where, thrown)];
  }
  const hint = databaseUrl === null || report?.isNewer || (report?.watches ?? 0) > 0 ? [] : await leftInFile(inspected);
  if (report === null) return [...(await notYet(config, where, server)), ...hint];
  const access =
    server === null ? await fileFindings(dataDir) : serverFindings(server, { hasToCreate: report.pending.length > 0 });
  return [
    ...(access.some(({ level }) => level === 'fault') ? [] : [{ what: 'Store', level: 'ok', seen: where } as const]),
    ...access,
    ...versionFindings(report, check.call),
    ...ownerFindings(report.owner, config, check),
    ...keyFindings(report, config),
    ...botFindings(report.running),
    ...hint,
  ];
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

function keyFindings({ numbersKey }: StoreReport, { numbers }: Config): Finding[] {
  if (numbersKey !== 'wrong') return [];
  const isSet = numbers.key !== null;
  const why = isSet ? 'is not the key that numbers were stored with' : 'is not set, and numbers were stored with one';
  return [
    {
      what: 'Setting NUMBERS_KEY',
      level: 'fault',
      seen: `${why}: imports and the do-not-call list do not work`,
      fix: isSet
        ? 'Restore it. When it was replaced on purpose, set the former one as NUMBERS_KEY_PREVIOUS.'
        : 'Set it again, to the key of before.',
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
