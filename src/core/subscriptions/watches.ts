import type { May } from '../access/permission.ts';
import type { ChannelRef, MessageRef, PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { Task } from '../model/task.ts';
import type { Watch } from '../model/watch.ts';
import { type Found, findTask } from '../tasks/find.ts';
import type { TaskFinder } from '../tasks/finder.ts';
import type { Lists } from '../tasks/ports.ts';
import type { Board } from '../watch/board.ts';
import { cardHash } from '../watch/card.ts';
import { closedCardOf } from '../watch/closing.ts';
import type { Watches } from '../watch/ports.ts';

/** One watch of a channel, with the last known name of its task. */
type NamedWatch = Pick<Watch, 'channel' | 'taskId' | 'cardRef' | 'brokenBy'> & { taskName: string };

export interface WatchUseCases {
  /** `already`: the channel already watched the task. */
  add(request: { taskId: string; channel: ChannelRef; person: PersonRef }): Promise<{ already: boolean }>;
  /** Ends a watch; its card says so. @returns who had set it up; null when that channel did not watch the task. */
  remove(request: { taskId: string; channel: ChannelRef; person: PersonRef }): Promise<PersonRef | null>;
  /** The watches of one channel. */
  of(channel: ChannelRef): Promise<NamedWatch[]>;
  /**
   * Looks a task up first among those the channel watches, because a task deleted on the platform is in no list, and
   * then among all. Throws `AppError`.
   */
  find(request: { person: PersonRef; channel: ChannelRef; ref: string }): Promise<Found>;
  /** A card was edited through its own button: the next poll need not edit it again. */
  cardShown(request: { channel: ChannelRef; message: MessageRef; card: CardData }): Promise<void>;
}

export interface WatchDeps {
  store: Watches & Pick<Lists, 'lastList'>;
  board: Pick<Board, 'get'>;
  finder: Pick<TaskFinder, 'find'>;
  clock: { now(): number };
  may: May;
  changed(): void;
}

export function createWatchUseCases({ store, board, finder, clock, may, changed }: WatchDeps): WatchUseCases {
  const taskOf = ({ taskId }: Watch): Task | null => board.get(taskId)?.task ?? null;
  const watchesOf = async (channel: ChannelRef): Promise<Watch[]> =>
    (await store.watches()).filter((watch) => watch.channel === channel);

  return {
    async add({ taskId, channel, person }) {
      await may(person, 'watch', taskId);
      const watches = await store.watchesOf(taskId);
      const already = watches.some((watch) => watch.channel === channel && watch.brokenBy === null);
      await store.addWatch({ taskId, channel, owner: person, createdAt: clock.now() });
      changed();
      return { already };
    },

    async remove({ taskId, channel, person }) {
      await may(person, 'unwatch', taskId);
      const watch = (await store.watchesOf(taskId)).find((candidate) => candidate.channel === channel);
      const closed = closedCardOf(taskId, board.get(taskId), { why: 'unwatched', by: person, at: clock.now() });
      if (!(await store.removeWatch(taskId, channel, closed))) return null;
      changed();
      return watch?.owner ?? person;
    },

    async of(channel) {
      const watches = await watchesOf(channel);
      return watches.map((watch) => ({ ...watch, taskName: taskOf(watch)?.name ?? watch.taskId }));
    },

    async find({ person, channel, ref }) {
      const watched = (await watchesOf(channel)).flatMap((watch) => taskOf(watch) ?? []);
      const found = findTask(ref, watched, await store.lastList(person));
      return found.kind === 'one' ? found : finder.find(person, ref);
    },

    async cardShown({ channel, message, card }) {
      const watch = (await watchesOf(channel)).find(({ cardRef }) => cardRef === message);
      if (watch !== undefined) await store.updateWatch(watch.id, { cardHash: cardHash(card) });
    },
  };
}
