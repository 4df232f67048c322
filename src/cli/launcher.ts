import type { Clock } from '../core/ports.ts';

const lookEveryMs = 250;

/**
 * Calls `gone` once the process that started this one has ended. npm passes a signal on to the shell that it runs a
 * script in; the shell ends, and what it started would run on without anybody who knows of it.
 */
export function onLauncherGone(clock: Pick<Clock, 'sleep'>, gone: () => void): void {
  const launcher = process.ppid;
  const look = async (): Promise<void> => {
    while (process.ppid === launcher) await clock.sleep(lookEveryMs);
    gone();
  };
  void look();
}
