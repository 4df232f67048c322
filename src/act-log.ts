import { toAppError } from './core/errors.ts';
import type { ImportUseCases } from './core/imports/importing.ts';
import type { RunOutcome } from './core/imports/ledger.ts';
import type { Clock, Log } from './core/ports.ts';
import type { QuietHoursUseCases } from './core/quiet/quiet-hours.ts';
import type { ScheduleUseCases } from './core/schedules/schedules.ts';
import type { StopUseCases } from './core/stop/stops.ts';
import type { SubscriptionUseCases } from './core/subscriptions/subscriptions.ts';
import type { WatchUseCases } from './core/subscriptions/watches.ts';
import type { TaskUseCases } from './core/tasks/actions.ts';
import type { Metrics } from './metrics.ts';

/** The use cases by which people change something, apart from those of tasks. */
interface Acts {
  imports: ImportUseCases;
  watches: WatchUseCases;
  subscriptions: SubscriptionUseCases;
  quietHours: QuietHoursUseCases;
  schedules: ScheduleUseCases;
  stops: StopUseCases;
}

/** Who did what to which task, and where. Of an import the run says so, once it has been read. */
interface Act {
  act:
    | 'create'
    | 'save'
    | 'start'
    | 'pause'
    | 'delete'
    | 'import'
    | 'watch'
    | 'unwatch'
    | 'notice_settings'
    | 'quiet_hours'
    | 'schedule'
    | 'stop'
    | 'resume';
  person?: string | undefined;
  channel?: string | undefined;
  task?: string | undefined;
  run?: string;
  /** The quiet-hours group. */
  group?: string;
  /** Which tasks a subscription is about. */
  scope?: string;
}

/** What became of an act, with fields that complete its line. */
type Ended = { outcome: string } & Record<string, unknown>;

interface ActLogDeps {
  log: Log;
  clock: Clock;
  metrics: Pick<Metrics, 'acted' | 'imported'>;
}

const unwatchOutcomes = { removed: 'done', none: 'not_watched', many: 'ambiguous' } as const;

type Logged = <T>(act: Act, carryOut: () => Promise<T>, endOf: (result: T) => Ended) => Promise<T>;

/** Leaves one line in the log and one measurement per act. */
function createLogged({ log, clock, metrics }: ActLogDeps): Logged {
  return async (act, carryOut, endOf) => {
    const began = clock.elapsed();
    const line = (end: Ended): void => {
      const ms = clock.elapsed() - began;
      log.info('act', { ...act, ...end, ms });
      metrics.acted(act.act, end.outcome, ms);
    };
    try {
      const result = await carryOut();
      line(endOf(result));
      return result;
    } catch (thrown) {
      line({ outcome: 'failed', code: toAppError(thrown).code });
      throw thrown;
    }
  };
}

/** `loggingActs` for tasks: imports start and pause them, too. */
export function loggingTaskActs(tasks: TaskUseCases, deps: ActLogDeps): TaskUseCases {
  const logged = createLogged(deps);
  return {
    ...tasks,
    create: (request) =>
      logged(
        placed('create', request),
        () => tasks.create(request),
        (result) => ({
          ...outcome(result),
          ...(result.kind === 'created' && { task: result.card.task.id }),
        }),
      ),
    save: (request) => logged(placed('save', request), () => tasks.save(request), outcome),
    start: (request) => logged(placed('start', request), () => tasks.start(request), outcome),
    pause: (request) => logged(placed('pause', request), () => tasks.pause(request), outcome),
    remove: (request) => logged(placed('delete', request), () => tasks.remove(request), outcome),
  };
}

/**
 * The same use cases, and for each act one line in the log and one measurement: who, what, which task, where, what
 * became of it and how long it took (ms). It holds ids, codes and hours only, no names and no numbers. A refusal is an
 * outcome like any other.
 */
