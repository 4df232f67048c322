import type { May } from '../access/permission.ts';
import { AppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { QuietHours, QuietWindow } from '../model/quiet-hours.ts';
import type { DatedMetadata, MetadataCache } from '../tasks/metadata-cache.ts';
import type { Board } from '../watch/board.ts';
import type { KnownHours } from './known-hours.ts';
import type { QuietHoursStore } from './ports.ts';
import { type NamedGroup, type QuietRequest, readRequest } from './read-request.ts';

/** A quiet-hours group of the platform. */
export interface QuietGroup extends NamedGroup {
  /** Tasks that use it. */
  tasks: number;
  /** null when nobody has entered them. */
  hours: QuietHours | null;
}

export interface QuietHoursUseCases {
  /** In whose wall-clock time hours are entered: an IANA name. */
  zone: string;
  /** Every group of the platform, and those that tasks use besides. Throws `AppError` when the platform names none. */
  groups(): Promise<QuietGroup[]>;
  /** The group of that id. Throws `AppError('group_gone')` when there is none. */
  group(groupId: string): Promise<QuietGroup>;
  /** What a person means by `<group> [hours]`. Throws `AppError`. */
  read(text: string): Promise<QuietRequest<QuietGroup>>;
  /**
   * Enters the hours of a group, for every bot; null: they are unknown again. Throws `AppError`: `not_permitted`,
   * `group_gone`, `store_failed`.
   */
  set(request: {
    groupId: string;
    windows: QuietWindow[] | null;
    person: PersonRef;
    channel?: ChannelRef;
  }): Promise<QuietGroup>;
}

export interface QuietHoursDeps {
  store: QuietHoursStore;
  known: KnownHours;
  metadata: MetadataCache;
  board: Pick<Board, 'all'>;
  clock: { now(): number };
  may: May;
  zone: string;
  /** Called after hours were entered: what is said of tasks may be different now. */
  changed(): void;
}

export function createQuietHoursUseCases(deps: QuietHoursDeps): QuietHoursUseCases {
  const { store, known, metadata, board, clock, may, zone } = deps;

  /** When the platform cannot be read, the groups it named last. */
  const readNow = (): Promise<DatedMetadata> =>
    metadata.fresh().catch((thrown: unknown) => {
      const last = metadata.last();
      if (last === null) throw thrown;
      return last;
    });

  const groupsOf = async (reading: DatedMetadata | Promise<DatedMetadata>): Promise<QuietGroup[]> => {
    const [read] = await Promise.all([reading, known.refresh()]);
    const found = new Map<string, QuietGroup>();
    const add = (id: string, name: string | null, tasks: 0 | 1): void => {
      const before = found.get(id);
      if (before !== undefined) found.set(id, { ...before, tasks: before.tasks + tasks });
      else found.set(id, { id, name: name ?? id, tasks, hours: known.of(id) });
    };
    for (const { id, name } of read.metadata.quietHours) add(id, name, 0);
    for (const { task, state } of board.all()) {
      if (state !== 'gone' && task.quietHours.id !== '') add(task.quietHours.id, task.quietHours.name, 1);
    }
    return [...found.values()];
  };

  const groups = (): Promise<QuietGroup[]> => groupsOf(metadata.peek() ?? readNow());

  const group = async (groupId: string): Promise<QuietGroup> => {
    const named = (known: readonly QuietGroup[]) => known.find(({ id }) => id === groupId);
    const found = named(await groups()) ?? named(await groupsOf(readNow()));
    if (found === undefined) throw new AppError('group_gone', 'the platform has no quiet-hours group of that id');
    return found;
  };

  return {
    zone,
    groups,
    group,

    async read(text) {
      const request = readRequest(text, await groups());
      // The group may be newer than what was read before.
      return request.kind === 'none' ? readRequest(text, await groupsOf(readNow())) : request;
    },

    async set({ groupId, windows, person }) {
      await may(person, 'quiet_hours', null);
      const found = await group(groupId);
      const hours: QuietHours | null = windows === null ? null : { groupId, windows, person, at: clock.now() };
      await (hours === null ? store.forgetQuietHours(groupId) : store.setQuietHours(hours));
      await known.refresh();
      deps.changed();
      return { ...found, hours };
    },
  };
}
