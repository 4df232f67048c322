import type { Clock } from '../core/ports.ts';

const lookEveryMs = 250;

/**
 * The id of the process that started this one where that was npm, otherwise null. Asked before anything else happens:
 * once the launcher has ended, nothing shows that there was one.
 */
export function launcherOf(environment: NodeJS.ProcessEnv): number | null {
  return environment.npm_lifecycle_event === undefined ? null : process.ppid;
}

/**
 * Calls `gone` once `launcher` is no longer what this process was started by, at once when that is so already. npm
 * passes a signal on to the shell that it runs a script in; the shell ends, and what it started would run on without
 * anybody who knows of it. Does nothing for null.
 */
export function onLauncherGone(launcher: number | null, clock: Pick<Clock, 'sleep'>, gone: () => void): void {
  if (launcher === null) return;
  const look = async (): Promise<void> => {
    while (process.ppid === launcher) await clock.sleep(lookEveryMs);
    gone();
  };
  void look();
}
