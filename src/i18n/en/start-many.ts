import { counted, grouped } from '../format.ts';

const tasks = (n: number): string => counted(n, 'task', 'tasks');

/** Several tasks that are started at once. */
export const startMany = {
  question: (n: number) => `Start ${tasks(n)}?`,
  unknownNumbers: 'How many numbers are left is not known of all of them.',
  start: (n: number, numbers: number | null) =>
    numbers === null ? `Start ${tasks(n)}` : `Start ${tasks(n)}, call ${counted(numbers, 'number', 'numbers')}`,
  none: 'None of these tasks can be started.',
  /** What was to be started, in words that begin a sentence. */
  noneOf: (what: string) => `${what}: none of them is paused with numbers left to call.`,
  tooMany: (what: string, n: number, max: number) =>
    `${what}: ${tasks(n)} could be started, and at most ${grouped(max)} are at once. Nothing was started. Name the tasks by their numbers in the list: \`start 1-5\`.`,
  started: (n: number) => (n === 1 ? 'One task has started.' : `${tasks(n)} have started.`),
  partly: (started: number, failed: number) =>
    started === 0
      ? `${tasks(failed)} could not be started, and none has.`
      : `${tasks(failed)} could not be started. ${counted(started, 'task has', 'tasks have')} started.`,
  alreadyOn: (n: number) => (n === 1 ? 'One task was on already.' : `${tasks(n)} were on already.`),
  asks: 'It has to be confirmed once more.',
};
