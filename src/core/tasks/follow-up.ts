import { type AppError, toAppError } from '../errors.ts';
import type { CardData } from '../model/card.ts';
import { draftFromRaw, type RawDraft } from '../model/fields.ts';
import type { OpenAction, StoredAction, Verdict } from '../model/open-action.ts';
import type { Submission } from '../model/submission.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Log } from '../ports.ts';
import { actionLeaseMs } from '../time/action-lease.ts';
import { holding, type LeaseStore } from '../time/leases.ts';
import type { OpenActions } from '../watch/ports.ts';
import type { Looked } from '../watch/watch-once.ts';
import { createdIn } from './created-in.ts';
import type { Submissions } from './ports.ts';
import { afterPoll, lateMs, showingOf } from './verdict.ts';

/** An action whose outcome was lost and is known now. */
export interface SettledAction {
  action: OpenAction;
  verdict: Verdict;
  /** The task as last known; null when there is none. */
  card: CardData | null;
  /** create: what was typed. */
  raw: RawDraft | null;
  /** An earlier attempt to tell this may have arrived. */
  perhapsTold: boolean;
}

/** Tells a person. Throws `AppError`. */
export type Tell = (settled: SettledAction) => Promise<void>;

export interface FollowUpDeps {
  store: OpenActions & Submissions & LeaseStore;
  clock: Clock;
  log: Pick<Log, 'warn' | 'error'>;
  newId(): string;
  /** The card of a task as it was last read; null when it is not known. */
  knownCard(taskId: string): CardData | null;
  /** Books a task that a lost create made after all. */
  created(task: Task, submission: Submission): Promise<CardData>;
}

/**
 * Settles, by what a good poll shows, the actions whose outcome is not known, and tells each person once. Nothing is
 * sent to the calling platform. What fails is tried again at the next poll.
 * @returns whether any of them still waits for a poll.
 */
export async function followUp(deps: FollowUpDeps, looked: Looked, tell: Tell): Promise<boolean> {
  const due = looked.open.filter((action) => isDue(action, looked, deps.clock.now()));
  const busy = looked.open.some(({ held, state }) => held && state === 'working');
  if (due.length === 0) return busy;
  const lease = { name: 'follow-up', owner: deps.newId(), ttlMs: actionLeaseMs };
  const follow = (): Promise<boolean[]> =>
    Promise.all(
      due.map(({ held: _lease, ...action }) =>
        followOne(deps, action, { looked, tell }).catch((thrown) => {
          const { code, message } = toAppError(thrown);
          deps.log.error('an action could not be followed up', { action: action.kind, code, reason: message });
          return true;
        }),
      ),
    );
  // Another bot that is at it does the same.
  const waiting = await holding(deps, lease, follow, () => [true]);
  return busy || waiting.includes(true);
}

function isDue({ id, kind, held, state, sentAt }: StoredAction, { tookEffect }: Looked, now: number): boolean {
  if (state !== 'closed') return !held || state === 'settled';
  return tookEffect.has(id) || kind === 'create' || now - sentAt > lateMs;
}

interface Follow {
  looked: Looked;
  tell: Tell;
}

/** @returns whether it still waits for a poll. */
async function followOne(deps: FollowUpDeps, action: OpenAction, follow: Follow): Promise<boolean> {
  if (action.state === 'settled') return settle(deps, action, follow.tell);
  return action.kind === 'create' ? followCreate(deps, action, follow) : followChange(deps, action, follow);
}

async function followChange(deps: FollowUpDeps, action: OpenAction, { looked, tell }: Follow): Promise<boolean> {
  if (action.state === 'closed') {
    const late = looked.tookEffect.has(action.id) && action.verdict !== 'done';
    return late
      ? step(deps, action, { ...action, state: 'settled', verdict: 'done', late }, tell)
      : expire(deps, action);
  }
  const task = looked.tasks.find(({ id }) => id === action.taskId) ?? null;
  return step(deps, action, afterPoll(action, showingOf(action, task, looked.complete)), tell);
}

async function followCreate(deps: FollowUpDeps, action: OpenAction, { looked, tell }: Follow): Promise<boolean> {
  const { store } = deps;
  const submission = await store.submission(action.id);
  if (submission === null || submission.raw === null || submission.state === 'done') return drop(deps, action);
  const draft = draftFromRaw(submission.raw);
  const task = createdIn(looked.tasks, draft, submission.sentAt, await store.claimedTaskIds());
  if (action.state === 'closed') {
    if (task === null) return expire(deps, action);
    await deps.created(task, submission);
    return step(deps, action, { ...action, taskId: task.id, state: 'settled', verdict: 'done', late: true }, tell);
  }
  if (task !== null) await deps.created(task, submission);
  const showing = task !== null ? 'done' : looked.complete ? 'not_done' : null;
  const next = afterPoll({ ...action, taskId: task?.id ?? '' }, showing);
  if (next.verdict === 'not_done') await store.updateSubmission(action.id, { state: 'refused' });
  return step(deps, action, next, tell);
}

/** Writes what the poll made of it, and tells its person when that settles it. */
async function step(deps: FollowUpDeps, before: OpenAction, after: OpenAction, tell: Tell): Promise<boolean> {
  // Its person may have asked meanwhile, or its process may live after all: then it is theirs.
  if (!(await deps.store.changeAction(before.state, after))) return false;
  return after.state === 'settled' ? settle(deps, after, tell) : true;
}

async function settle(deps: FollowUpDeps, action: OpenAction, tell: Tell): Promise<boolean> {
  const { store, log } = deps;
  const verdict = action.verdict ?? 'unsettled';
  const raw = action.kind === 'create' ? ((await store.submission(action.id))?.raw ?? null) : null;
  // Written first: should this process die now, the next one looks whether the message arrived.
  if (!(await store.changeAction('settled', { ...action, attempted: true }))) return false;
  try {
    await tell({ action, verdict, card: deps.knownCard(action.taskId), raw, perhapsTold: action.attempted });
  } catch (thrown) {
    const error = toAppError(thrown);
    log.warn('a person could not be notified of the outcome of an action', { action: action.kind, code: error.code });
    if (!isLasting(error)) {
      if (error.details.maybeSent !== true) await store.changeAction('settled', action);
      return false;
    }
  }
  if (action.late || verdict === 'done' || verdict === 'gone') return drop(deps, action);
  await store.changeAction('settled', { ...action, state: 'closed' });
  return false;
}

/** This person can never be reached; an installation that is repaired can. */
function isLasting({ details: { permanent, concerns } }: AppError): boolean {
  return permanent === true && concerns !== 'installation';
}

async function expire(deps: FollowUpDeps, action: OpenAction): Promise<boolean> {
  const over = action.verdict === 'done' || deps.clock.now() - action.sentAt > lateMs;
  return over ? drop(deps, action) : false;
}

async function drop({ store }: FollowUpDeps, { id }: OpenAction): Promise<boolean> {
  await store.endAction(id);
  return false;
}
