import { z } from 'zod';

/** By which reading of the platform an account is known. Shared scripts may carry another id than the tasks do. */
export const accountSources = ['list', 'init'] as const;
export type AccountSource = (typeof accountSources)[number];

/** Fingerprints of the account ids that each reading has shown. */
export const knownAccounts = z.object({
  list: z.array(z.string()).default([]),
  init: z.array(z.string()).default([]),
});
export type KnownAccounts = z.infer<typeof knownAccounts>;

/** Whose data a store holds. */
export interface StoreOwner {
  /** Ids of the workspace in the chat and of the app there; null where the chat does not say. */
  workspace: string | null;
  app: string | null;
  /** Address of the calling platform, without its scheme. */
  platform: string;
  accounts: KnownAccounts;
}
