import { type AppError, toAppError } from '../errors.ts';
import type {
  MomentResult,
  NewSchedule,
  Schedule,
  ScheduleActing,
  ScheduleMoment,
  ScheduleSaid,
} from '../model/schedule.ts';
import type { Outbox } from '../notices/ports.ts';
import type { Clock, Dialer, Log } from '../ports.ts';
import { readAudience } from '../subscriptions/audience.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import { createHasStarted } from '../tasks/has-started.ts';
import { holding, type LeaseStore } from '../time/leases.ts';
import type { Board } from '../watch/board.ts';
import type { OpenActions } from '../watch/ports.ts';
import {
  type ActDeps,
  type Acted,
  isLeftPaused,
  isSurelyOff,
  pauseScheduled,
  startScheduled,
  type Trouble,
} from './act.ts';
import { dayMs, type ScheduleCalendar } from './calendar.ts';
import { type Due, dueOf, isFarAhead, patienceMs } from './due.ts';
import { saying, scheduleItems } from './messages.ts';
import { nextMoments } from './moments.ts';
import { isPausedElsewhere } from './paused-elsewhere.ts';
import type { Schedules } from './ports.ts';
import { createSlots } from './slots.ts';

export interface TimekeeperDeps extends Pick<ActDeps, 'withdrawStarts'> {
  store: Schedules &
    LeaseStore &
    AudienceStore &
    Pick<OpenActions, 'underWay' | 'changeAction'> &
    Pick<Outbox, 'enqueue'>;
  board: Pick<Board, 'get'>;
  /** Takes in what other bots have read and done. Throws `store_failed`. */
  refresh(): Promise<void>;
  tasks: Pick<TaskUseCases, 'start' | 'pause' | 'card'>;
  dialer: Pick<Dialer, 'list'>;
  calendar: ScheduleCalendar;
  clock: Clock;
  /** The time that schedules go by, epoch ms: that of the platform. */
  now(): number;
  log: Pick<Log, 'info' | 'error'>;
  newId(): string;
  /** Starts, and pauses, under way at a time. */
  maxInFlight: number;
  /** Aborted when the process stops. */
  signal: AbortSignal;
  /** Something is to be shown in channels. */
  changed(): void;
}

/** How long a schedule is kept by a process that died over it, ms. */
const leaseMs = 25_000;

/** The steps of one schedule at a time: more follow at the next tick. */
const maxSteps = 4;

/** Keeps schedules: acts on each of their moments once, over all bots and restarts. */
export interface Timekeeper {
  /**
   * Acts on what has come due. Call it every few seconds, on every bot. Resolves when everything that it began has
   * ended; a schedule that another call, or another bot, is acting on is left to that. Never throws.
   */
  tick(): Promise<void>;
}

