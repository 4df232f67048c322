import { AppError } from '../errors.ts';
import type { Clock, Dialer, Store, Submission } from '../ports.ts';
import type { Board } from '../watch/board.ts';
import type { CardData } from '../watch/card.ts';
import type { ActorAction } from '../watch/reading.ts';
import { actionLeaseMs } from './action-lease.ts';
import { draftFromRaw, rawOf, type Task, type TaskDraft } from './task.ts';

export type CreateResult =
  | { kind: 'created'; card: CardData; already: boolean }
  | { kind: 'refused'; error: AppError }
  | { kind: 'unknown'; error: AppError }
  | { kind: 'in_progress' };

export interface CreateUseCases {
  /** Creates once per `key`, whatever is pressed or delivered twice. The channel then watches the task. */
  create(request: { key: string; draft: TaskDraft; person: string; channel: string }): Promise<CreateResult>;
  /** Settles a create whose outcome was unknown, by reading. `refused` with `platform_not_found`: it was not created. */
  checkCreate(key: string): Promise<CreateResult>;
  /**
   * Settles creates whose process died between sending and writing down, by reading; nothing is sent. Answers those
   * that are settled now: `created`, or `refused` with `platform_not_found`. One that cannot be read comes again.
   */
  settleCreates(): Promise<{ submission: Submission; result: CreateResult }[]>;
}

export interface CreateDeps {
  dialer: Dialer;
  store: Store;
  board: Board;
  clock: Clock;
  newId(): string;
  /** Called after anything that may have given the outbox or a card something to do. */
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

/** Creates a task once per submitted form, whatever is pressed or delivered twice, and across crashes. */
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
    // A submission still "working" after the longest possible action was cut off by a crash: its outcome is unknown.
    if (submission.state === 'unknown' || clock.now() - submission.sentAt > actionLeaseMs) {
      return { kind: 'unknown', error: new AppError('outcome_unknown', 'the first submission is not settled') };
    }
    return { kind: 'in_progress' };
  };

  const checkCreate = (key: string): Promise<CreateResult> =>
    refusedOnThrow(async (): Promise<CreateResult> => {
      const submission = await store.submission(key);
      if (submission === null || submission.raw === null) {
        throw new AppError('platform_not_found', 'no such submission');
      }
      if (submission.state === 'done') return resultOf(submission);
      // While the first submission is still being carried out, its absence from the list proves nothing.
      if (submission.state === 'working' && clock.now() - submission.sentAt <= actionLeaseMs) {
        return { kind: 'in_progress' };
      }
      const task = await dialer.findCreated(
        draftFromRaw(submission.raw),
        submission.sentAt,
        await store.claimedTaskIds(),
      );
      if (task === null) throw new AppError('platform_not_found', 'the list shows no task created by this form');
      return { kind: 'created', card: await created(task, submission), already: false };
    });

  return {
    async create({ key, draft, person, channel }) {
      return refusedOnThrow(async (): Promise<CreateResult> => {
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
      const owner = deps.newId();
      // One bot settles and tells; the others find nothing left.
      if (abandoned.length === 0 || !(await store.lease('settle-creates', owner, actionLeaseMs))) return [];
      const settled: { submission: Submission; result: CreateResult }[] = [];
      try {
        for (const submission of abandoned) {
          const result = await checkCreate(submission.key);
          if (result.kind === 'refused') {
            if (result.error.code !== 'platform_not_found') continue;
            await store.updateSubmission(submission.key, { state: 'refused' });
          }
          settled.push({ submission, result });
        }
      } finally {
        await note('release', () => store.release('settle-creates', owner));
      }
      return settled;
    },
  };
}
