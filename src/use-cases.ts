import { createPermission } from './core/access/permission.ts';
import { createAlerting } from './core/alerts/alerting.ts';
import { createRoute } from './core/alerts/route.ts';
import { createDoNotCallUseCases } from './core/imports/do-not-call.ts';
import { createImportUseCases } from './core/imports/importing.ts';
import { assignCreated } from './core/imports/launch.ts';
import { withdrawStartsOf } from './core/imports/order.ts';
import type { GiveErrorFile, ReadList } from './core/imports/ports.ts';
import { createLines } from './core/lines/lines.ts';
import { createMove } from './core/lines/move.ts';
import type { PersonRef } from './core/model/address.ts';
import type { ImportRun } from './core/model/import-run.ts';
import type { Clock, Dialer, Log, Messenger } from './core/ports.ts';
import { createCircumstances } from './core/quiet/circumstances.ts';
import { createKnownHours, type PlatformTime } from './core/quiet/known-hours.ts';
import { createLegalHours } from './core/quiet/legal-hours.ts';
import { createQuietHoursUseCases } from './core/quiet/quiet-hours.ts';
import { createDigests } from './core/reports/digests.ts';
import { createReports } from './core/reports/reports.ts';
import { createCalendar } from './core/schedules/calendar.ts';
import { heedingPeople } from './core/schedules/heeding-people.ts';
import { isPausedSince } from './core/schedules/paused-since.ts';
import { createScheduleUseCases } from './core/schedules/schedules.ts';
import { surroundingsOf } from './core/schedules/surroundings.ts';
import { createTimekeeper } from './core/schedules/timekeeper.ts';
import { createScheduleDay } from './core/schedules/today.ts';
import { createAfterHours } from './core/stop/after-hours.ts';
import { createStartGate } from './core/stop/gate.ts';
import { createStopUseCases } from './core/stop/stops.ts';
import { createSubscriptionUseCases } from './core/subscriptions/subscriptions.ts';
import { createWatchUseCases } from './core/subscriptions/watches.ts';
import { createTaskUseCases, type TaskUseCases } from './core/tasks/actions.ts';
import { createFinder } from './core/tasks/finder.ts';
import { createFormChoices } from './core/tasks/form-choices.ts';
import { createFormMemory } from './core/tasks/form-memory.ts';
import { createMetadataCache } from './core/tasks/metadata-cache.ts';
import { createPauseMany } from './core/tasks/pause-many.ts';
import { createRedialRules } from './core/tasks/redial-rules.ts';
import { createRepair } from './core/tasks/repair.ts';
import { createStartMany } from './core/tasks/start-many.ts';
import { createDays, daysShownBy } from './core/time/days.ts';
import { persistently } from './core/time/persistently.ts';
import type { Board } from './core/watch/board.ts';
import { createRecorder } from './core/watch/record.ts';
import { refreshBoard } from './core/watch/refresh.ts';
import type { Config } from './settings/config.ts';
import type { Store } from './store/store.ts';
import { chineseWorkingDays } from './working-days.ts';

interface UseCaseDeps {
  dialer: Dialer;
  store: Store;
  messenger: Pick<Messenger, 'reaches'>;
  board: Board;
  clock: Clock;
  log: Log;
  newId(): string;
  readList: ReadList;
  giveErrorFile: GiveErrorFile;
  /** The same use cases, each act of which leaves a line in the log. */
  logged(tasks: TaskUseCases): TaskUseCases;
  platformTime: (() => PlatformTime) | undefined;
  /** As whom this app acts in the chat. Throws when that cannot be found out. */
  self(): Promise<PersonRef>;
  /** Aborted when the process stops. */
  stopping: AbortSignal;
  /** Something is to be shown in channels. */
  changed(): void;
  pollNow(): void;
}