export function createTimekeeper(deps: TimekeeperDeps): Timekeeper {
  const { store, board, calendar, clock, log, newId, signal } = deps;
  const hasStarted = createHasStarted(deps);
  /** When those that are being kept were found to be due, in the time that schedules go by. */
  const inProgress = new Map<string, number>();
  /** Whether all schedules were compared with the calendar of this process. */
  let isPlanned = false;
  const slots = { start: createSlots(deps.maxInFlight), pause: createSlots(deps.maxInFlight) };

  /** Writes a change, and what is said of it. Returns the schedule as it is then; null: someone else was first. */
  const write = async (
    before: Schedule,
    change: Partial<NewSchedule>,
    said: readonly ScheduleSaid[] = [],
  ): Promise<Schedule | null> => {
    const { revision: known, ...rest } = before;
    const next: NewSchedule = { ...rest, ...change };
    const audience = said.length === 0 ? null : await readAudience(store);
    const reading = board.get(before.taskId);
    const at = clock.now();
    const revision = await store.putSchedule(next, known, (issued) =>
      audience === null
        ? []
        : said.flatMap((one) => scheduleItems({ schedule: next, said: one, reading, audience, at }, issued)),
    );
    if (said.length > 0) deps.changed();
    return revision === null ? null : { ...next, revision };
  };

  const planned = (schedule: Schedule, handledUntil: number): Pick<Schedule, 'handledUntil' | 'nextAt'> => ({
    handledUntil,
    nextAt: nextMoments(schedule.plan, calendar, { after: handledUntil, count: 1 })[0]?.at ?? null,
  });

  const sayingOf = (schedule: Schedule, said: Pick<ScheduleSaid, 'event'> & Partial<ScheduleSaid>): ScheduleSaid => {
    const next = nextMoments(schedule.plan, calendar, { after: deps.now(), count: 1 })[0] ?? null;
    return saying(calendar.zone, { next, ...said });
  };

  /** Looks at what is due, and claims a moment that is to be acted on. null: nothing is left to do now. */
  const step = async (schedule: Schedule): Promise<Schedule | null> => {
    const now = deps.now();
    if (schedule.held !== null) return null;
    if (isFarAhead(schedule.handledUntil, now)) {
      log.info('the moments of a schedule are planned anew: the clock was set back', { task: schedule.taskId });
      return write(schedule, { ...planned(schedule, now), acting: null });
    }
    const due = dueOf(schedule, calendar, now, inProgress.get(schedule.taskId));
    if (due.kind !== 'nothing') return claim(schedule, due, now);
    if (schedule.acting === null) {
      // It was planned by another calendar, or zone.
      const next = planned(schedule, schedule.handledUntil);
      if (next.nextAt !== schedule.nextAt) await write(schedule, next);
      return null;
    }
    return proceed(schedule, schedule.acting, false);
  };

  const claim = async (schedule: Schedule, due: Exclude<Due, { kind: 'nothing' }>, now: number) => {
    const { moment } = due;
    const next = planned(schedule, moment.at);
    // What another bot did a moment ago must not look as if nobody had done it.
    await deps.refresh();
    const seemsPaused = isPausedElsewhere(schedule, board.get(schedule.taskId));
    if (seemsPaused && (await isSurelyOff(deps, schedule.taskId, moment.action))) {
      const held = { why: 'elsewhere', person: null, at: clock.now() } as const;
      return hold(schedule, held, moment.at);
    }
    const lateMs = now - moment.at;
    if (due.kind !== 'act') {
      const last = { ...moment, result: due.kind, doneAt: clock.now() };
      const question = due.kind === 'asked' ? { at: moment.at } : null;
      const said = sayingOf(schedule, { event: due.kind, moment, lateMs });
      return write(schedule, { ...next, acting: null, last, question }, [said]);
    }
    if (moment.action === 'pause' && (await isLeftPaused(deps, schedule.taskId))) {
      const last = { ...moment, result: 'already', doneAt: clock.now() } as const;
      return write(schedule, { ...next, acting: null, question: null, last }, missedSaid(schedule, due.missed));
    }
    const acting: ScheduleActing = { ...moment, attempt: newId(), sent: moment.action === 'start', reported: false };
    const claimed = await write(schedule, { ...next, acting, question: null }, missedSaid(schedule, due.missed));
    return claimed === null ? null : proceed(claimed, acting, true);
  };

  const missedSaid = (schedule: Schedule, missed: ScheduleMoment | null): ScheduleSaid[] =>
    missed === null ? [] : [sayingOf(schedule, { event: 'missed', moment: missed })];

  const hold = (schedule: Schedule, held: NonNullable<Schedule['held']>, handledUntil: number) =>
    write(schedule, { handledUntil, nextAt: null, acting: null, question: null, held }, [
      sayingOf(schedule, { event: 'held', hold: held, next: null }),
    ]);

  /** `isNew`: this process has just claimed it, so nothing was sent yet. */
  const proceed = async (schedule: Schedule, acting: ScheduleActing, isNew: boolean): Promise<Schedule | null> => {
    if (acting.action === 'pause') {
      // It was on when this was claimed.
      if (!isNew && (await isLeftPaused(deps, schedule.taskId))) {
        return settle(schedule, acting, { result: 'done', trouble: null });
      }
      return after(schedule, acting, await pauseScheduled(deps, schedule, acting.attempt));
    }
    let ready: Schedule | null = schedule;
    let { attempt } = acting;
    if (!isNew) {
      const started = acting.sent ? await hasStarted(schedule.taskId) : false;
      if (started === null) return null;
      if (started) return settle(schedule, acting, { result: 'done', trouble: null });
      if (isOver(schedule, acting)) return after(schedule, acting, { kind: 'later', error: null });
      attempt = newId();
      ready = await write(schedule, { acting: { ...acting, attempt, sent: true } });
    }
    if (ready === null || signal.aborted) return null;
    return after(ready, { ...acting, attempt, sent: true }, await startScheduled(deps, ready, attempt));
  };

  const isOver = ({ plan }: Schedule, { at }: ScheduleActing): boolean => deps.now() - at > patienceMs(plan);

  const after = (schedule: Schedule, acting: ScheduleActing, acted: Acted): Promise<Schedule | null> => {
    switch (acted.kind) {
      case 'settled':
        return settle(schedule, acting, acted);
      case 'gone':
        return hold(schedule, { why: 'gone', person: null, at: clock.now() }, schedule.handledUntil);
      case 'unknown':
        return Promise.resolve(null);
      case 'later':
        return isOver(schedule, acting) ? giveUp(schedule, acting, acted.error) : again(schedule, acting);
    }
  };

  /** Nothing was sent: the next tick tries again. */
  const again = async (schedule: Schedule, acting: ScheduleActing): Promise<null> => {
    if (acting.action === 'start') await write(schedule, { acting: { ...acting, sent: false } });
    return null;
  };

  /** A start is not tried any more; a pause is, and people know that it has not worked so far. */
  const giveUp = async (schedule: Schedule, acting: ScheduleActing, error: AppError | null) => {
    if (acting.reported) return null;
    const { attempt: _attempt, sent: _sent, reported: _reported, ...moment } = acting;
    const asks = acting.action === 'start' && schedule.plan.missed.kind === 'ask';
    const said = sayingOf(schedule, {
      event: asks ? 'asked' : 'failed',
      moment,
      lateMs: deps.now() - moment.at,
      error: error === null ? null : { code: error.code, hours: null },
    });
    if (acting.action === 'pause') {
      await write(schedule, { acting: { ...acting, reported: true } }, [said]);
      return null;
    }
    const last = { ...moment, result: asks ? 'asked' : 'failed', doneAt: clock.now() } as const;
    return write(schedule, { acting: null, last, question: asks ? { at: moment.at } : null }, [said]);
  };

  const settle = async (
    schedule: Schedule,
    acting: ScheduleActing,
    { result, trouble }: { result: MomentResult; trouble: Trouble | null },
  ): Promise<Schedule | null> => {
    const moment = { at: acting.at, action: acting.action };
    const known = trouble === null ? null : [...trouble.items, trouble.error?.code ?? ''].join();
    const said = newsOf(schedule, moment, { result, trouble, isKnown: known === schedule.trouble });
    const change = {
      acting: null,
      last: { ...moment, result, doneAt: clock.now() },
      trouble: result === 'overtaken' ? schedule.trouble : known,
    };
    const written = await write(schedule, change, said);
    if (written === null && result === 'done') await announce(schedule, said);
    return written;
  };

  const newsOf = (
    schedule: Schedule,
    moment: Pick<ScheduleActing, 'at' | 'action'>,
    { result, trouble, isKnown }: { result: MomentResult; trouble: Trouble | null; isKnown: boolean },
  ): ScheduleSaid[] => {
    const late = deps.now() - moment.at;
    const lateMs = late > patienceMs({ ...schedule.plan, missed: { kind: 'skip' } }) ? late : 0;
    if (result === 'done') {
      return [sayingOf(schedule, { event: moment.action === 'start' ? 'started' : 'paused', moment, lateMs })];
    }
    if (trouble === null || isKnown) return [];
    return [sayingOf(schedule, { event: 'blocked', moment, ...trouble })];
  };

  /** Someone changed the schedule while it acted: what it did is said all the same. */
  const announce = async (schedule: Schedule, said: readonly ScheduleSaid[]): Promise<void> => {
    const audience = await readAudience(store);
    const reading = board.get(schedule.taskId);
    const at = clock.now();
    await store.enqueue(
      said.flatMap((one) => scheduleItems({ schedule, said: one, reading, audience, at }, schedule.revision)),
    );
    deps.changed();
  };

  const keep = async (taskId: string): Promise<void> => {
    const spec = { name: `schedule:${taskId}`, owner: newId(), ttlMs: leaseMs };
    const act = async (): Promise<void> => {
      let schedule = await store.scheduleOf(taskId);
      for (let steps = 0; schedule !== null && steps < maxSteps && !signal.aborted; steps += 1) {
        schedule = await step(schedule);
      }
    };
    await holding(deps, spec, act, () => undefined);
  };

  return {
    async tick() {
      try {
        const now = deps.now();
        const due = isPlanned ? await store.dueSchedules(now, now + dayMs) : await store.schedules();
        isPlanned = true;
        const begun = due.filter(({ taskId }) => !inProgress.has(taskId));
        for (const { taskId } of begun) inProgress.set(taskId, now);
        await Promise.all(
          begun.map(async (schedule) => {
            const { taskId } = schedule;
            try {
              await slots[kindOf(schedule, deps)](() => keep(taskId));
            } catch (thrown) {
              const { code, message } = toAppError(thrown);
              log.error('a schedule could not be kept yet', { task: taskId, code, reason: message });
            } finally {
              inProgress.delete(taskId);
            }
          }),
        );
      } catch (thrown) {
        const { code, message } = toAppError(thrown);
        log.error('schedules could not be read', { code, reason: message });
      }
    },
  };
}

/** No start waits for a pause, and no pause for a start. */
function kindOf(schedule: Schedule, { calendar, now }: Pick<TimekeeperDeps, 'calendar' | 'now'>): 'start' | 'pause' {
  if (schedule.acting !== null) return schedule.acting.action;
  const due = dueOf(schedule, calendar, now());
  return due.kind === 'nothing' ? 'start' : due.moment.action;
}
