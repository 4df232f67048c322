import { systemClock } from '../../../src/clock.ts';
import { createAlerting } from '../../../src/core/alerts/alerting.ts';
import { createRoute } from '../../../src/core/alerts/route.ts';
import type { AlertMessage } from '../../../src/core/model/alert.ts';
import type { Metadata } from '../../../src/core/model/metadata.ts';
import type { Task } from '../../../src/core/model/task.ts';
import { createDeliverer } from '../../../src/core/notices/deliver.ts';
import { createBoard } from '../../../src/core/watch/board.ts';
import type { CircumstancesOf } from '../../../src/core/watch/look.ts';
import { watchOnce } from '../../../src/core/watch/watch-once.ts';
import { createManualClock } from '../manual-clock.ts';
import { recordingLog } from '../real-store.ts';
import type { TestDatabase } from '../store/databases.ts';
import { createFakeSlack } from './fake-messenger.ts';
import { t0, taskOf, tick } from './looks.ts';

/** A task that is on, with that much wrong. */
export function onTask(id: string, wrong: { deleted?: boolean; debug?: boolean; expiresAt?: number } = {}): Task {
  const task = taskOf({ on: true, bar: [1, 9_000], id });
  const { deleted = false, debug = false, expiresAt = null } = wrong;
  return {
    ...task,
    name: id,
    script: { ...task.script, deleted, debug },
    line: { ...task.line, expiresAt },
    alteredAt: null,
  };
}

/** What polls, decides about alerts and delivers, of one or several bots on one database, with a platform of our own. */
export async function createAlertRig(database: TestDatabase) {
  const clock = createManualClock(t0);
  const slack = createFakeSlack(clock.now);
  let serial = 0;
  const newId = (): string => {
    serial += 1;
    return `id-${serial}`;
  };
  const platform = { tasks: [] as Task[], metadata: null as Metadata | null, fails: false };

  /** Moves time on until it is done: what it asks of a database takes real time. */
  const settled = async (work: Promise<void>): Promise<void> => {
    let done = false;
    void work.finally(() => {
      done = true;
    });
    while (!done) {
      await clock.advance(50);
      await systemClock.sleep(1);
    }
  };

  const startBot = async (owner: string, circumstancesOf: CircumstancesOf = () => ({})) => {
    const store = await database.open(clock);
    const board = createBoard(clock);
    const log = recordingLog();
    const alerting = createAlerting({
      store,
      board,
      clock,
      log,
      newId,
      speed: () => 1,
      closedSince: () => null,
      route: createRoute({ store, clock, messenger: slack }),
      metadata: {
        last: () => (platform.metadata === null ? null : { metadata: platform.metadata, readAt: clock.now() }),
        fresh: async () => ({ metadata: platform.metadata as Metadata, readAt: clock.now() }),
      },
    });
    const deliverer = createDeliverer({ store, messenger: slack, clock, log, board, owner });
    const list = async (): Promise<Task[]> => {
      if (platform.fails) throw new Error('out of reach');
      return platform.tasks;
    };
    const dialer = { list, progress: async () => null, hasProgress: false };
    const polled = { dialer, store, log, board, circumstancesOf, refreshed: alerting.refreshed };
    return {
      store,
      board,
      log,
      alerting,
      deliverer,
      poll: () => watchOnce(polled).catch(() => undefined),
      /** A tick later: a poll, a look, and what there is to say. */
      async tick(times = 1) {
        for (let i = 0; i < times; i += 1) {
          await clock.advance(tick);
          await watchOnce(polled).catch(() => undefined);
          await alerting.look();
          await settled(deliverer.flush());
        }
      },
    };
  };

  return {
    clock,
    slack,
    platform,
    startBot,
    settled,
    /** What every message about alerts shows now: kind and end of each, as `script_deleted`, `script_deleted over`. */
    shown: () =>
      slack.messages.flatMap(({ channel, alert }) =>
        alert === undefined ? [] : [{ channel, alerts: alert.alerts.map(described), mentions: alert.mentions }],
      ),
  };
}

const described = ({ taskId, kind, end }: AlertMessage['alerts'][number]): string =>
  [taskId, kind, ...(end === null ? [] : [end])].join(' ');
