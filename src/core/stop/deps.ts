import type { Clock, Log } from '../ports.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import type { MetadataCache } from '../tasks/metadata-cache.ts';
import type { PauseManyDeps } from '../tasks/pause-many.ts';
import type { LeaseStore } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { Changes, OpenActions } from '../watch/ports.ts';
import type { Stops } from './ports.ts';

/** What stopping everything and resuming it rest on. */
export interface StopDeps extends Pick<PauseManyDeps, 'list' | 'withdrawStarts' | 'maxInFlight' | 'signal'> {
  store: Stops & OpenActions & Changes & AudienceStore & LeaseStore;
  board: Board;
  clock: Clock;
  log: Pick<Log, 'error' | 'info'>;
  newId(): string;
  tasks: Pick<TaskUseCases, 'start' | 'pause'>;
  metadata: Pick<MetadataCache, 'last' | 'fresh' | 'peek'>;
  /** Something is to be shown in channels. */
  changed(): void;
}
