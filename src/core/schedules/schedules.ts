import { AppError, toAppError } from '../errors.ts';
import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type {
  NewSchedule,
  Schedule,
  ScheduleHold,
  ScheduleMoment,
  SchedulePlan,
  ScheduleSaid,
} from '../model/schedule.ts';
import { readAudience } from '../subscriptions/audience.ts';
import { persistently } from '../time/persistently.ts';
import { cardOf } from '../watch/card.ts';
import { isAgainstPause } from './against.ts';
import type { ScheduleCalendar } from './calendar.ts';
import { conflictsOf, type Surroundings } from './conflicts.ts';
import type { PersonsAct } from './heeding-people.ts';
import { saying, scheduleItems } from './messages.ts';
import { nextMoments, wantedAt } from './moments.ts';
import type { ScheduleDeps } from './schedule-deps.ts';
import type { PlanPreview, ShownSchedule } from './shown.ts';

/** A person's decision about the schedule of a task. */
interface Decision {
  taskId: string;
  person: PersonRef;
  channel: ChannelRef;
}

export interface ScheduleUseCases {
  calendar: ScheduleCalendar;
  /** The time that schedules go by, epoch ms. */
  now(): number;
  /** That of a task; null when there is none. Throws `store_failed`. */
  of(taskId: string): Promise<ShownSchedule | null>;
  /** The first so many, the one with the next moment first, and how many more there are. Throws `store_failed`. */
  first(count: number): Promise<{ shown: ShownSchedule[]; more: number }>;
  /** Throws `AppError('task_gone')`, or why the task could not be read. */
  preview(taskId: string, plan: SchedulePlan): Promise<PlanPreview>;
  /**
   * Saves it in place of the schedule with that revision (null: of none), and ends a hold. Throws `AppError`:
   * `not_permitted`, `schedule_changed`, `task_gone`, `store_failed`.
   */
  save(decision: Decision & { plan: SchedulePlan; revision: number | null }): Promise<ShownSchedule>;
  /** Removes it. Throws as `save`, `schedule_changed` when there is none. */
  remove(decision: Decision): Promise<Schedule>;
  /** From now on it does nothing until it is resumed. Throws as `remove`. */
  pause(decision: Decision): Promise<ShownSchedule>;
  /** It goes on with its next moment. Throws as `remove`. */
  resume(decision: Decision): Promise<ShownSchedule>;
  /**
   * Returns if the question about a missed start, `at` that time, is open. Throws `schedule_changed` when it is not any
   * more: someone has answered it or started the task, or another moment has come since.
   */
  requireQuestion(question: { taskId: string; at: number }): Promise<void>;
  /** Closes that question, for the task is to stay paused. Throws as `requireQuestion`, and `not_permitted`. */
  leavePaused(decision: Decision & { at: number }): Promise<ShownSchedule>;
  /** How many schedules of these tasks a pause holds, or has held. Throws `store_failed`. */
  heldByPause(taskIds: ReadonlySet<string>): Promise<number>;
  /** A person has acted on a task: its schedule gives way. Resolves once that is stored, and never throws. */
  acted(act: PersonsAct): Promise<void>;
}

const shownMoments = 5;

/** These are no reason for a schedule to start a task without asking: there is nothing to call, or more than was known. */
const neverAccepted: ReadonlySet<string> = new Set(['nothing_left', 'many_numbers', 'already_started']);

/** A schedule that several change at once is tried again. */
const maxTries = 5;

