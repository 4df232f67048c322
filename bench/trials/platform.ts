import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Body, Said } from './platform-words.ts';

/** The calling platform of one trial. Times are `performance.now()` of this process. */
export interface TrialPlatform {
  url: string;
  /** What the list is answered with from now on. */
  answer(body: Body): void;
  /** Resolves when the list has been read that often. */
  listed(times: number): Promise<void>;
  /** When it was asked to stop a task; null when it has not been. */
  stoppedAt(): number | null;
  close(): Promise<void>;
}

/** Starts it with that many tasks beside the running one. */
export async function startPlatform(tasks: number): Promise<TrialPlatform> {
  const child = fork(new URL('./platform-process.ts', import.meta.url), [String(tasks)], {
    execArgv: ['--import', 'tsx'],
  });
  const exited = once(child, 'exit');
  let readings = 0;
  let stoppedAt: number | null = null;
  const waiting = new Set<() => void>();
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the platform ended')));
    child.on('message', (said: Said) => {
      if ('ready' in said) resolve(said.ready);
      else if ('stopped' in said) stoppedAt ??= performance.now();
      else readings = said.listed;
      for (const look of waiting) look();
    });
  });
  return {
    url,
    answer: (body) => void child.send(body),
    listed: (times) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (readings < times) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    stoppedAt: () => stoppedAt,
    async close() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
