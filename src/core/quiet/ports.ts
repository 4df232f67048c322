import type { QuietHours } from '../model/quiet-hours.ts';

/** What quiet hours need of the store. Methods are atomic and safe from several bots; all throw `store_failed`. */
export interface QuietHoursStore {
  /** Those of every group for which hours were entered. */
  quietHours(): Promise<QuietHours[]>;
  /** Replaces what was entered for the group before. */
  setQuietHours(hours: QuietHours): Promise<void>;
  forgetQuietHours(groupId: string): Promise<void>;
}
