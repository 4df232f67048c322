import { counted } from '../format.ts';

const calls = (n: number): string => counted(n, 'number', 'numbers');

/** What may be ordered together with an import, and what became of it. */
export const importOrder = {
  buttons: { import_start: 'Import and start', pause_import_start: 'Pause, import, start' },
  offers: {
    import_start: (n: number) =>
      `*Import and start* starts the task as soon as everything has arrived, and calls go out to ${calls(n)}.`,
    launch: (n: number) =>
      `*Create, import and start* creates the task, imports the numbers and starts it as soon as everything has arrived; then calls go out to ${calls(n)}.`,
    pause_import_start: (n: number) =>
      `This task is running: the platform may refuse new numbers, or call them right away. *Pause, import, start* pauses it first and starts it again as soon as everything has arrived; then calls go out to ${calls(n)}.`,
  },
  confirms: (n: number) => `Calls will go out to ${calls(n)} as soon as the import is complete.`,
  confirmTitle: (n: number) => `Call ${calls(n)}?`,
  /** While the numbers are sent. */
  follows: 'When everything has arrived, the task is started.',
  pending: (name: string) => `*${name}* has not been started yet. That happens next, and you get a direct message.`,
  running: (name: string) => `*${name}* is running already.`,
  started: (name: string) => `*${name}* was started.`,
  asks: (name: string) =>
    `*${name}* has not been started: something has to be confirmed first. *Start* shows what it is.`,
  stopped: (name: string) => `*${name}* was not started, because it cannot be started as it is. *Start* shows why.`,
  refused: (name: string, why: string) => `*${name}* was not started. ${why}`,
  busy: (name: string) => `*${name}* was not started, because another action on it was in progress.`,
  overtaken: (name: string) =>
    `*${name}* was not started, because someone, or its schedule, paused it, and a pause always wins.`,
  cancelled: (name: string) => `*${name}* was not started, because the import was ended.`,
  incomplete: (name: string) => `*${name}* was not started, because the import stopped before everything was settled.`,
  nothing: (name: string) => `*${name}* was not started, because none of these numbers was imported.`,
  unknown: (name: string) => `It is not known yet whether *${name}* was started.`,
  pausedBefore: 'It was paused for this import.',
};