export function loggingActs(
  { imports, watches, subscriptions, quietHours, schedules, stops }: Acts,
  deps: ActLogDeps,
): Acts {
  const logged = createLogged(deps);
  const endOfImport = ({ run, result: { ready, accepted, refused, unknown, unsent, withheld } }: RunOutcome): Ended => {
    const notTaken = sum(refused) + unknown + unsent + sum(withheld);
    deps.metrics.imported({ taken: ready - notTaken, refused: sum(refused), unknown, unsent });
    return {
      person: run.person,
      channel: run.channel,
      task: run.taskId,
      outcome: unknown > 0 ? 'unknown' : unsent > 0 ? 'stopped' : 'done',
      ready,
      accepted,
    };
  };
  return {
    imports: {
      ...imports,
      launch: (request, onProgress) =>
        logged(
          { act: 'import', run: request.runId, person: request.person },
          () => imports.launch(request, onProgress),
          (launched) => (launched.kind === 'launched' ? endOfImport(launched.outcome) : { outcome: launched.kind }),
        ),
      send: (request, onProgress) =>
        logged(
          { act: 'import', run: request.runId, person: request.person },
          () => imports.send(request, onProgress),
          endOfImport,
        ),
    },
    watches: {
      ...watches,
      add: (request) =>
        logged(
          placed('watch', request),
          () => watches.add(request),
          ({ already }) => ({
            outcome: already ? 'already' : 'done',
          }),
        ),
      remove: (request) =>
        logged(
          placed('unwatch', request),
          () => watches.remove(request),
          (owner) => ({
            outcome: owner === null ? 'not_watched' : 'done',
          }),
        ),
    },
    subscriptions: {
      ...subscriptions,
      add: (request) =>
        logged(
          { ...placed('watch', request), scope: request.scope.kind },
          () => subscriptions.add(request),
          ({ already }) => ({ outcome: already ? 'already' : 'done' }),
        ),
      remove: (request) =>
        logged(
          { ...placed('unwatch', request), scope: request.wish.kind },
          () => subscriptions.remove(request),
          ({ kind }) => ({ outcome: unwatchOutcomes[kind] }),
        ),
      change: (request) =>
        logged(
          placed('notice_settings', request),
          () => subscriptions.change(request),
          () => ({ outcome: 'done', ...request.change.channel, ...request.change.own }),
        ),
      mute: (request) =>
        logged(
          placed('notice_settings', request),
          () => subscriptions.mute(request),
          (mutedUntil) => ({ outcome: 'done', mutedUntil }),
        ),
    },
    quietHours: {
      ...quietHours,
      set: (request) =>
        logged(
          { ...placed('quiet_hours', request), group: request.groupId },
          () => quietHours.set(request),
          ({ hours }) => ({ outcome: 'done', hours: hours?.windows ?? null }),
        ),
    },
    schedules: {
      ...schedules,
      save: (request) =>
        logged(
          placed('schedule', request),
          () => schedules.save(request),
          () => ({ outcome: 'done', plan: request.plan }),
        ),
      remove: (request) =>
        logged(
          placed('schedule', request),
          () => schedules.remove(request),
          () => ({ outcome: 'removed' }),
        ),
      pause: (request) =>
        logged(
          placed('schedule', request),
          () => schedules.pause(request),
          () => ({ outcome: 'paused' }),
        ),
      resume: (request) =>
        logged(
          placed('schedule', request),
          () => schedules.resume(request),
          () => ({ outcome: 'resumed' }),
        ),
    },
    stops: {
      ...stops,
      order: (request) =>
        logged(
          placed('stop', request),
          () => stops.order(request),
          ({ stop, paused, failed }) => ({
            outcome: stop === null ? 'unremembered' : 'done',
            paused: paused.length,
            failed: failed.length,
          }),
        ),
      resume: (request) =>
        logged(
          placed('resume', request),
          () => stops.resume(request),
          ({ ended, tasks }) => ({ outcome: ended, started: tasks.filter(({ state }) => state === 'started').length }),
        ),
      lift: (request) =>
        logged(
          placed('resume', request),
          () => stops.lift(request),
          () => ({ outcome: 'lifted' }),
        ),
    },
  };
}

function placed(
  act: Act['act'],
  { person, channel, taskId: task }: { person?: string; channel?: string; taskId?: string },
): Act {
  return { act, person, channel, task };
}

const sum = (refused: readonly { count: number }[]): number => refused.reduce((total, { count }) => total + count, 0);

function outcome(result: { kind: string; error?: { code: string } }): Ended {
  return { outcome: result.kind, ...(result.error && { code: result.error.code }) };
}
