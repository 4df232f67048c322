import type { AppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { Task } from '../model/task.ts';
import type { Estimate } from './estimate.ts';
import type { Preflight } from './preflight.ts';
import type { Resuming } from './start-gate.ts';

/** The result of an action on an existing task. `busy`: another action on that task is in progress. */
export type ActionResult =
  | { kind: 'done'; card: CardData }
  | { kind: 'refused'; error: AppError }
  | { kind: 'unknown'; error: AppError }
  | { kind: 'busy' };

/** `overtaken`: someone requested a pause while the start was in progress, and a pause wins. */
export type StartResult =
  | ActionResult
  | { kind: 'ask'; card: CardData; preflight: Preflight; asOf: number; estimate: Estimate | null }
  | { kind: 'stopped'; card: CardData; preflight: Preflight }
  | { kind: 'overtaken' };

/**
 * An action of a person on a task. `channel` is where they asked for it; the log alone wants to know. `ofStop`: as one of
 * many, by an emergency stop or by its end; nobody is notified of each. `unasked`: nobody asks for it at this time.
 * `scheduled`: a schedule does it in the name of its owner, as the attempt of that name, and announces it itself.
 * `together`: as one of many that a person asks for at once, who is answered for all of them.
 * `answered`: called once the request is no longer in flight, before its effect is looked for; perhaps never.
 */
export interface Request {
  taskId: string;
  person: PersonRef;
  channel?: ChannelRef;
  ofStop?: boolean;
  unasked?: boolean;
  scheduled?: string;
  together?: boolean;
  answered?: () => void;
}

/**
 * A pause. `keeping`: the import whose start it does not withdraw. `stillWanted`: it is that of an emergency stop, which is
 * asked right before the request whether it still wants it; a store that does not say wants it. `noted`: settled once the
 * store has what must outlive this process before the task is paused; a store that is slow is not waited for.
 */
export interface PauseRequest extends Request {
  keeping?: string;
  stillWanted?: () => Promise<boolean>;
  noted?: Promise<void>;
}

/** Which start is asked for. */
export interface StartRequest extends Request {
  confirm?: boolean;
  agreed?: number | null;
  arrived?: number;
  /** What spoke against it when it was agreed to, or was on all the same: that alone is no reason to ask. */
  accepted?: readonly string[];
  /** What the gate said when the person was asked; absent or null: they were not asked before. */
  asOf?: number | null;
  /** The start is that of a task that a stop has paused. */
  resuming?: Resuming;
}

/** What is recorded of an action that is done. `changed`: the task as it is now. `announced`: by who does it. */
export interface Concluding<T> {
  changed(value: T): Task;
  ofStop?: boolean;
  announced?: boolean;
}
