import { toAppError } from './core/errors.ts';
import type { Clock, Log, Messenger } from './core/ports.ts';
import type { TaskUseCases } from './core/tasks/actions.ts';
import type { Looked } from './core/watch/watch-once.ts';
import { reportAction } from './slack/flows/report-action.ts';
import type { DirectMessages } from './slack/flows/report-import.ts';

interface AfterPollDeps {
  tasks: Pick<TaskUseCases, 'followUp'>;
  /** Goes on with interrupted imports; `readable` as for the use case. */
  resumeImports(readable: (taskId: string) => boolean): Promise<void>;
  /** Goes on with an emergency stop that was interrupted, and pauses what is on outside the legal hours. Never throws. */
  goOnWithStop(): Promise<void>;
  direct: DirectMessages & { find: Messenger['find'] };
  clock: Pick<Clock, 'sleep'>;
  log: Pick<Log, 'error'>;
  /** Aborted when the process stops. */
  stopping: AbortSignal;
  pollNow(): Promise<void>;
}

/** How soon the platform is polled again while the outcome of an action is not known, ms. */
const lookAgainMs = 5_000;

/**
 * What was interrupted, or whose outcome was lost, is settled by what a poll shows and reported to its person; failing
 * to reach one person delays no one else.
 * @returns runs one poll, and settles what it shows. A list that is incomplete fails the poll, but shows much all the
 * same.
 */
export function settlingAfterPolls(deps: AfterPollDeps) {
  const { tasks, direct, clock, log, stopping } = deps;
  let lookingAgain = false;
  let resuming = false;
  let goingOn = false;

  /** An outcome that is not known is not left to the next regular poll: its person waits for it. */
  const lookAgain = async (): Promise<void> => {
    if (lookingAgain) return;
    lookingAgain = true;
    await clock.sleep(lookAgainMs, stopping);
    lookingAgain = false;
    if (!stopping.aborted) await deps.pollNow();
  };

  const settle = async (looked: Looked): Promise<void> => {
    const listed = new Set(looked.tasks.map(({ id }) => id));
    // They take as long as they take; polls go on meanwhile.
    if (looked.imports && !resuming) {
      resuming = true;
      void deps
        .resumeImports((taskId) => looked.complete || listed.has(taskId))
        .catch((thrown) => log.error('imports could not be resumed', { code: toAppError(thrown).code }))
        .finally(() => {
          resuming = false;
        });
    }
    if (!goingOn) {
      goingOn = true;
      void deps.goOnWithStop().finally(() => {
        goingOn = false;
      });
    }
    if (await tasks.followUp(looked, (settled) => reportAction(direct, settled))) void lookAgain();
  };

  return async (poll: (looked: (one: Looked) => void) => Promise<unknown>): Promise<void> => {
    const seen: Looked[] = [];
    try {
      await poll((one) => seen.push(one));
    } finally {
      for (const one of seen) await settle(one);
    }
  };
}
