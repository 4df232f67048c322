import type { May } from '../access/permission.ts';
import { AppError } from '../errors.ts';
import type { CardData } from '../model/card.ts';
import { draftFromRaw, type RawDraft, rawOf, type TaskDraft } from '../model/fields.ts';
import type { ActorAction } from '../model/reading.ts';
import type { Submission } from '../model/submission.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import { actionLeaseMs, leaseOfAction } from '../time/action-lease.ts';
import { holding, type Leases } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { OpenActions, Readings, Watches } from '../watch/ports.ts';
import type { FollowUpDeps } from './follow-up.ts';
import type { Journal } from './journal.ts';
import type { FormStore, Submissions } from './ports.ts';

export type CreateResult =
  | { kind: 'created'; card: CardData; already: boolean }
  | { kind: 'refused'; error: AppError }
  | { kind: 'unknown'; error: AppError }
  | { kind: 'in_progress' }
  /** Only after checking: the list shows no task created by this form. `raw` is what was typed. */
  | { kind: 'not_created'; raw: RawDraft };

export interface CreateUseCases {
  /** Creates once per `key`, however often it is pressed or delivered. The channel then watches the task. */
  create(request: { key: string; draft: TaskDraft; person: string; channel: string }): Promise<CreateResult>;
  /** Settles a create whose outcome was unknown, by reading. */
  checkCreate(key: string): Promise<CreateResult>;
}

export interface CreateDeps {
  dialer: Dialer;
  store: Submissions &
    Pick<FormStore, 'dropForm'> &
    Leases &
    Readings &
    OpenActions &
    Pick<Watches, 'addWatch'> &
    AudienceStore;
  board: Board;
  clock: Clock;
  log: Pick<Log, 'warn' | 'error'>;
  may: May;
  newId(): string;
  /** A task was created from the form of this key: what waits for it is given it. Throws `store_failed`. */
  createdFrom?: (key: string, task: Task) => Promise<void>;
  /** Called after anything that may have created work for the outbox or a card. */
  changed(): void;
}

/** The card of a task after an own action, and whether the store has the reading that says so. */
export interface Recorded {
  card: CardData;
  saved: boolean;
}

/** What creating shares with the other use cases. */
interface Shared {
  record(task: Task, person: string, done: { action: ActorAction }): Promise<Recorded>;
  find(taskId: string): Promise<Task>;
  cardFor(task: Task): CardData;
  note(what: string, write: () => Promise<unknown>): Promise<void>;
  refusedOnThrow<T>(act: () => Promise<T>): Promise<T | { kind: 'refused'; error: AppError }>;
  journal: Journal;
}

/** Creates a task once per submitted form, however often it is pressed or delivered, and across crashes. */
export function createOnce(deps: CreateDeps, shared: Shared): CreateUseCases & Pick<FollowUpDeps, 'created'> {
  const { dialer, store, board, clock } = deps;
  const { record, find, cardFor, note, refusedOnThrow, journal } = shared;

  const created = async (task: Task, { key, person, channel }: Submission): Promise<CardData> => {
    await note('submission', () => store.updateSubmission(key, { state: 'done', taskId: task.id }));
    await note('what awaited the task', async () => deps.createdFrom?.(key, task));
    await note('a kept form', () => store.dropForm(key, person));
    const { card } = await record(task, person, { action: 'created' });
    await note('watch', () => store.addWatch({ taskId: task.id, channel, owner: person, createdAt: clock.now() }));
    deps.changed();
    return card;
  };

  const knownIds = async (): Promise<Set<string>> => {
    const ids = await store.claimedTaskIds();
    for (const reading of board.all()) ids.add(reading.task.id);
    return ids;
  };

  /** Whether the process that submitted this form is still at it, on whichever bot. */
  const atWork = async (key: string): Promise<boolean> => {
    const lease = leaseOfAction({ kind: 'create', id: key, taskId: '' });
    return (await store.leased(lease)).includes(lease);
  };

  /** Of a form that was submitted before; nobody is at work on it. */
  const resultOf = async (submission: Submission): Promise<CreateResult> => {
    if (submission.state === 'done' && submission.taskId !== null) {
      return { kind: 'created', card: cardFor(await find(submission.taskId)), already: true };
    }
    if (submission.state === 'refused') return { kind: 'in_progress' };
    // One that is still "working" was interrupted by a crash: its outcome is unknown.
    return { kind: 'unknown', error: new AppError('outcome_unknown', 'the first submission is not settled') };
  };

  const checkCreate = (key: string): Promise<CreateResult> =>
    refusedOnThrow(async (): Promise<CreateResult> => {
      const submission = await store.submission(key);
      if (submission === null || submission.raw === null) {
        throw new AppError('submission_unknown', 'no such submission');
      }
      if (submission.state === 'done') return resultOf(submission);
      // While the first submission is still in progress, its absence from the list proves nothing.
      if (submission.state === 'working' && (await atWork(key))) return { kind: 'in_progress' };
      const draft = draftFromRaw(submission.raw);
      const task = await dialer.findCreated(draft, submission.sentAt, await store.claimedTaskIds());
      const question = { taskId: '', kind: 'create' as const, person: submission.person, id: key };
      await journal.answered(question, task === null ? 'not_done' : 'done');
      if (task === null) return { kind: 'not_created', raw: submission.raw };
      return { kind: 'created', card: await created(task, submission), already: false };
    });

  /** Claims the form, sends it and records what became of it. */
  const submit = async (submission: Submission, draft: TaskDraft): Promise<CreateResult> => {
    const { key, person, channel } = submission;
    const action = journal.entry({ kind: 'create', id: key, taskId: '', taskName: draft.name, person, channel });
    const known = await knownIds();
    if (!(await store.claim(submission, action))) {
      const earlier = await store.submission(key);
      return earlier === null ? { kind: 'in_progress' } : resultOf(earlier);
    }
    const outcome = await dialer.create(draft, known);
    if (outcome.kind === 'done') {
      const card = await created(outcome.value, submission);
      await journal.end(action, 'done');
      return { kind: 'created', card, already: false };
    }
    await note('submission', () => store.updateSubmission(key, { state: outcome.kind }));
    await journal.end(action, outcome.kind);
    return outcome;
  };

  return {
    async create({ key, draft, person, channel }) {
      return refusedOnThrow(async (): Promise<CreateResult> => {
        await deps.may(person, 'create', null);
        const submission: Submission = {
          key,
          person,
          channel,
          state: 'working',
          taskId: null,
          raw: rawOf(draft),
          sentAt: clock.now(),
        };
        const name = leaseOfAction({ kind: 'create', id: key, taskId: '' });
        const lease = { name, owner: deps.newId(), ttlMs: actionLeaseMs };
        return holding(
          deps,
          lease,
          () => submit(submission, draft),
          (): CreateResult => ({ kind: 'in_progress' }),
        );
      });
    },

    checkCreate,
    created,
  };
}
