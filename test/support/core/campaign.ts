import { createClock } from '../../../sandbox/dialer/clock.ts';
import { listEntities } from '../../../sandbox/dialer/entities.ts';
import { changeTask, type Platform, setStarted } from '../../../sandbox/dialer/handlers.ts';
import { defaultOutcomeWeights, defaultSwitches, type OutcomeWeights } from '../../../sandbox/dialer/options.ts';
import { setLineAlive, settle } from '../../../sandbox/dialer/platform.ts';
import { isQuiet, quietRanges, quietUntil } from '../../../sandbox/dialer/quiet.ts';
import { createSimulation } from '../../../sandbox/dialer/simulate.ts';
import {
  type Account,
  addNumber,
  type CallTask,
  emptyCallList,
  type TaskDefinition,
} from '../../../sandbox/dialer/state.ts';
import type { Progress, Task } from '../../../src/core/model/task.ts';
import { readHours } from '../../../src/core/quiet/read-hours.ts';
import { quietIntervals } from '../../../src/core/quiet/week.ts';
import type { Interval } from '../../../src/core/watch/intervals.ts';
import { taskOf } from '../../../src/dialer/wire.ts';
import { t0 } from './looks.ts';

/** One task on the stand-in's simulated platform, without its server. All that is left out has an everyday value. */
export interface CampaignShape {
  numbers?: number;
  /** Of them, dialed before the course begins. */
  dialed?: number;
  on?: boolean;
  concurrency?: number;
  pauseSeconds?: number;
  ringTimeout?: number;
  /** Slots of the line, and how many other tasks (of the same concurrency) share it. */
  line?: number;
  sharedBy?: number;
  callSeconds?: number;
  outcomes?: OutcomeWeights;
  redial?: { times: number; minutes: number; codes: number[]; off?: true };
  quiet?: [from: string, to: string][];
  pauseWhenDone?: boolean;
  source?: Progress['source'];
  seed?: number;
}

const wall = t0;
const day = 86_400_000;

export function createCampaign(shape: CampaignShape) {
  const seed = shape.seed ?? 1;
  const clock = createClock({ startAt: t0, speed: 0, wall: () => wall });
  const account = accountOf(shape);
  const switches = { ...defaultSwitches, pauseWhenDone: shape.pauseWhenDone ?? false };
  const simulation = createSimulation(
    account,
    {
      seed,
      weights: shape.outcomes ?? defaultOutcomeWeights,
      callSeconds: shape.callSeconds ?? null,
      pauseWhenDone: () => switches.pauseWhenDone,
    },
    t0,
  );
  const platform: Platform = { account, simulation, clock, seed, switches };
  const [subject] = account.tasks.values();
  if (subject === undefined) throw new Error('a campaign without a task');
  for (const task of account.tasks.values()) simulation.resume(task);
  const quiet = account.quietGroups.get('quiet')?.ranges ?? [];
  const typed = readHours(shape.quiet?.map(([from, to]) => `${from}-${to}`).join(', ') ?? 'none');
  const windows = typed.kind === 'known' ? typed.windows : [];
  let known: { today: number; intervals: readonly Interval[] } | null = null;
  let serial = subject.calls.phones.length;
  /** Read from the entity when it changes; the rest of it moves with every look. */
  const read = (): Task => {
    for (const entity of listEntities(account, switches)) {
      const task = taskOf(entity, () => null);
      if (task?.id === subject.uuid) return task;
    }
    throw new Error('the list lacks the task');
  };
  let description = read();

  return {
    now: () => clock.now(),
    advance(ms: number): void {
      clock.advance(ms);
      settle(platform);
    },
    /** The task as the product reads it off the list. */
    task(): Task {
      const { calls, started } = subject;
      const progress = {
        total: calls.phones.length,
        done: calls.done,
        source: shape.source ?? 'progress_bar',
      } as const;
      return { ...description, started, progress };
    },
    start: () => setStarted(platform, subject, true),
    pause: () => setStarted(platform, subject, false),
    change(change: Partial<TaskDefinition>): void {
      changeTask(platform, subject, change);
      description = read();
    },
    addNumbers(count: number): void {
      for (let i = 0; i < count; i += 1) {
        serial += 1;
        addNumber(subject.calls, phone(serial), null);
      }
      simulation.resume(subject);
    },
    /** All numbers are to be dialed again, as after a reset in the platform's console. */
    reset(): void {
      const { calls } = subject;
      calls.statuses.fill(0);
      calls.attempts.fill(0);
      calls.queue = calls.phones.map((_, position) => position);
      calls.head = 0;
      calls.done = 0;
      simulation.resume(subject);
    },
    lineDown: () => setLineAlive(platform, 'line', false),
    lineUp: () => setLineAlive(platform, 'line', true),
    isQuiet: (at = clock.now()) => isQuiet(quiet, at),
    /** When quiet hours that are on now end, as the stand-in has it. */
    quietUntil: () => quietUntil(quiet, clock.now()),
    /** The quiet hours around now, as the product makes them of what a person types. */
    quietHours(): readonly Interval[] {
      const today = Math.floor(clock.now() / day);
      if (known?.today !== today) {
        const intervals = quietIntervals(windows, 'Asia/Shanghai', {
          from: (today - 2) * day,
          until: (today + 3) * day,
        });
        known = { today, intervals };
      }
      return known.intervals;
    },
    redials: shape.redial === undefined ? false : shape.redial.off !== true,
    /** Calls that have begun, redials included. */
    attempts: () => subject.calls.attempts.reduce((sum, count) => sum + count, 0),
    /** What really happened: numbers dialed (redials included), and calls in progress. */
    calls: subject.calls,
  };
}
export type Campaign = ReturnType<typeof createCampaign>;

