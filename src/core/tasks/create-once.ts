import type { May } from '../access/permission.ts';
import { AppError } from '../errors.ts';
import type { CardData } from '../model/card.ts';
import { draftFromRaw, type RawDraft, rawOf, type TaskDraft } from '../model/fields.ts';
import type { ActorAction } from '../model/reading.ts';
import type { Submission } from '../model/submission.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import { actionLeaseMs } from '../time/action-lease.ts';
import { holding, type Leases } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { Readings, Watches } from '../watch/ports.ts';
import type { Submissions } from './ports.ts';

export type CreateResult =
  | { kind: 'created'; card: CardData; already: boolean }
  | { kind: 'refused'; error: AppError }
  | { kind: 'unknown'; error: AppError }
  | { kind: 'in_progress' }
  /** Only after checking: the list shows no task created by this form. `raw` is what was typed. */
  | { kind: 'not_created'; raw: RawDraft };

export interface SettledCreate {
  submission: Submission;
  result: CreateResult;
}

export interface CreateUseCases {
  /** Creates once per `key`, however often it is pressed or delivered. The channel then watches the task. */
  create(request: { key: string; draft: TaskDraft; person: string; channel: string }): Promise<CreateResult>;
  /** Settles a create whose outcome was unknown, by reading. */
  checkCreate(key: string): Promise<CreateResult>;
  /**
   * Settles creates whose process died before it recorded the outcome, by reading; nothing is sent. Returns those that
   * are now settled: `created` or `not_created`. One that cannot be read is left for the next call.
   */
  settleCreates(): Promise<SettledCreate[]>;
}

export interface CreateDeps {
  dialer: Dialer;
  store: Submissions & Leases & Readings & Pick<Watches, 'addWatch'>;
  board: Board;
  clock: Clock;
  log: Pick<Log, 'error'>;
  may: May;
  newId(): string;
  /** Called after anything that may have created work for the outbox or a card. */
  changed(): void;
}

/** What creating shares with the other use cases. */
interface Shared {
  record(task: Task, person: string, action: ActorAction): Promise<CardData>;
  find(taskId: string): Promise<Task>;
  cardFor(task: Task): CardData;
  note(what: string, write: () => Promise<unknown>): Promise<void>;
  refusedOnThrow<T>(act: () => Promise<T>): Promise<T | { kind: 'refused'; error: AppError }>;
}

/** Creates a task once per submitted form, however often it is pressed or delivered, and across crashes. */
export function createOnce(deps: CreateDeps, { record, find, cardFor, note, refusedOnThrow }: Shared): CreateUseCases {
  const { dialer, store, board, clock } = deps;

  const created = async (task: Task, { key, person, channel }: Submission): Promise<CardData> => {
    await note('submission', () => store.updateSubmission(key, { state: 'done', taskId: task.id }));
    const card = await record(task, person, 'created');
    await note('watch', () => store.addWatch({ taskId: task.id, channel, owner: person, createdAt: clock.now() }));
    deps.changed();
    return card;
  };

  const knownIds = async (): Promise<Set<string>> => {
    const ids = await store.claimedTaskIds();
    for (const reading of board.all()) ids.add(reading.task.id);
    return ids;
  };

  const resultOf = async (submission: Submission): Promise<CreateResult> => {
    if (submission.state === 'done' && submission.taskId !== null) {
      return { kind: 'created', card: cardFor(await find(submission.taskId)), already: true };
    }
    // A submission still "working" after the longest possible action was interrupted by a crash: its outcome is
    // unknown.
    if (submission.state === 'unknown' || clock.now() - submission.sentAt > actionLeaseMs) {
      return { kind: 'unknown', error: new AppError('outcome_unknown', 'the first submission is not settled') };
    }
    return { kind: 'in_progress' };
  };

  const checkCreate = (key: string): Promise<CreateResult> =>
    refusedOnThrow(async (): Promise<CreateResult> => {
      const submission = await store.submission(key);
      if (submission === null || submission.raw === null) {
        throw new AppError('submission_unknown', 'no such submission');
      }
      if (submission.state === 'done') return resultOf(submission);
      // While the first submission is still in progress, its absence from the list proves nothing.
      if (submission.state === 'working' && clock.now() - submission.sentAt <= actionLeaseMs) {
        return { kind: 'in_progress' };
      }
      const task = await dialer.findCreated(
        draftFromRaw(submission.raw),
        submission.sentAt,
        await store.claimedTaskIds(),
      );
      if (task === null) return { kind: 'not_created', raw: submission.raw };
      return { kind: 'created', card: await created(task, submission), already: false };
    });

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
        const known = await knownIds();
        if (!(await store.claim(submission))) {
          const earlier = await store.submission(key);
          return earlier === null ? { kind: 'in_progress' } : resultOf(earlier);
        }
        const outcome = await dialer.create(draft, known);
        if (outcome.kind === 'done') {
          return { kind: 'created', card: await created(outcome.value, submission), already: false };
        }
        await note('submission', () => store.updateSubmission(key, { state: outcome.kind }));
        return outcome;
      });
    },

    checkCreate,

    async settleCreates() {
      const abandoned = await store.abandonedSubmissions(clock.now() - actionLeaseMs);
      if (abandoned.length === 0) return [];
      const settle = async (): Promise<SettledCreate[]> => {
        const settled: SettledCreate[] = [];
        for (const submission of abandoned) {
          const result = await checkCreate(submission.key);
          if (result.kind === 'refused') continue;
          if (result.kind === 'not_created') await store.updateSubmission(submission.key, { state: 'refused' });
          settled.push({ submission, result });
        }
        return settled;
      };
      // Only one bot settles and reports; the others find nothing left.
      return holding(deps, { name: 'settle-creates', owner: deps.newId(), ttlMs: actionLeaseMs }, settle, () => []);
    },
  };
}
