import { AppError, toAppError } from '../errors.ts';
import { isTaskId, type Task } from '../model/task.ts';
import type { Clock, Dialer, Outcome } from '../ports.ts';
import { within } from '../time/waiting.ts';
import type { Board } from '../watch/board.ts';
import type { KnownTasks } from './ports.ts';

interface ListedDeps {
  board: Pick<Board, 'get'>;
  store: KnownTasks;
  clock: Pick<Clock, 'sleep'>;
}

/** How long an action waits for what the store knows, ms: a pause is to go out within 3 s all the same. */
const storeAnswerMs = 500;

/**
 * The calling platform, of which only those tasks can be named that it listed itself. Ids come back through the chat in
 * buttons and forms and end in the path of a request, so one that nobody saw in a list gets no request. What was listed
 * once is enough: a pause on what was last known must not wait for a platform that cannot be read.
 */
export function onlyListed(dialer: Dialer, { board, store, clock }: ListedDeps): Dialer {
  /** Ids of the last list read, and of what was created since. */
  let listed = new Set<string>();
  let last: readonly Task[] = [];

  const list = async (): Promise<Task[]> => {
    const tasks = await dialer.list();
    // The same array is the same list.
    if (tasks !== last) listed = new Set(tasks.map(({ id }) => id));
    last = tasks;
    return tasks;
  };

  /** Throws `task_gone`, or why the list could not be read. */
  const requireListed = async (taskId: string): Promise<void> => {
    const known = (): boolean => listed.has(taskId) || board.get(taskId) !== null;
    if (isTaskId(taskId)) {
      if (known()) return;
      // A store that is silent knows nothing; the list then decides.
      const stored = store.knowsTask(taskId).catch(() => false);
      if (await within(clock, { ms: storeAnswerMs }, stored, () => false)) return;
      await list();
      if (known()) return;
    }
    throw new AppError('task_gone', 'no list has shown a task with that id');
  };

  const guarded = async <T>(taskId: string, act: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      await requireListed(taskId);
    } catch (thrown) {
      return { kind: 'refused', error: toAppError(thrown) };
    }
    return act();
  };

  /** A task that was made a moment ago is listed as far as we are concerned, whatever the list says meanwhile. */
  const made = (task: Task | null): void => {
    if (task !== null) listed.add(task.id);
  };

  return {
    metadata: () => dialer.metadata(),
    list,
    hasProgress: dialer.hasProgress,
    async progress(taskId) {
      await requireListed(taskId);
      return dialer.progress(taskId);
    },
    async create(draft, knownIds) {
      const outcome = await dialer.create(draft, knownIds);
      made(outcome.kind === 'done' ? outcome.value : null);
      return outcome;
    },
    async findCreated(draft, sentAt, knownIds) {
      const task = await dialer.findCreated(draft, sentAt, knownIds);
      made(task);
      return task;
    },
    update: (taskId, draft) => guarded(taskId, () => dialer.update(taskId, draft)),
    start: (taskId, answered) => guarded(taskId, () => dialer.start(taskId, answered)),
    pause: (taskId, answered) => guarded(taskId, () => dialer.pause(taskId, answered)),
    remove: (taskId) => guarded(taskId, () => dialer.remove(taskId)),
    importNumbers: (taskId, batch) => guarded(taskId, () => dialer.importNumbers(taskId, batch)),
  };
}
