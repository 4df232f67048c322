import type { KnownAccounts, StoreOwner } from '../model/store-owner.ts';

/** What the store knows of the ids of tasks. Throws `store_failed`. */
export interface KnownTasks {
  /** Whether that id was ever stored: as a reading, in a list, or with a submission, a watch or an import. */
  knowsTask(taskId: string): Promise<boolean>;
}

/** Whose data the store holds. All throw `store_failed`. */
export interface Ownership {
  /** null in a store that was never used, or only by a release before this was kept. */
  owner(): Promise<StoreOwner | null>;
  /**
   * Keeps the owner if none is kept yet, and what was not known of the one that is. Returns what is kept then: another
   * bot may have been first.
   */
  claimStore(owner: StoreOwner): Promise<StoreOwner>;
  /** Replaces what is known of the accounts, in one transaction with reading it. Returns it. */
  learnAccounts(learn: (stored: KnownAccounts) => KnownAccounts): Promise<KnownAccounts>;
  /** How many good polls are still to announce nothing, and that one of them is over. */
  quietPolls(): Promise<number>;
  passQuietPoll(): Promise<void>;
  /**
   * Gives the store to another owner. What belongs to the workspace or the tasks that are left behind is deleted:
   * nobody is to be notified of it.
   */
  giveStore(owner: StoreOwner, left: LeftBehind): Promise<void>;
}

/** What a store loses with its former owner. */
export interface LeftBehind {
  /** Channels and people are those of another workspace. */
  workspace: boolean;
  /** The only tasks that the new account has as well; null: it is the same account. */
  tasksBut: ReadonlySet<string> | null;
}
