import {
  type AccountGuard,
  type AccountShown,
  type Foreign,
  foreignIn,
  judgeAccount,
  noAccounts,
  type Place,
} from './core/access/ownership.ts';
import { AppError, toAppError } from './core/errors.ts';
import type { StoreOwner } from './core/model/store-owner.ts';
import type { Clock, Dialer, Log } from './core/ports.ts';
import { readPresence } from './core/time/presence.ts';
import { within } from './core/time/waiting.ts';
import { createDialer } from './dialer/client.ts';
import type { Config } from './settings/config.ts';
import { watchesInFile } from './store/inspect.ts';
import type { Store } from './store/store.ts';

/** A store serves one workspace and one account of the calling platform: whose it is, is kept with its first use. */

interface ClaimDeps {
  config: Pick<Config, 'dialer' | 'databaseUrl' | 'dataDir'>;
  store: Store;
  guard: AccountGuard;
  platform: Pick<Dialer, 'metadata' | 'list'>;
  clock: Clock;
  log: Log;
}

/** How long a start waits for the platform to show whose account it is, ms. Later readings are judged as they come. */
const accountWithinMs = 5_000;

/** The address of the calling platform as it is compared: http and https of one host are one platform. */
export function platformOf(dialerUrl: string): string {
  const { host, pathname } = new URL(dialerUrl);
  return `${host}${pathname === '/' ? '' : pathname}`;
}

/**
 * Makes sure that the store belongs to this workspace, app, platform and account; with `adopt`, takes it over. Throws
 * `store_not_ours`, in words for the operator, before anything is read from or written to the store on anybody's behalf.
 */
export async function claimStore(place: Place, deps: ClaimDeps, adopt: boolean): Promise<void> {
  const { store, guard, log } = deps;
  const found = await store.owner();
  if (found === null) await hintAtFile(deps);
  const owner =
    found !== null && foreignIn(found, place).length > 0
      ? found
      : await store.claimStore({ ...place, accounts: noAccounts });
  guard.know(owner.accounts);
  const foreign: Foreign[] = foreignIn(owner, place);
  // What another platform shows says nothing about the account of this one.
  if (foreign.length === 0 && (await isOtherAccount(deps))) foreign.push('account');
  if (foreign.length === 0) return;
  if (!adopt) throw refusal(owner, place, foreign);
  await takeOver({ owner, place, foreign }, deps);
  log.warn('the store was taken over', { foreign });
}

/** A new database while the file of the time before is still there: perhaps only its address was set. */
async function hintAtFile({ config: { databaseUrl, dataDir }, clock, log }: ClaimDeps): Promise<void> {
  if (databaseUrl === null) return;
  const watches = await watchesInFile({ dataDir, clock, log });
  if (watches > 0)
    log.warn('PostgreSQL is empty, and the SQLite file in DATA_DIR, which is not used, holds watches', { watches });
}

async function isOtherAccount({ platform, guard, clock }: ClaimDeps): Promise<boolean> {
  const since = clock.elapsed();
  const reading = async (): Promise<boolean> => {
    for (const read of [platform.metadata, platform.list]) {
      try {
        await read();
      } catch (thrown) {
        if (toAppError(thrown).code === 'platform_other_account') return true;
      }
      if (guard.isTold(since)) return false;
    }
    return false;
  };
  return within(clock, { ms: accountWithinMs }, reading(), () => false);
}

/** One sentence for each way in which a store belongs to another. Names settings and ids, never a value that is secret. */
export function foreignWords(owner: StoreOwner, place: Place, foreign: readonly Foreign[]): string[] {
  const sentences = {
    workspace: `it belongs to the workspace ${owner.workspace}, and SLACK_BOT_TOKEN is of ${place.workspace}`,
    app: `it belongs to the app ${owner.app}, and SLACK_BOT_TOKEN is of ${place.app}`,
    platform: `it belongs to the calling platform at ${owner.platform}, and DIALER_URL is ${place.platform}`,
    account: 'it belongs to another account of the calling platform than the one of DIALER_TOKEN',
  };
  return foreign.map((what) => sentences[what]);
}

/** What to do about it, for the refusal and the doctor. */
export const foreignFix =
  'Use the settings that this store belongs to, or another store. To take it over on purpose, start once with --adopt: what belongs to the former workspace or account only is deleted.';

function refusal(owner: StoreOwner, place: Place, foreign: readonly Foreign[]): AppError {
  const words = foreignWords(owner, place, foreign).join('; ');
  return new AppError('store_not_ours', `the store is not of these settings: ${words}. ${foreignFix}`);
}

/**
 * Nobody is to hear of what is left behind, so it goes before the first poll: all that names people and channels of
 * another workspace, all that is about tasks that another account does not have.
 */
async function takeOver(
  { owner, place, foreign }: { owner: StoreOwner; place: Place; foreign: readonly Foreign[] },
  { config, store, guard, clock, log }: ClaimDeps,
): Promise<void> {
  // This bot is one of them.
  const { bots } = await readPresence(store);
  if (bots > 1) {
    throw new AppError(
      'store_not_ours',
      'the store is in use by a running bot, so it cannot be taken over. Stop that bot, wait ten seconds, and start again with --adopt.',
    );
  }
  const shown: AccountShown[] = [];
  const probe = createDialer(config.dialer, { log, clock, admit: async (one) => void shown.push(one) });
  try {
    await probe.metadata();
    const tasks = await probe.list();
    const same =
      shown.some((one) => judgeAccount(owner.accounts, one, false).verdict === 'same') && !foreign.includes('account');
    const accounts = shown.reduce((known, one) => judgeAccount(known, one, true).known, noAccounts);
    const left = {
      workspace: foreign.includes('workspace'),
      tasksBut: same ? null : new Set(tasks.map(({ id }) => id)),
    };
    await store.giveStore({ ...place, accounts }, left);
    guard.know(accounts);
  } finally {
    probe.close();
  }
}
