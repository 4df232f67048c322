import type { PersonRef } from '../model/address.ts';
import type { KeptForm, LastChoices } from '../model/form-memory.ts';
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

/** What people chose in create forms, and typed into forms of tasks. */
export interface FormStore {
  lastChoices(person: PersonRef): Promise<LastChoices | null>;
  setLastChoices(person: PersonRef, choices: LastChoices, at: number): Promise<void>;
  /**
   * Keeps a form in place of what was kept under its key, and the newest few of its person only. One whose key was
   * claimed by a submission that is not refused stays as it is.
   */
  keepForm(form: KeptForm): Promise<void>;
  /** Those of a person from which nothing is being created, the newest first. */
  keptForms(person: PersonRef): Promise<KeptForm[]>;
  keptForm(key: string, person: PersonRef): Promise<KeptForm | null>;
  /** Gives a kept form another key, once. */
  takeForm(key: string, person: PersonRef, as: string): Promise<KeptForm | null>;
  dropForm(key: string, person: PersonRef): Promise<void>;
}
