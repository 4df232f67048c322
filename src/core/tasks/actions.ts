import type { Act } from '../access/permission.ts';
import { AppError, toAppError } from '../errors.ts';
import type { PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { TaskDraft } from '../model/fields.ts';
import { actorActionOf, type OpenAction, type OpenActionKind, type Verdict } from '../model/open-action.ts';
import type { ActorAction } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import type { Outcome } from '../ports.ts';
import { actionLeaseMs, actionLeaseOf } from '../time/action-lease.ts';
import { holding } from '../time/leases.ts';
import { persistently } from '../time/persistently.ts';
import { within } from '../time/waiting.ts';
import { cardOf } from '../watch/card.ts';
import { nextReading } from '../watch/infer.ts';
import type { Circumstances, CircumstancesOf } from '../watch/look.ts';
import { readingAfter, recordAction } from '../watch/record-action.ts';
import type { Looked } from '../watch/watch-once.ts';
import { confirmationOf } from './confirmation.ts';
import { type CreateDeps, type CreateUseCases, createOnce, type Recorded } from './create-once.ts';
import { followUp, type Tell } from './follow-up.ts';
import { createJournal, type NewAction } from './journal.ts';
import { listedTask } from './listed-task.ts';
import type { MetadataCache } from './metadata-cache.ts';
import { createPauses, isGivenUp } from './pause.ts';
import type { ActionResult, Concluding, PauseRequest, Request, StartRequest, StartResult } from './requests.ts';
import { createStart } from './start.ts';
import type { StartGate } from './start-gate.ts';

export interface TaskUseCases extends CreateUseCases {
  /**
   * Settles, by what a good poll shows, the actions whose outcome was lost, and has their people notified. Returns
   * whether any still waits for a poll. Throws `store_failed`.
   */
  followUp(looked: Looked, tell: Tell): Promise<boolean>;
  /** The person learned by asking what became of a lost action on a task: nothing more is to be said about it. */
  answered(question: { taskId: string; kind: OpenActionKind; person: PersonRef }, verdict: Verdict): Promise<void>;

  /** Every task of the account, read from the platform. Throws `AppError`. */
  cards(): Promise<CardData[]>;
  /** One task, read from the platform. Throws `AppError('task_gone')` when it no longer exists. */
  card(taskId: string): Promise<CardData>;
  /**
   * Starts unless the preflight forbids it (`stopped`), or has a question (`ask`) about what is not `accepted`. With
   * `confirm` it asks in any case: for a button that stood for something else a moment ago. `agreed`: how many numbers the
   * person has agreed to call; when there are more by now, or someone has stopped all calling since, it asks again. `arrived`:
   * how many numbers have just been imported, which the platform's list may not show yet. This is the only way to start a
   * task: whatever bars starts (`StartGate`) bars it here, for all who ask.
   */
  start(request: StartRequest): Promise<StartResult>;
  /**
   * Never `busy`: it is sent at once, and outlasts whatever action it meets. Two at a time are one, unless an emergency stop
   * may give up the earlier one. No import starts the
   * task after that, except the one that is `keeping` its start. Refused with `stop_over` when the stop that asked for it
   * does not want it any more.
   */
  pause(request: PauseRequest): Promise<ActionResult>;
  /**
   * Sends the whole definition. `alteredAt`: nothing is sent, and `task_changed` is the answer, unless the platform last
   * changed the task then (`alter_datetime`, epoch ms).
   */
  save(request: Request & { draft: TaskDraft; alteredAt?: number | null }): Promise<ActionResult>;
  /**
   * Deletes a paused task. A running one is refused with `platform_task_running`, one that does not carry the `name`
   * under which the person agreed any more with `task_changed`. Of a very long name its beginning decides.
   */
  remove(request: Request & { name?: string }): Promise<ActionResult>;
}

/** A task, and the person who asks something of it. */
interface ByPerson {
  taskId: string;
  person: string;
}

export interface TaskDeps extends CreateDeps {
  metadata: MetadataCache;
  /** A start that would call more numbers than this asks first. */
  startAskAbove: number;
  gate: StartGate;
  /** What is known of a task's redial rule and quiet hours; as for polls. */
  circumstancesOf?: CircumstancesOf;
  /**
   * Someone pauses a task: keeps everything that is to start it later from doing so, except the import that is named.
   * Throws `store_failed`.
   */
  withdrawStarts?: (taskId: string, keeping: string | null) => Promise<void>;
  /** Aborted when the process stops. */
  stopping?: AbortSignal;
}

/** How long the person who acted waits for our own book-keeping, ms. */
const recordWithinMs = 3_000;

export function createTaskUseCases(deps: TaskDeps): TaskUseCases {
  const { dialer, store, board, clock, circumstancesOf = () => ({}), withdrawStarts = async () => {} } = deps;

  const cardFor = (task: Task): CardData => {
    const takenAt = clock.now();
    const circumstances: Circumstances = { ...circumstancesOf(task, takenAt), look: 'glance' };
    return cardOf(nextReading(board.get(task.id), task, takenAt, circumstances), null);
  };

  /** The task with the figures of the progress endpoint, if one is configured; otherwise with those of the list. */
  const withProgress = async (task: Task): Promise<Task> => {
    const progress = await dialer.progress(task.id).catch(() => null);
    return progress === null ? task : { ...task, progress };
  };

  /** For a whole list, the endpoint would cost one request per task: the figures of the last poll are used instead. */
  const withKnownProgress = (task: Task): Task => {
    const known = board.get(task.id)?.task.progress ?? null;
    return known?.source === 'endpoint' ? { ...task, progress: known } : task;
  };

  const find = (taskId: string): Promise<Task> => listedTask(dialer, taskId);

  /** When the platform last changed a task: a list that lags does not show what any bot has saved a moment ago. */
  const lastAltered = async (taskId: string): Promise<number | null> => {
    const [found, stored] = await Promise.all([find(taskId), store.readings([taskId])]);
    const known = (stored.get(taskId) ?? board.get(taskId))?.task.alteredAt ?? null;
    return found.alteredAt === null || known === null ? found.alteredAt : Math.max(found.alteredAt, known);
  };

  /**
   * Our own bookkeeping after the platform has done what was asked. Its failure does not fail the action: a person who
   * reads "refused" would do it again.
   */
  const note = async (what: string, write: () => Promise<unknown>): Promise<void> => {
    try {
      await write();
    } catch (thrown) {
      deps.log.error('an action could not be recorded', { what, code: toAppError(thrown).code });
    }
  };

  /** Records our own action at once, so that the next poll does not announce it as someone else's. */
  const record = async (
    changed: Task,
    person: string,
    { action, ofStop = false, announced = false }: { action: ActorAction; ofStop?: boolean; announced?: boolean },
  ): Promise<Recorded> => {
    const task = action === 'deleted' ? changed : await withProgress(changed);
    const actor = { person, action, at: clock.now(), ofStop, announced };
    // A silent store must not delay the outcome of the platform; recording continues. What this bot knows of the action
    // until then keeps the next poll from announcing it as someone else's.
    const { reading, saved } = await within(clock, { ms: recordWithinMs }, recordAction(deps, task, actor), () => {
      deps.log.error('recording an action takes long', { action });
      const reading = readingAfter(board.get(task.id), task, actor, circumstancesOf);
      board.put(reading);
      return { reading, saved: false };
    });
    deps.changed();
    return { card: cardOf(reading, null), saved };
  };

  /** One action per task at a time, across all bots: a second press meanwhile is reported as busy. */
  const alone = <T>({ taskId, person }: ByPerson, kind: Act, act: () => Promise<T>) =>
    refusedOnThrow(async () => {
      await deps.may(person, kind, taskId);
      const lease = { name: actionLeaseOf(taskId), owner: deps.newId(), ttlMs: actionLeaseMs };
      return holding(deps, lease, act, (): { kind: 'busy' } => ({ kind: 'busy' }));
    });

  const refusedOnThrow = async <T>(act: () => Promise<T>): Promise<T | { kind: 'refused'; error: AppError }> => {
    try {
      return await act();
    } catch (thrown) {
      return { kind: 'refused', error: toAppError(thrown) };
    }
  };

  const journal = createJournal(deps);
  const nameOf = (taskId: string): string | null => board.get(taskId)?.task.name ?? null;

  /** Records the outcome of an action, and what the store must know of it. */
  const conclude = async <T>(
    action: OpenAction,
    outcome: Outcome<T>,
    { changed, ofStop = false, announced = false }: Concluding<T>,
  ): Promise<ActionResult> => {
    if (outcome.kind !== 'done') {
      await journal.end(action, outcome.kind);
      return outcome;
    }
    const done = { action: actorActionOf[action.kind], ofStop, announced };
    const { card, saved } = await record(changed(outcome.value), action.person, done);
    await journal.end(action, saved ? 'done' : 'unrecorded');
    return { kind: 'done', card };
  };

  /** Sends a request that is remembered until its outcome is recorded. Nothing is sent when the store cannot. */
  const send = async <T>(
    given: NewAction,
    request: () => Promise<Outcome<T>>,
    concluding: Concluding<T>,
  ): Promise<ActionResult> => {
    const action = journal.entry(given);
    await journal.begin(action);
    return conclude(action, await request(), concluding);
  };
  const asRead = (task: Task): Task => task;

  const pauses = createPauses({ dialer, store, clock, newId: deps.newId, find, log: deps.log, journal });
  const creates = createOnce(deps, { record, find, cardFor, note, refusedOnThrow, journal });
  const knownCard = (taskId: string): CardData | null => {
    const reading = board.get(taskId);
    return reading === null ? null : cardOf(reading, null);
  };
  const start = createStart({ ...deps, find, cardFor, pauses, send });
  /** The pauses in progress in this process, by task. `isSure`: it is wanted whatever happens meanwhile. */
  const pausing = new Map<string, { result: Promise<ActionResult>; isSure: boolean }>();

  const useCases: TaskUseCases = {
    async cards() {
      return (await dialer.list()).map((task) => cardFor(withKnownProgress(task)));
    },
    async card(taskId) {
      return cardFor(await withProgress(await find(taskId)));
    },

    create: creates.create,
    checkCreate: creates.checkCreate,

    followUp: (looked, tell) => followUp({ ...deps, knownCard, created: creates.created }, looked, tell),
    answered: journal.answered,

    start: (request) => alone(request, 'start', () => start(request)),

    pause(request) {
      const { taskId, person, channel = null, keeping = null, ofStop = false, scheduled, ...asked } = request;
      const announced = scheduled !== undefined;
      // A stop has withdrawn everything at once.
      const withdrawn = ofStop ? Promise.resolve() : persistently(deps, () => withdrawStarts(taskId, keeping));
      const isSure = asked.stillWanted === undefined;
      const earlier = pausing.get(taskId);
      // Another one that a stop may give up is the answer to no person, and to another stop only once it was not given up.
      if (earlier?.isSure) return earlier.result;
      if (earlier !== undefined && !isSure)
        return earlier.result.then((result) => (isGivenUp(result) ? useCases.pause(request) : result));
      // A pause asks and reads nothing first: stopping must be easier than starting.
      const result = refusedOnThrow(async () => {
        await deps.may(person, 'pause', taskId);
        const action = journal.entry({ kind: 'pause', taskId, person, channel, taskName: nameOf(taskId) });
        return pauses.pause(action, (outcome) => conclude(action, outcome, { changed: asRead, ofStop, announced }), {
          ...asked,
          noted: Promise.all([withdrawn, asked.noted]).then(() => undefined),
        });
      }).finally(() => {
        if (pausing.get(taskId) === now) pausing.delete(taskId);
      });
      const now = { result, isSure };
      pausing.set(taskId, now);
      return result;
    },

    save({ taskId, draft, person, channel = null, alteredAt }) {
      return alone({ taskId, person }, 'save', async () => {
        if (alteredAt !== undefined && (await lastAltered(taskId)) !== alteredAt) {
          throw new AppError('task_changed', 'the task was changed since its definition was read');
        }
        const action = { kind: 'save', taskId, person, channel, taskName: draft.name, draft } as const;
        return send(action, () => dialer.update(taskId, draft), { changed: asRead });
      });
    },

    remove({ taskId, person, channel = null, name }) {
      return alone({ taskId, person }, 'delete', async (): Promise<ActionResult> => {
        const task = await find(taskId);
        if (name !== undefined && confirmationOf(task) !== confirmationOf({ id: taskId, name })) {
          throw new AppError('task_changed', 'the task was renamed');
        }
        if (task.started) throw new AppError('platform_task_running', 'a running task cannot be deleted');
        const action = { kind: 'delete', taskId, person, channel, taskName: task.name } as const;
        return send(action, () => dialer.remove(taskId), { changed: () => task });
      });
    },
  };
  return useCases;
}
