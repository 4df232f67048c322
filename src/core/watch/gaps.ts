import { toAppError } from '../errors.ts';
import type { Log } from '../ports.ts';
import type { Days } from '../time/days.ts';
import type { Board } from './board.ts';
import type { RecordWriter, Versions } from './ports.ts';

interface GapDeps {
  store: RecordWriter;
  board: Pick<Board, 'readAge' | 'readAt'>;
  days: Days;
  log: Pick<Log, 'warn'>;
  /** The platform was not read if no poll of any bot was good for longer than this, ms. */
  maxMs: number;
}

/** Notes when the platform was not read for a while: what happened meanwhile is only seen afterwards. */
export interface GapNotes {
  /** With what the store holds, before the platform is asked. */
  begin(versions: Pick<Versions, 'polledAt'>): void;
  /** The poll that began was good. Never throws: a gap that is not noted is a remark less. */
  end(): Promise<void>;
}

export function createGapNotes({ store, board, days, log, maxMs }: GapDeps): GapNotes {
  /** When the last good poll was, epoch ms, if that is too long ago; by what has passed, for the clock may be set. */
  let since: number | null = null;

  return {
    begin({ polledAt }) {
      since = polledAt !== null && (board.readAge ?? 0) > maxMs ? polledAt : null;
    },
    async end() {
      const { readAt } = board;
      if (since === null || readAt === null || readAt <= since) return;
      const gap = {
        kind: 'gap' as const,
        taskId: '',
        taskName: '',
        at: readAt,
        day: days.dayOf(readAt),
        ms: readAt - since,
      };
      since = null;
      await store
        .addEntries([gap])
        .catch((thrown) => log.warn('a gap in the polls could not be noted', { code: toAppError(thrown).code }));
    },
  };
}