export function createScheduleUseCases(deps: ScheduleDeps): ScheduleUseCases {
  const { store, board, calendar, clock, may } = deps;

  const shown = (schedule: Schedule): ShownSchedule => {
    const reading = board.get(schedule.taskId);
    const now = deps.now();
    return {
      schedule,
      card: reading === null ? null : cardOf(reading, null),
      upcoming: nextMoments(schedule.plan, calendar, { after: now, count: shownMoments }),
      wanted: wantedAt(schedule.plan, calendar, now),
    };
  };

  const nextOf = (plan: SchedulePlan): ScheduleMoment | null =>
    nextMoments(plan, calendar, { after: deps.now(), count: 1 })[0] ?? null;

  /** What its owner, or everybody who watches, reads of it; nothing where `said` is null. */
  const messagesOf = async (
    schedule: Schedule | NewSchedule,
    owner: PersonRef,
    said: Partial<ScheduleSaid> | null,
    ownerOnly = false,
  ) => {
    if (said === null) return () => [];
    const audience = await readAudience(store);
    const whole = saying(calendar.zone, { event: 'changed', next: nextOf(schedule.plan), ...said });
    const of = { taskId: schedule.taskId, taskName: schedule.taskName, owner };
    const news = {
      schedule: of,
      said: whole,
      reading: board.get(schedule.taskId),
      audience,
      at: clock.now(),
      ownerOnly,
    };
    return (revision: number) => scheduleItems(news, revision);
  };

  /** Changes the schedule of a task as it is then. `change`: null when there is nothing to change. */
  const change = async (
    taskId: string,
    changeOf: (schedule: Schedule) => { next: Partial<NewSchedule>; said: Partial<ScheduleSaid> | null } | null,
    ownerOnly = false,
  ): Promise<Schedule | null> => {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const found = await store.scheduleOf(taskId);
      if (found === null) return null;
      const made = changeOf(found);
      if (made === null) return found;
      const { revision, ...before } = found;
      const next: NewSchedule = { ...before, ...made.next };
      const issued = await store.putSchedule(next, revision, await messagesOf(next, found.owner, made.said, ownerOnly));
      if (made.said !== null) deps.changed();
      if (issued !== null) return { ...next, revision: issued };
    }
    throw changedMeanwhile();
  };

  const required = async (schedule: Promise<Schedule | null>): Promise<ShownSchedule> => {
    const found = await schedule;
    if (found === null) throw changedMeanwhile();
    return shown(found);
  };

  const held = (hold: ScheduleHold) => ({
    next: { held: hold, nextAt: null, acting: null, question: null },
    said: { event: 'held' as const, hold, next: null },
  });

  const giveWay = async ({ taskId, person, action, together }: PersonsAct): Promise<void> => {
    if (action === 'deleted') {
      const found = await store.scheduleOf(taskId);
      if (found !== null) await store.removeSchedule(taskId, found.revision);
      return;
    }
    const at = clock.now();
    await change(
      taskId,
      (schedule) => {
        if (schedule.held !== null) return null;
        if (action === 'paused')
          return isAgainstPause(schedule.plan, calendar, deps.now()) ? held({ why: action, person, at }) : null;
        // It asks about a start that someone has made by now.
        return schedule.question === null ? null : { next: { question: null }, said: null };
      },
      together,
    );
  };

  const surroundingsOf = async (card: CardData): Promise<Surroundings> => {
    const [around, all] = await Promise.all([deps.around(card), store.schedules()]);
    const others = all.flatMap(({ taskId, plan, held: hold }) => {
      const task = board.get(taskId)?.task;
      return taskId === card.task.id || task === undefined || hold !== null ? [] : [{ plan, task }];
    });
    return { now: deps.now(), task: card.task, ...around, others };
  };

  const previewOf = async (card: CardData, plan: SchedulePlan): Promise<PlanPreview> => ({
    upcoming: nextMoments(plan, calendar, { after: deps.now(), count: shownMoments }),
    conflicts: conflictsOf(plan, calendar, await surroundingsOf(card)),
  });

  return {
    calendar,
    now: deps.now,

    async of(taskId) {
      const found = await store.scheduleOf(taskId);
      return found === null ? null : shown(found);
    },

    async first(count) {
      const all = await store.schedules();
      const last = Number.POSITIVE_INFINITY;
      const inOrder = all.sort((a, b) => {
        const [first, second] = [a.nextAt ?? last, b.nextAt ?? last];
        return first === second ? (a.taskName < b.taskName ? -1 : 1) : first - second;
      });
      return { shown: inOrder.slice(0, count).map(shown), more: Math.max(0, all.length - count) };
    },

    async preview(taskId, plan) {
      return previewOf(await deps.read(taskId), plan);
    },

    async save({ taskId, person, channel, plan, revision }) {
      await may(person, 'schedule', taskId);
      const card = await deps.read(taskId);
      const { conflicts } = await previewOf(card, plan);
      const before = await store.scheduleOf(taskId);
      if ((before?.revision ?? null) !== revision && before !== null) throw changedMeanwhile();
      const now = deps.now();
      const { progress, name } = card.task;
      const next: NewSchedule = {
        taskId,
        taskName: name,
        owner: person,
        channel,
        savedAt: clock.now(),
        plan,
        accepted: conflicts.flatMap((one) =>
          one.kind === 'preflight' && !neverAccepted.has(one.item) ? [one.item] : [],
        ),
        agreed: progress === null ? null : Math.max(0, progress.total - progress.done),
        held: null,
        handledUntil: now,
        nextAt: nextMoments(plan, calendar, { after: now, count: 1 })[0]?.at ?? null,
        acting: null,
        last: null,
        trouble: null,
        question: null,
      };
      const said = before === null ? null : { change: { what: 'saved' as const, person } };
      const messages = await messagesOf(next, before?.owner ?? person, said);
      const issued = await store.putSchedule(next, before?.revision ?? null, messages);
      if (issued === null) throw changedMeanwhile();
      deps.changed();
      return shown({ ...next, revision: issued });
    },

    async remove({ taskId, person }) {
      await may(person, 'schedule', taskId);
      for (let tries = 0; tries < maxTries; tries += 1) {
        const found = await store.scheduleOf(taskId);
        if (found === null) throw changedMeanwhile();
        const said = { change: { what: 'removed' as const, person }, next: null };
        const messages = (await messagesOf(found, found.owner, said))(found.revision);
        if (await store.removeSchedule(taskId, found.revision, messages)) {
          deps.changed();
          return found;
        }
      }
      throw changedMeanwhile();
    },

    async pause({ taskId, person }) {
      await may(person, 'schedule', taskId);
      const at = clock.now();
      return required(
        change(taskId, (schedule) => (schedule.held === null ? held({ why: 'schedule', person, at }) : null)),
      );
    },

    async resume({ taskId, person }) {
      await may(person, 'schedule', taskId);
      return required(
        change(taskId, (schedule) => {
          if (schedule.held === null) return null;
          const now = deps.now();
          const nextAt = nextMoments(schedule.plan, calendar, { after: now, count: 1 })[0]?.at ?? null;
          return {
            next: { held: null, handledUntil: now, nextAt, last: null, trouble: null },
            said: { change: { what: 'resumed', person } },
          };
        }),
      );
    },

    async requireQuestion({ taskId, at }) {
      if ((await store.scheduleOf(taskId))?.question?.at !== at) throw changedMeanwhile();
    },

    async leavePaused({ taskId, person, at }) {
      await may(person, 'schedule', taskId);
      return required(
        change(taskId, (schedule) => {
          if (schedule.question?.at !== at) throw changedMeanwhile();
          return { next: { question: null }, said: null };
        }),
      );
    },

    async heldByPause(taskIds) {
      const own = (await store.schedules()).filter(({ taskId }) => taskIds.has(taskId));
      return own.filter((one) =>
        one.held === null ? isAgainstPause(one.plan, calendar, deps.now()) : one.held.why === 'paused',
      ).length;
    },

    acted(act) {
      return persistently({ clock, log: deps.log, stopping: deps.stopping }, () =>
        giveWay(act).catch((thrown) => {
          const error = toAppError(thrown);
          // It was changed by others again and again, so it is not as it was when the person acted.
          if (error.code !== 'schedule_changed') throw error;
        }),
      );
    },
  };
}

const changedMeanwhile = (): AppError => new AppError('schedule_changed', 'the schedule was changed or removed');
