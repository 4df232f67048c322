import type { PersonRef } from '../model/address.ts';
import type { OpenAction } from '../model/open-action.ts';
import type { Submission } from '../model/submission.ts';

/** What tasks need of the store. Methods are atomic and safe to call from several bots; all throw `store_failed`. */

export interface Submissions {
  /**
   * True when this call is the first with that key, and the action is then written with it; false when it was claimed
   * before.
   */
  claim(submission: Submission, action?: OpenAction): Promise<boolean>;
  submission(key: string): Promise<Submission | null>;
  updateSubmission(key: string, change: Partial<Pick<Submission, 'state' | 'taskId' | 'sentAt'>>): Promise<void>;
  /** Ids of tasks already attributed to a submission. */
  claimedTaskIds(): Promise<Set<string>>;
}

export interface Lists {
  /** The tasks of the person's last list, in its order. */
  rememberList(person: PersonRef, taskIds: string[]): Promise<void>;
  lastList(person: PersonRef): Promise<string[]>;
}
