import { createPermission, type Rule } from '../../../src/core/access/permission.ts';
import { createImportUseCases, type ImportUseCases } from '../../../src/core/imports/importing.ts';
import { assignCreated } from '../../../src/core/imports/launch.ts';
import type { RunOutcome } from '../../../src/core/imports/ledger.ts';
import { type RunOrder, withdrawStartsOf } from '../../../src/core/imports/order.ts';
import { createStartGate } from '../../../src/core/stop/gate.ts';
import { createTaskUseCases, type TaskUseCases } from '../../../src/core/tasks/actions.ts';
import { createMetadataCache } from '../../../src/core/tasks/metadata-cache.ts';
import { createBoard } from '../../../src/core/watch/board.ts';
import type { Store } from '../../../src/store/store.ts';
import { recordingLog } from '../real-store.ts';
import { clock, entries, type FakeDialer, rules } from './import-rig.ts';
import { readHere } from './read-list.ts';

/** One process, whose imports and tasks are the real ones. */
export interface OrderBot {
  imports: ImportUseCases;
  tasks: TaskUseCases;
  /** What people were notified of by direct message. */
  reported: RunOutcome[];
  /** What the next poll sets in motion. */
  resume(): Promise<void>;
}

interface OrderWorld {
  store: Store;
  dialer: FakeDialer;
  startAskAbove?: number;
  rule?: Rule;
  stopping?: AbortSignal;
}

let ids = 0;

/** A process on that store and platform. */
export function orderBot({ store, dialer, startAskAbove = 100, rule, stopping }: OrderWorld): OrderBot {
  const log = recordingLog();
  const shared = {
    dialer,
    store,
    board: createBoard(clock),
    clock,
    log,
    may: createPermission(rule),
    newId: () => `id-${++ids}`,
    changed: () => {},
    stopping: stopping ?? new AbortController().signal,
    startAskAbove,
    gate: createStartGate(store),
    metadata: createMetadataCache(dialer, clock, log),
  };
  const tasks = createTaskUseCases({
    ...shared,
    createdFrom: (key, task) => assignCreated(store, key, task),
    withdrawStarts: async (taskId, keeping) => {
      await withdrawStartsOf(store, (run) => run.taskId === taskId && run.id !== keeping);
    },
  });
  const imports = createImportUseCases({
    ...shared,
    tasks,
    batchSize: 10,
    rules,
    readList: readHere,
    giveErrorFile: async (_, rows) => {
      for await (const _row of rows);
    },
    find: async () => (await tasks.card('t')).task,
  });
  const reported: RunOutcome[] = [];
  const progress = async () => () => {};
  const report = async (outcome: RunOutcome): Promise<void> => void reported.push(outcome);
  return { imports, tasks, reported, resume: () => imports.resume({ progress, report }) };
}

/** The id of a run of `count` numbers that was shown, not sent. */
export async function preparedRun({ imports }: OrderBot, count = 25): Promise<string> {
  const { runId } = await imports.preview({ taskId: 't', given: textOf(count), person: 'U1', channel: 'C1' });
  if (runId === null) throw new Error('nothing is ready');
  return runId;
}

export const textOf = (count: number): { text: string } => ({
  text: entries(count)
    .map(({ phone }) => phone)
    .join('\n'),
});

/** Sends it as its person, with that order. */
export function sendOrdered(
  { imports }: OrderBot,
  runId: string,
  order: RunOrder | null,
  agreed = 0,
): Promise<RunOutcome> {
  const ordered = order === null ? null : { order, agreed, asOf: null };
  return imports.send({ runId, person: 'U1', place: null, ordered }, () => {});
}
