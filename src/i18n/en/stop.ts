import type { LeftReason } from '../../core/model/emergency-stop.ts';
import { counted, grouped } from '../format.ts';

const tasks = (n: number): string => counted(n, 'task', 'tasks');
const are = (n: number): string => (n === 1 ? 'is' : 'are');

/** The emergency stop: everything is paused at once, and nothing is started until it is resumed. */
export const stop = {
  /** To everybody who watches. */
  stopped: (who: string) =>
    `${who} stopped all calling. Every task that was on is being paused, and nothing is started until someone resumes it.`,
  resumed: (who: string, n: number) => `${who} resumed calling. ${tasks(n)} ${are(n)} on again.`,
  notStarted: (n: number) => `${tasks(n)} could not be started.`,
  lifted: (who: string) =>
    `${who} ended the emergency stop. Its tasks stay paused; they can be started again one by one.`,
  afterHours: (who: string, n: number) =>
    `Calls may be made within fixed hours only, and these are over. ${who} paused ${tasks(n)} that ${n === 1 ? 'was' : 'were'} on.`,
  notPausedThen: (n: number) => `${tasks(n)} could not be paused and may still be calling.`,
  interrupted: (n: number) =>
    `Resuming calling was interrupted, and does not go on by itself. ${tasks(n)} ${are(n)} on again so far. Resume it once more if the others should still be called.`,
  /** To the person who ordered it. */
  none: 'All calling is stopped. No task was on.',
  paused: (n: number) => `All calling is stopped. ${tasks(n)} ${are(n)} paused; calls in progress will finish.`,
  partly: (paused: number, failed: number) =>
    `${tasks(failed)} may still be calling. ${tasks(paused)} ${are(paused)} paused.`,
  bars: (command: string) =>
    `Nothing is started from now on, neither by anyone nor by an import. ${command} starts these tasks again.`,
  already: (who: string, at: string) => `${who} had stopped all calling ${at}.`,
  unremembered:
    'The database of this app does not answer. Until it does, starts are not prevented, and this app does not know which tasks to start again.',
  /** Before it is resumed. */
  nothing: 'All calling is not stopped, so there is nothing to resume.',
  question: (n: number) => `Start ${tasks(n)} again?`,
  noneLeft: 'None of the tasks of this stop can be started again. End it to let tasks be started one by one.',
  since: (who: string, at: string) => `${who} stopped all calling ${at}.`,
  untilResumed: 'Nothing is started until someone resumes it.',
  resuming: (who: string, at: string) =>
    `${who} began to resume it ${at}. If that was interrupted, you can go on with it here.`,
  how: (numbers: string) =>
    `They are started in the order in which they were paused, each after its preflight check. ${numbers} left to dial.`,
  howUncounted: 'They are started in the order in which they were paused, each after its preflight check.',
  notPaused: (n: number) => `${tasks(n)} could not be paused, may still be on, and ${are(n)} left out.`,
  doubted:
    'This stop was restored from a backup. What became of its tasks since the backup is not known: check them before you start them again.',
  startAgain: (n: number) => `Start ${tasks(n)}`,
  lift: 'End the stop only',
  liftTitle: 'Start nothing?',
  liftText:
    'Tasks can be started again. Those that were paused stay paused, and this app forgets which ones they were.',
  resume: 'Resume…',
  /** What came of it. */
  startedAgain: (n: number) => `${tasks(n)} ${are(n)} on again.`,
  waits: (n: number) =>
    `${tasks(n)} could not be started yet, because the platform or the database does not answer. This goes on by itself for 15 minutes; you get a direct message.`,
  barred: (n: number) =>
    `Someone stopped all calling again meanwhile. ${tasks(n)} ${are(n)} not started; resume the new stop to start them.`,
  closed: (n: number) =>
    `${tasks(n)} ${are(n)} not started, because calls may be made within fixed hours only. Resume again then.`,
  withdrawn: (n: number) =>
    `${tasks(n)} ${are(n)} left paused, because someone, or the schedule, paused ${n === 1 ? 'it' : 'them'} meanwhile.`,
  over: 'The emergency stop is ended. Nothing was started.',
  more: (n: number) => `and ${grouped(n)} more`,
  why: {
    not_paused: 'Its pause is not known to have taken effect, so it may still be on.',
    asks: 'Something has to be confirmed first.',
    stopped: 'It cannot be started as it is.',
    refused: 'The start was refused.',
    unknown: 'It is not known whether it was started.',
    busy: 'Another action on it was in progress.',
    gone: 'It no longer exists on the platform.',
    off_again: 'It was started, and is off again.',
  } satisfies Record<LeftReason, string> as Record<LeftReason, string>,
};
