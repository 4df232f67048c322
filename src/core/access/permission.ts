import { AppError } from '../errors.ts';
import type { PersonRef } from '../model/address.ts';

/** What a person may ask for that changes something: on the calling platform, or in what a channel is shown. */
export type Act =
  | 'create'
  | 'save'
  | 'start'
  | 'pause'
  | 'delete'
  | 'import'
  | 'watch'
  | 'unwatch'
  | 'notice_settings'
  | 'quiet_hours'
  | 'schedule'
  | 'do_not_call'
  | 'stop'
  | 'resume';

/** Pausing one task, or all of them by an emergency stop. */
type Stopping = 'pause' | 'stop';

/** The acts that a rule may forbid: no pause is among them. */
type RestrictableAct = Exclude<Act, Stopping>;

/** Whether a person may do that to a task; null where it concerns none, or none yet. May read, hence the promise. */
export type Rule = (person: PersonRef, act: RestrictableAct, taskId: string | null) => Promise<boolean>;

/** The door of every use case that changes something. Throws `AppError('not_permitted')`. */
export type May = (person: PersonRef, act: Act, taskId: string | null) => Promise<void>;

const everyMember: Rule = async () => true;

/**
 * Who may do what. Everybody whom the chat adapter admits may do everything, unless a rule says otherwise. A pause asks
 * no rule: anyone who sees calls that must not be made can stop them, even while what the rule reads is unreachable.
 */
export function createPermission(rule: Rule = everyMember): May {
  return async (person, act, taskId) => {
    if (act === 'pause' || act === 'stop') return;
    if (!(await rule(person, act, taskId))) throw new AppError('not_permitted', `${act} is not permitted`);
  };
}
