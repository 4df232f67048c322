import type { ActorAction, Reading } from '../../../src/core/model/reading.ts';
import type { Schedule, SchedulePlan } from '../../../src/core/model/schedule.ts';
import type { Clock } from '../../../src/core/ports.ts';
import { createCalendar, type ScheduleCalendar } from '../../../src/core/schedules/calendar.ts';
import { nextMoments } from '../../../src/core/schedules/moments.ts';
import { createTimekeeper, type Timekeeper, type TimekeeperDeps } from '../../../src/core/schedules/timekeeper.ts';
import type { StartResult } from '../../../src/core/tasks/requests.ts';
import { withAct } from '../../../src/core/watch/acts.ts';
import { cardOf } from '../../../src/core/watch/card.ts';
import type { Store } from '../../../src/store/store.ts';
import { chineseWorkingDays } from '../../../src/working-days.ts';
import { recordingLog } from '../real-store.ts';
import { reading } from '../store/samples.ts';

/** A request that reached the platform. */
export interface Sent {
  action: 'start' | 'pause';
  taskId: string;
  at: number;
}

/** A platform in memory: its tasks are on or off, and it notes what reached it. Shared by all bots. */
export interface FakePlatform {
  on: Map<string, boolean>;
  sent: Sent[];
  /** What the next start comes to, instead of taking effect. */
  answers: StartResult[];
  /** What the last list has shown of tasks of which it was wrong. */
  shown: Map<string, boolean>;
  /** The tasks that an import is to start, unless that is withdrawn, and those that it is starting. */
  starts: Map<string, 'wanted' | 'begun'>;
}

export const createFakePlatform = (...taskIds: string[]): FakePlatform => ({
  on: new Map(taskIds.map((id) => [id, false])),
  sent: [],
  answers: [],
  shown: new Map(),
  starts: new Map(),
});

interface BotDeps {
  platform: FakePlatform;
  store: TimekeeperDeps['store'] & Pick<Store, 'isScheduledAttempt'>;
  clock: Clock;
  calendar?: ScheduleCalendar;
}

export const china = createCalendar('Asia/Shanghai', chineseWorkingDays());

/** A bot that keeps schedules on a platform in memory and a real store. */
export function createBot({ platform, store, clock, calendar = china }: BotDeps): Timekeeper & {
  /** Called when a request has reached the platform, before anybody knows. */
  reached: (sent: Sent) => Promise<void>;
} {
  let ids = 0;
  const acts = new Map<string, Reading>();
  const readingOf = (taskId: string, started = platform.on.get(taskId) ?? false): Reading => {
    const before = acts.get(taskId) ?? reading(taskId, clock.now(), { acts: [], runBy: null, actor: null });
    return {
      ...before,
      task: { ...before.task, id: taskId, started },
      takenAt: clock.now(),
      state: started ? 'dialing' : 'paused',
    };
  };
  const act = async (action: Sent['action'], taskId: string, person: string): Promise<StartResult> => {
    const sent = { action, taskId, at: clock.now() };
    platform.sent.push(sent);
    platform.on.set(taskId, action === 'start');
    await bot.reached(sent);
    const past: ActorAction = action === 'start' ? 'started' : 'paused';
    acts.set(taskId, withAct(readingOf(taskId), { person, action: past, at: clock.now() }));
    return { kind: 'done', card: cardOf(readingOf(taskId), null) };
  };
  const keeper = createTimekeeper({
    store,
    calendar,
    clock,
    now: clock.now,
    log: recordingLog(),
    newId: () => `${Math.random()}-${++ids}`,
    maxInFlight: 8,
    signal: new AbortController().signal,
    changed: () => undefined,
    board: { get: (taskId) => readingOf(taskId, platform.shown.get(taskId)) },
    refresh: async () => undefined,
    async withdrawStarts(taskId) {
      if (platform.starts.get(taskId) === 'wanted') platform.starts.delete(taskId);
      return platform.starts.has(taskId);
    },
    dialer: { list: async () => [...platform.on.keys()].map((id) => readingOf(id).task) },
    tasks: {
      card: async (taskId) => cardOf(readingOf(taskId), null),
      async start({ taskId, person, scheduled }) {
        const answer = platform.answers.shift();
        if (answer !== undefined) return answer;
        // As the gate does, right before the request.
        if (scheduled === undefined || !(await store.isScheduledAttempt(taskId, scheduled)))
          return { kind: 'overtaken' };
        return act('start', taskId, person);
      },
      async pause({ taskId, person }) {
        const done = await act('pause', taskId, person);
        if (done.kind !== 'done') throw new Error(done.kind);
        return done;
      },
    },
  });
  const bot = { ...keeper, reached: async (_sent: Sent): Promise<void> => undefined };
  return bot;
}

/** Stores a schedule as it is saved at that time (epoch ms). */
export async function putSchedule(
  store: Pick<Store, 'putSchedule'>,
  {
    taskId,
    plan,
    at,
    calendar = china,
  }: { taskId: string; plan: SchedulePlan; at: number; calendar?: ScheduleCalendar },
  change: Partial<Schedule> = {},
): Promise<void> {
  const issued = await store.putSchedule(
    {
      taskId,
      taskName: `Task ${taskId}`,
      owner: 'U1',
      channel: 'C1',
      savedAt: at,
      plan,
      accepted: [],
      agreed: null,
      held: null,
      handledUntil: at,
      nextAt: nextMoments(plan, calendar, { after: at, count: 1 })[0]?.at ?? null,
      acting: null,
      last: null,
      trouble: null,
      question: null,
      ...change,
    },
    null,
  );
  if (issued === null) throw new Error('there is a schedule already');
}
