import { AppError, type ErrorCode } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { SubscriptionScope } from '../model/subscription.ts';
import type { Task } from '../model/task.ts';
import type { Clock } from '../ports.ts';
import { covers } from '../subscriptions/audience.ts';
import type { Board } from '../watch/board.ts';
import type { TaskUseCases } from './actions.ts';
import type { TaskFinder } from './finder.ts';
import { leftOf } from './preflight.ts';
import type { StartResult } from './requests.ts';
import { startPatiently } from './start-patiently.ts';

type NamedTask = Pick<Task, 'id' | 'name'>;

/** More tasks than these are not started at once: a person is to read what they agree to. */
export const maxStartedAtOnce = 20;

/** Starts under way at a time. */
const maxInFlight = 4;

/** A task that can be started, with what there is to be said before. */
export type ReadyTask = Extract<StartResult, { kind: 'ask' }>;

/** A task that cannot be started now, or was not, and why. */
export interface NotStarted {
  task: NamedTask;
  result: Exclude<StartResult, { kind: 'done' }>;
}

/** What a start of several tasks is about to do. `asOf`: what the gate of starts said (`StartGate`). */
interface ManyAsked {
  ready: ReadyTask[];
  blocked: NotStarted[];
  asOf: number;
}

/**
 * A task, how many numbers the person has agreed to call, null where that was not known, and the warnings that they were
 * shown.
 */
interface AgreedTask extends NamedTask {
  left: number | null;
  accepted: readonly string[];
}

/** What came of it: each task is in one of the lists. `alreadyOn`: someone else has started it, or it was pressed twice. */
interface StartedMany {
  started: CardData[];
  alreadyOn: NamedTask[];
  failed: NotStarted[];
}

interface By {
  person: PersonRef;
  channel: ChannelRef;
}

export interface StartMany {
  /** The tasks of a kind that are off and have numbers left, as of a recent poll, the newest first. Throws `AppError`. */
  candidates(scope: SubscriptionScope): Promise<CardData[]>;
  /** The preflight of each; starts nothing. Throws what bars every start (`StartGate`), and what keeps all from being read. */
  ask(request: By & { tasks: readonly NamedTask[] }): Promise<ManyAsked>;
  /** Starts each that still is as it was agreed to, in their order. Never throws. */
  start(request: By & { tasks: readonly AgreedTask[]; asOf: number }): Promise<StartedMany>;
}

interface StartManyDeps {
  tasks: Pick<TaskUseCases, 'start'>;
  finder: Pick<TaskFinder, 'cards'>;
  board: Pick<Board, 'get'>;
  clock: Pick<Clock, 'sleep'>;
  /** Aborted when the process stops. */
  signal: AbortSignal;
}

/** What says as much of the other tasks. */
const concernsAll: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'calling_stopped',
  'outside_legal_hours',
  'not_permitted',
  'store_failed',
]);

export function createStartMany(deps: StartManyDeps): StartMany {
  const { tasks, finder, board } = deps;

  return {
    async candidates(scope) {
      const { cards } = await finder.cards();
      return cards
        .filter(({ task }) => !task.started && leftOf(task) !== 0)
        .filter(({ task }) => covers({ scope }, { task, runBy: board.get(task.id)?.runBy ?? null }));
    },

    async ask({ tasks: asked, person, channel }) {
      const results = await inOrder(asked, ({ id }) => tasks.start({ taskId: id, person, channel, confirm: true }));
      const refusals = results.flatMap(({ result }) => (result.kind === 'refused' ? [result.error] : []));
      const barred = refusals.find(({ code }) => concernsAll.has(code));
      if (barred !== undefined) throw barred;
      if (refusals.length > 0 && refusals.length === results.length) throw refusals[0] ?? new AppError('internal', '');
      const ready = results.flatMap(({ result }) => (result.kind === 'ask' ? [result] : []));
      return {
        ready,
        blocked: results.flatMap(({ task, result }) =>
          result.kind === 'ask' || result.kind === 'done' ? [] : [{ task, result }],
        ),
        asOf: ready[0]?.asOf ?? 0,
      };
    },

    async start({ tasks: agreed, asOf, person, channel }) {
      // That several fill a line together is what starting them means.
      const together = agreed.length > 1 ? ['line_full'] : [];
      const results = await inOrder(agreed, ({ id, left, accepted: shown }) => {
        const accepted = [...shown, ...together];
        return startPatiently(deps, { taskId: id, person, channel, accepted, agreed: left, asOf });
      });
      return {
        started: results.flatMap(({ result }) => (result.kind === 'done' ? [result.card] : [])),
        alreadyOn: results.flatMap(({ task, result }) => (isOn(result) ? [task] : [])),
        failed: results.flatMap(({ task, result }) =>
          result.kind === 'done' || isOn(result) ? [] : [{ task, result }],
        ),
      };
    },
  };
}

const isOn = (result: StartResult): boolean =>
  result.kind === 'stopped' && result.preflight.items.some(({ code }) => code === 'already_started');

/** Begun in their order, a few at a time; the results are in the same order. */
async function inOrder<T extends NamedTask>(
  all: readonly T[],
  act: (task: T) => Promise<StartResult>,
): Promise<{ task: NamedTask; result: StartResult }[]> {
  const results: { task: NamedTask; result: StartResult }[] = [];
  const waiting = [...all.entries()];
  const next = async (): Promise<void> => {
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      const [index, task] = entry;
      results[index] = { task: { id: task.id, name: task.name }, result: await act(task) };
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxInFlight, all.length) }, next));
  return results;
}
