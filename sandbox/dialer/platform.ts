import { createClock, onShanghaiDay, type SimClock } from './clock.ts';
import type { RivalChange } from './faults.ts';
import { changeTask, type Platform, removeTask, setStarted } from './handlers.ts';
import {
  type DialerSandboxOptions,
  defaultOutcomeWeights,
  defaultSwitches,
  type Switches,
  switchesSchema,
} from './options.ts';
import { seedAccount } from './seed.ts';
import { createSimulation } from './simulate.ts';
import type { CallTask } from './state.ts';

/** A platform in its initial state, with its clock running. */
export function createPlatform(options: DialerSandboxOptions): Platform {
  const wall = options.wall ?? Date.now;
  const clock = createClock({ startAt: startOf(options.startAt ?? '09:20', wall()), speed: options.speed ?? 1, wall });
  const seed = options.seed ?? 1;
  const weights = options.outcomes ?? defaultOutcomeWeights;
  const account = seedAccount({
    account: options.account ?? 'morning',
    userId: options.userId ?? '4d99d91c-f5d9-49da-88da-758977cc58a9',
    extra: options.extra ?? {},
    tasks: options.tasks ?? [],
    seed,
    weights,
    wall: wall(),
  });
  // One object for the lifetime of the platform: the simulation sees later changes of switches.
  const switches: Switches = switchesSchema.parse({ ...defaultSwitches, ...options.switches });
  const rules = {
    seed,
    weights,
    callSeconds: options.callSeconds ?? null,
    pauseWhenDone: () => switches.pauseWhenDone,
  };
  const simulation = createSimulation(account, rules, clock.now());
  for (const task of account.tasks.values()) simulation.resume(task);
  return { account, simulation, clock, seed, switches };
}

function startOf(startAt: number | string, wall: number): number {
  return typeof startAt === 'number' ? startAt : onShanghaiDay(wall, startAt);
}

/** Brings the dialing up to date with the simulated clock. */
export function settle({ simulation, clock }: Pick<Platform, 'simulation'> & { clock: SimClock }): void {
  simulation.advanceTo(clock.now());
}

/** Changes switches. Throws a ZodError when one is unknown or malformed, and changes none then. */
export function changeSwitches(platform: Platform, change: Partial<Switches>): void {
  Object.assign(platform.switches, switchesSchema.parse({ ...platform.switches, ...change }));
}

/** What another user of the account does: no rule is checked, and no request is recorded. */
export function rivalDoes(platform: Platform, task: CallTask, change: RivalChange): void {
  if (change === 'destroy') {
    removeTask(platform, task);
    return;
  }
  const { start, ...definition } = change;
  if (Object.keys(definition).length > 0) changeTask(platform, task, definition);
  if (start !== undefined) setStarted(platform, task, start);
}

/** Takes a line down or restores it. Calls in progress are not cut off. False when there is no such line. */
export function setLineAlive(platform: Platform, lineId: string, alive: boolean): boolean {
  const line = platform.account.lines.get(lineId);
  if (line === undefined) return false;
  line.alive = alive;
  for (const task of platform.account.tasks.values()) {
    if (alive && task.lineId === lineId) platform.simulation.resume(task);
  }
  return true;
}

/** A task as tests and the demo see it, with more than the task API shows. */
export interface TaskView {
  uuid: string;
  name: string;
  lineId: string;
  scriptId: number;
  ruleId: number;
  agentGroupId: number | null;
  started: boolean;
  maximumCall: number;
  total: number;
  done: number;
  /** Calls in progress. */
  active: number;
  /** Redials waiting for their delay. */
  redialsDue: number;
  /** How many numbers have each status, 0…12. */
  tally: Record<number, number>;
}

/** Oldest task first. */
export function viewTasks({ account }: Platform): TaskView[] {
  return [...account.tasks.values()].map((task) => {
    const tally: Record<number, number> = {};
    for (const status of task.calls.statuses) tally[status] = (tally[status] ?? 0) + 1;
    const { uuid, name, lineId, scriptId, ruleId, agentGroupId, started, maximumCall, calls } = task;
    const { done, active, redialsDue } = calls;
    const uses = { lineId, scriptId, ruleId, agentGroupId };
    return { uuid, name, ...uses, started, maximumCall, total: calls.statuses.length, done, active, redialsDue, tally };
  });
}

/** One number of a task: status 0 is waiting or on the phone, else the outcome code; attempts are the calls made. */
export interface NumberView {
  phone: string;
  name: string | null;
  status: number;
  attempts: number;
}

export function viewNumbers({ account }: Platform, taskId: string): NumberView[] {
  const calls = account.tasks.get(taskId)?.calls;
  return (calls?.phones ?? []).map((phone, index) => ({
    phone,
    name: calls?.names[index] ?? null,
    status: calls?.statuses[index] ?? 0,
    attempts: calls?.attempts[index] ?? 0,
  }));
}