function accountOf(shape: CampaignShape): Account {
  const concurrency = shape.concurrency ?? 4;
  const others = shape.sharedBy ?? 0;
  const total = shape.line ?? 40;
  const line = {
    id: 'line',
    name: 'Line',
    callerNumber: '02100000000',
    total,
    reserved: 0,
    beginsAt: wall,
    deadlineAt: wall + 365 * 86_400_000,
    alive: true,
    offered: true,
    lagSeconds: 0,
    active: 0,
  };
  const { redial } = shape;
  const rule = {
    id: 3,
    name: 'Redials',
    remark: '',
    enabled: redial !== undefined && redial.off !== true,
    isDefault: false,
    createdAt: wall,
    times: redial?.times ?? 0,
    delayMs: (redial?.minutes ?? 0) * 60_000,
    codes: redial?.codes ?? [],
  };
  const tasks = Array.from({ length: 1 + others }, (_, i) => callTaskOf(i, concurrency, shape));
  return {
    userId: 'owner',
    lines: new Map([[line.id, line]]),
    scripts: new Map(),
    rules: new Map([[rule.id, rule]]),
    agentGroups: new Map(),
    quietGroups: new Map([['quiet', { uuid: 'quiet', name: 'Quiet', ranges: quietRanges(shape.quiet ?? []) }]]),
    tasks: new Map(tasks.map((task) => [task.uuid, task])),
    serial: tasks.length,
  };
}

function callTaskOf(index: number, concurrency: number, shape: CampaignShape): CallTask {
  const { numbers = 60, dialed = 0 } = shape;
  const calls = emptyCallList();
  for (let i = 0; i < numbers; i += 1) addNumber(calls, phone(i), null);
  for (let i = 0; i < dialed; i += 1) {
    calls.statuses[i] = 1;
    calls.attempts[i] = 1;
  }
  calls.head = dialed;
  calls.done = dialed;
  return {
    name: `Campaign ${index}`,
    remark: null,
    lineId: 'line',
    scriptId: 7,
    quietId: 'quiet',
    ruleId: 3,
    agentGroupId: null,
    maximumCall: concurrency,
    originateTimeout: shape.ringTimeout ?? 60,
    callPauseSecond: shape.pauseSeconds ?? (concurrency === 1 ? 10 : 0),
    uuid: `campaign-${index}`,
    serial: index + 1,
    started: shape.on ?? true,
    destroyed: false,
    stuck: false,
    createdAt: wall,
    alteredAt: wall,
    recycleLimit: 0,
    calls,
  };
}

/** Made once for all campaigns of a test. */
const phones: string[] = [];

function phone(index: number): string {
  for (let next = phones.length; next <= index; next += 1) phones.push(`13${String(next).padStart(9, '0')}`);
  return phones[index] ?? '';
}