/** All that people can ask for, on one platform and one store, with what it rests on. */
export function createUseCases(config: Config, deps: UseCaseDeps) {
  const { dialer, store, board, clock, log, newId, platformTime, stopping, changed } = deps;
  const may = createPermission();
  const zone = config.dialer.timeZone;
  const ownDays = createDays(zone);
  const days = platformTime === undefined ? ownDays : daysShownBy(ownDays, clock, platformTime);
  const recorder = createRecorder(days);
  const metadata = createMetadataCache(dialer, clock, log);
  const knownHours = createKnownHours({ store, zone, platformTime });
  const circumstancesOf = createCircumstances({
    redials: createRedialRules(metadata, clock),
    knownHours,
    redialQuietMs: config.redialQuietMs,
    platformTime,
  });
  const { legalHours } = config;
  const legal = legalHours === null ? null : createLegalHours(legalHours.windows, { zone, clock, platformTime });
  const gate = createStartGate(
    store,
    legal === null || legalHours === null ? null : { hours: legal, said: legalHours.said },
    store,
  );
  const shared = { dialer, store, board, clock, log, may, newId, changed, circumstancesOf, recorder, stopping, gate };
  const { startAskAbove } = config;
  const withdraw = (isMeant: (run: ImportRun) => boolean) => withdrawStartsOf(store, isMeant);
  const ofPeople = deps.logged(
    createTaskUseCases({
      ...shared,
      metadata,
      startAskAbove,
      createdFrom: (key, task) => assignCreated(store, key, task),
      async withdrawStarts(taskId, keeping) {
        await withdraw((run) => run.taskId === taskId && run.id !== keeping);
        await store.withdrawStopped(taskId);
      },
    }),
  );
  const tasks = heedingPeople(ofPeople, (act) => schedules.acted(act));
  const pausing = {
    list: () => dialer.list(),
    async withdrawStarts(isMeant: (taskId: string) => boolean) {
      let begun: string[] = [];
      await persistently(shared, async () => {
        begun = await withdraw((run) => isMeant(run.taskId));
      });
      return new Set(begun);
    },
    maxInFlight: config.dialer.pausesInFlight,
    signal: stopping,
  };
  const pauseMany = createPauseMany({ ...pausing, board, clock, pause: tasks.pause });
  const stops = createStopUseCases({
    ...{ ...shared, ...pausing, metadata, tasks },
    isPausedBySchedule: async (taskId, since) => isPausedSince(await store.scheduleOf(taskId), since),
  });
  const afterHours =
    legal === null || legalHours?.outside !== 'pause'
      ? async () => undefined
      : createAfterHours({ ...shared, ...pausing, hours: legal, tasks, self: deps.self });
  const finder = createFinder({ board, store, clock, read: tasks.cards });
  const startMany = createStartMany({ tasks, finder, board, clock, signal: stopping });
  const choices = createFormChoices(metadata, config.dialer.minResidue);
  const lines = createLines({ finder, metadata, clock });
  const moveConcurrency = createMove({ tasks, choices, may, clock });
  const repairTask = createRepair({ tasks, choices, metadata, may });
  const imports = createImportUseCases({
    ...shared,
    metadata,
    batchSize: config.dialer.importBatch,
    rules: config.importRules,
    days,
    readList: deps.readList,
    giveErrorFile: deps.giveErrorFile,
    tasks,
    startAskAbove,
    find: async (taskId) => (await tasks.card(taskId)).task,
  });
  const forms = createFormMemory({ store, clock, log, stopping });
  const reports = createReports({ store, board, days, clock, keptDays: config.historyDays, zone });
  const digests = createDigests({ store, reports, board, days, clock, log });
  const doNotCall = createDoNotCallUseCases({ store, readList: deps.readList, may, clock });
  const watches = createWatchUseCases({ store, board, finder, clock, may, changed });
  const subscriptions = createSubscriptionUseCases({
    store,
    board,
    // The lines that tasks use are known without asking.
    lines: async () => (metadata.peek() ?? (await metadata.fresh().catch(() => null)))?.metadata.lines ?? [],
    clock,
    may,
    changed,
  });
  const quietHours = createQuietHoursUseCases({
    store,
    known: knownHours,
    metadata,
    board,
    clock,
    may,
    zone,
    changed: deps.pollNow,
  });
  const timing = {
    ...{ store, board, clock, log, changed },
    calendar: createCalendar(zone, chineseWorkingDays()),
    now: () => platformTime?.().now ?? clock.now(),
  };
  const schedules = createScheduleUseCases({
    ...timing,
    may,
    stopping,
    read: tasks.card,
    around: surroundingsOf({
      ...{ store, metadata, knownHours, board, clock },
      legal: legal === null || legalHours === null ? null : { isOpenAt: legal.isOpenAt, said: legalHours.said },
    }),
  });
  const timekeeper = createTimekeeper({
    ...{ ...timing, tasks, dialer, newId },
    refresh: async () => void (await refreshBoard(board, store)),
    withdrawStarts: async (taskId) => (await withdraw((run) => run.taskId === taskId)).length > 0,
    maxInFlight: config.dialer.pausesInFlight,
    signal: stopping,
  });
  const alerting = createAlerting({
    store,
    board,
    metadata,
    clock,
    log,
    newId,
    speed: () => platformTime?.().speed ?? 1,
    closedSince: () => legal?.closedSince() ?? null,
    route: createRoute(deps),
  });
  return {
    alerting,
    tasks,
    pauseMany,
    startMany,
    stops,
    afterHours,
    imports,
    doNotCall,
    watches,
    subscriptions,
    quietHours,
    schedules,
    scheduleDay: createScheduleDay(timing),
    timekeeper,
    finder,
    lines,
    moveConcurrency,
    repairTask,
    choices,
    forms,
    metadata,
    knownHours,
    circumstancesOf,
    recorder,
    days,
    reports,
    digests,
  };
}

export type UseCases = ReturnType<typeof createUseCases>;
