import { setMaxListeners } from 'node:events';
import { createPermission } from '../../../src/core/access/permission.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Task } from '../../../src/core/model/task.ts';
import type { Clock, Dialer, Outcome } from '../../../src/core/ports.ts';
import { createStartGate } from '../../../src/core/stop/gate.ts';
import { createStopUseCases, type StopUseCases } from '../../../src/core/stop/stops.ts';
import { createTaskUseCases, type TaskUseCases } from '../../../src/core/tasks/actions.ts';
import { createMetadataCache } from '../../../src/core/tasks/metadata-cache.ts';
import { createPresence, type Presence } from '../../../src/core/time/presence.ts';
import { type Board, createBoard } from '../../../src/core/watch/board.ts';
import { refreshBoard } from '../../../src/core/watch/refresh.ts';
import type { Store } from '../../../src/store/store.ts';
import { recordingLog } from '../real-store.ts';
import { sampleTask } from '../samples.ts';

type Switch = 'start' | 'pause';

/** A platform in memory whose tasks are on or off. */
export interface StopPlatform {
  dialer: Dialer;
  on(): string[];
  /** What changed a task, in order: a start of one that is on changes nothing. */
  effects: { action: Switch; taskId: string }[];
  /** What becomes of the next requests: the answer of `lost` ones is missing. Absent: they are answered. */
  fate(action: Switch, taskId: string): 'answered' | 'lost' | 'lost_without_effect' | 'refused';
}

export function createStopPlatform(taskIds: readonly string[], clock: Pick<Clock, 'sleep'>): StopPlatform {
  const on = new Map(taskIds.map((id) => [id, true]));
  const unused = async (): Promise<never> => {
    throw new AppError('platform_unreachable', 'not of a stop');
  };
  const taskOf = (id: string): Task =>
    sampleTask({
      id,
      name: `Task ${id}`,
      started: on.get(id) ?? false,
      progress: { total: 100, done: 1, source: 'progress_bar' },
    });
  const turn = async (action: Switch, taskId: string, answered?: () => void): Promise<Outcome<Task>> => {
    const fate = platform.fate(action, taskId);
    await clock.sleep(200);
    answered?.();
    const wished = action === 'start';
    if ((fate === 'answered' || fate === 'lost') && on.get(taskId) !== wished) {
      on.set(taskId, wished);
      platform.effects.push({ action, taskId });
    }
    if (fate === 'answered') return { kind: 'done', value: taskOf(taskId) };
    if (fate === 'refused') return { kind: 'refused', error: new AppError('platform_server_error', 'not now') };
    return { kind: 'unknown', error: new AppError('outcome_unknown', 'no answer', { details: { maybeSent: true } }) };
  };
  const platform: StopPlatform = {
    on: () => [...on].flatMap(([id, isOn]) => (isOn ? [id] : [])),
    effects: [],
    fate: () => 'answered',
    dialer: {
      metadata: unused,
      list: async () => [...on.keys()].map(taskOf),
      hasProgress: false,
      progress: async () => null,
      create: unused,
      update: unused,
      start: (taskId, answered) => turn('start', taskId, answered),
      pause: (taskId, answered) => turn('pause', taskId, answered),
      remove: unused,
      importNumbers: unused,
      findCreated: unused,
    },
  };
  return platform;
}

/** One process: the real use cases of tasks and stops. */
export interface StopBot {
  stops: StopUseCases;
  tasks: TaskUseCases;
  board: Board;
  presence: Presence;
  log: ReturnType<typeof recordingLog>;
}

let ids = 0;

/** A process on that store and platform. Its board holds what is stored. */
export async function createStopBot({
  store,
  dialer,
  clock,
  name,
}: {
  store: Store;
  dialer: Dialer;
  clock: Clock;
  name: string;
}): Promise<StopBot> {
  const log = recordingLog();
  const board = createBoard(clock);
  const { signal } = new AbortController();
  // As `systemClock` does: many sleep until the same stop.
  setMaxListeners(0, signal);
  const shared = {
    dialer,
    store,
    board,
    clock,
    log,
    may: createPermission(),
    newId: () => `${name}-${++ids}`,
    changed: () => undefined,
    gate: createStartGate(store),
    metadata: createMetadataCache(dialer, clock, log),
  };
  const tasks = createTaskUseCases({
    ...shared,
    startAskAbove: 1_000,
    withdrawStarts: (taskId) => store.withdrawStopped(taskId),
  });
  const stops = createStopUseCases({
    ...shared,
    tasks,
    list: () => dialer.list(),
    withdrawStarts: async () => new Set(),
    isPausedBySchedule: async () => false,
    maxInFlight: 2,
    signal,
  });
  const presence = createPresence({ store, clock, log, owner: name, isGone: async () => false }, 1);
  await presence.start();
  await refreshBoard(board, store);
  return { stops, tasks, board, presence, log };
}

/**
 * A process that can stand still at any of its calls: that one takes effect, but nothing is answered and nothing else leaves
 * from then on, until it thaws. One that never does was killed.
 */
interface Mortal {
  wrap<T extends object>(thing: T): T;
  /** Its clock, by which it sleeps for as long as it stands still. */
  clock(clock: Clock): Clock;
  /** From now on, its calls count. */
  begin(): void;
  /** They count no more. */
  end(): void;
  calls(): number;
  isStill(): boolean;
  /** Resolves when it stands still. */
  death: Promise<void>;
  thaw(): void;
}

/** @param diesAt the number of the call, from 1; never for 0. */
export function createMortal(diesAt: number): Mortal {
  let calls = 0;
  let counts = false;
  let isStill = false;
  let die = (): void => undefined;
  const death = new Promise<void>((resolve) => {
    die = resolve;
  });
  let thaw = (): void => undefined;
  const thawed = new Promise<void>((resolve) => {
    thaw = resolve;
  });
  const goOn = async (): Promise<void> => {
    if (isStill) await thawed;
  };
  return {
    clock: (clock) => ({
      ...clock,
      async sleep(ms, signal) {
        await clock.sleep(ms, signal);
        await goOn();
      },
    }),
    begin() {
      counts = true;
    },
    end() {
      counts = false;
    },
    calls: () => calls,
    isStill: () => isStill,
    death,
    thaw() {
      isStill = false;
      thaw();
    },
    wrap: (thing) =>
      new Proxy(thing, {
        get(target, name) {
          const method: unknown = Reflect.get(target, name);
          if (typeof method !== 'function') return method;
          return async (...given: unknown[]): Promise<unknown> => {
            await goOn();
            if (counts) calls += 1;
            const isLast = counts && calls === diesAt;
            if (isLast) isStill = true;
            try {
              return await Reflect.apply(method, target, given);
            } finally {
              if (isLast) die();
              await goOn();
            }
          };
        },
      }),
  };
}
