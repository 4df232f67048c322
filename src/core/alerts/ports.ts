import type { Alert, AlertPost } from '../model/alert.ts';
import type { NewOutboxItem } from '../model/outbox.ts';

/** Everything about alerts that still matters, as the store has it at one moment. */
export interface AlertBook {
  /** Raised by every change; only ever rises. */
  revision: number;
  /** Those that are open, and those that ended since the time that was asked for. */
  alerts: Alert[];
  /** The messages that show them. */
  posts: AlertPost[];
}

/** What alerts need of the store. Methods are atomic and safe to call from several bots; all throw `store_failed`. */
export interface Alerts {
  /** `endedSince`: epoch ms. */
  alertBook(endedSince: number): Promise<AlertBook>;
  /**
   * Writes alerts, messages and outbox items in one transaction, if nothing was written since `revision`. Of a message
   * that exists, what was delivered of it (`shown`, `ref`, `lost`) stays. Returns the new revision; null when another
   * bot was faster, and nothing is written then.
   */
  saveAlerts(change: {
    revision: number;
    alerts: readonly Alert[];
    posts: readonly AlertPost[];
    items: readonly NewOutboxItem[];
  }): Promise<number | null>;
}
