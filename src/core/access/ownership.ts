import { AppError, toAppError } from '../errors.ts';
import { type AccountSource, accountSources, type KnownAccounts, type StoreOwner } from '../model/store-owner.ts';
import type { Clock, Log } from '../ports.ts';
import type { Ownership } from './ports.ts';

/** Where this process runs: what its settings lead to. */
export type Place = Omit<StoreOwner, 'accounts'>;

/** In what a store can belong to another. */
export type Foreign = 'workspace' | 'app' | 'platform' | 'account';

/** Nothing is known yet. */
export const noAccounts: KnownAccounts = { list: [], init: [] };

/** More ids than this of one account are not kept: enough to recognize it. */
const maxAccounts = 200;

/** In what a place is not the one that a store belongs to; empty when it is. What is not known is no other. */
export function foreignIn(owner: StoreOwner, place: Place): Foreign[] {
  return (['workspace', 'app', 'platform'] as const).filter(
    (what) => owner[what] !== null && place[what] !== null && owner[what] !== place[what],
  );
}

/** What one reading shows: fingerprints of the ids of accounts, none where it shows no owner. */
export interface AccountShown {
  source: AccountSource;
  accounts: ReadonlySet<string>;
}

/**
 * Whether what is shown belongs to the account that is known. Like is compared with like: a list with lists, the init
 * metadata with the same. One id in common is enough, because sub-accounts come and go.
 *
 * `same`: certainly; `other`: certainly not; `untold`: nothing is shown, or what is known is of the other source and
 * nobody has vouched for it. `known`: what is to be known from now on.
 * @param vouched whether another reading of this process has shown the account that is known
 */
export function judgeAccount(
  known: KnownAccounts,
  { source, accounts }: AccountShown,
  vouched: boolean,
): { verdict: 'same' | 'other' | 'untold'; known: KnownAccounts } {
  if (accounts.size === 0) return { verdict: 'untold', known };
  const isKnown = (from: AccountSource): boolean => known[from].some((one) => accounts.has(one));
  const learned = (): KnownAccounts => ({
    ...known,
    [source]: [...new Set([...known[source], ...accounts])].slice(0, maxAccounts),
  });
  if (known[source].length > 0) {
    if (!isKnown(source)) return { verdict: 'other', known };
    return { verdict: 'same', known: learned() };
  }
  const isNew = accountSources.every((from) => known[from].length === 0);
  if (isNew || vouched || accountSources.some(isKnown)) return { verdict: 'same', known: learned() };
  return { verdict: 'untold', known };
}

interface GuardDeps {
  store: Pick<Ownership, 'learnAccounts'>;
  clock: Pick<Clock, 'elapsed'>;
  log: Pick<Log, 'warn'>;
}

/** Holds every reading of the platform against the account that the store belongs to. */
export interface AccountGuard {
  /** From now on, this is known of the account. */
  know(accounts: KnownAccounts): void;
  /**
   * Called with whose account a reading shows, before anything is made of it. Throws `platform_other_account` when it is
   * another than the store's. A store that does not answer is no reason to refuse what is known to be ours.
   */
  admit(shown: AccountShown): Promise<void>;
  /** Whether a reading since then (`Clock.elapsed`) has certainly shown our account. */
  isTold(since: number): boolean;
}

export function createAccountGuard({ store, clock, log }: GuardDeps): AccountGuard {
  let known = noAccounts;
  let toldAt: number | null = null;

  return {
    know(accounts) {
      known = accounts;
      toldAt = null;
    },
    async admit(shown) {
      const vouched = toldAt !== null;
      let judged = judgeAccount(known, shown, vouched);
      if (judged.verdict === 'same' && isMore(judged.known, known)) {
        try {
          known = await store.learnAccounts((stored) => judgeAccount(stored, shown, vouched).known);
          // Another bot may have been first, with another account.
          judged = judgeAccount(known, shown, vouched);
        } catch (thrown) {
          log.warn('whose account this is could not be stored', { code: toAppError(thrown).code });
        }
      }
      if (judged.verdict === 'other') {
        throw new AppError('platform_other_account', 'the calling platform answers for another account than before');
      }
      if (judged.verdict === 'same') toldAt = clock.elapsed();
    },
    isTold: (since) => toldAt !== null && toldAt >= since,
  };
}

function isMore(next: KnownAccounts, known: KnownAccounts): boolean {
  return accountSources.some((source) => next[source].length > known[source].length);
}
