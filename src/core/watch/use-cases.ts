import type { Task } from '../model/task.ts';
import type { Watch } from '../model/watch.ts';
import type { Watches } from './ports.ts';

export interface WatchUseCases {
  /** `already`: that channel watched the task before. */
  add(request: { task: Task; channel: string; person: string }): Promise<{ already: boolean }>;
  /** False when that channel did not watch it. */
  remove(request: { taskId: string; channel: string }): Promise<boolean>;
  /** The watches of one channel. */
  of(channel: string): Promise<Watch[]>;
}

export interface WatchDeps {
  store: Watches;
  clock: { now(): number };
  changed(): void;
}

export function createWatchUseCases({ store, clock, changed }: WatchDeps): WatchUseCases {
  return {
    async add({ task, channel, person }) {
      const already = (await store.watchesOf(task.id)).some(
        (watch) => watch.channel === channel && watch.brokenBy === null,
      );
      await store.addWatch({ taskId: task.id, channel, owner: person, createdAt: clock.now() });
      changed();
      return { already };
    },
    remove: ({ taskId, channel }) => store.removeWatch(taskId, channel),
    async of(channel) {
      return (await store.watches()).filter((watch) => watch.channel === channel);
    },
  };
}
