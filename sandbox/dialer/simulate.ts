import { createTimeHeap } from './heap.ts';
import { type Outcome, type OutcomeWeights, outcomes } from './options.ts';
import { isQuiet, quietUntil } from './quiet.ts';
import { chance } from './random.ts';
import type { Account, CallTask, Line } from './state.ts';

/**
 * The dialing, as events on the simulated clock. Nothing ticks: each read brings the account up to date, so an idle
 * account costs nothing and the result does not depend on how often it is read.
 */
export interface Simulation {
  /** Runs every event up to this simulated time (epoch ms). */
  advanceTo(at: number): void;
  /** Must be called after anything that may let a task dial: a start, an import, a change to its definition or line. */
  resume(task: CallTask): void;
}

export interface SimulationRules {
  seed: number;
  weights: OutcomeWeights;
  callSeconds: number | null;
  pauseWhenDone: () => boolean;
}

type CallEvent =
  | { kind: 'hangup'; task: CallTask; line: Line; position: number; outcome: Outcome }
  | { kind: 'rested'; task: CallTask }
  | { kind: 'redial'; task: CallTask; position: number }
  | { kind: 'wake'; task: CallTask };

export function createSimulation(account: Account, rules: SimulationRules, startAt: number): Simulation {
  const events = createTimeHeap<CallEvent>();
  const drawOutcome = outcomeBy(rules.weights);
  let now = startAt;

  const handle = (event: CallEvent): void => {
    const { task } = event;
    const { calls } = task;
    switch (event.kind) {
      case 'hangup':
        event.line.active -= 1;
        calls.active -= 1;
        hangUp(task, event.position, event.outcome);
        if (task.callPauseSecond > 0) events.push(now + task.callPauseSecond * 1000, { kind: 'rested', task });
        else calls.slots -= 1;
        dialOn(event.line.id);
        // Moved to another line meanwhile: there it has a free slot again.
        if (task.lineId !== event.line.id) dial(task);
        return;
      case 'rested':
        calls.slots -= 1;
        dial(task);
        return;
      case 'redial':
        calls.redialsDue -= 1;
        calls.statuses[event.position] = 0;
        calls.done -= 1;
        calls.queue.push(event.position);
        dial(task);
        return;
      case 'wake':
        calls.wakeAt = null;
        dial(task);
    }
  };

  const hangUp = (task: CallTask, position: number, outcome: Outcome): void => {
    const { calls } = task;
    calls.statuses[position] = outcome;
    calls.done += 1;
    const attempts = (calls.attempts[position] ?? 0) + 1;
    calls.attempts[position] = attempts;
    const rule = account.rules.get(task.ruleId);
    if (rule?.enabled && attempts <= rule.times && rule.codes.includes(outcome)) {
      calls.redialsDue += 1;
      events.push(now + rule.delayMs, { kind: 'redial', task, position });
    } else if (rules.pauseWhenDone() && calls.done === calls.statuses.length && calls.redialsDue === 0) {
      task.started = false;
    }
  };

  /** A slot of the line is free: the task with the fewest calls goes first, so that none starves. */
  const dialOn = (lineId: string): void => {
    const candidates = [...account.tasks.values()].filter((task) => task.lineId === lineId && canDial(task));
    for (const task of candidates.sort((a, b) => a.calls.active - b.calls.active)) dial(task);
  };

  const dial = (task: CallTask): void => {
    const line = account.lines.get(task.lineId);
    const { calls } = task;
    if (!line?.alive || !canDial(task)) return;
    const quiet = account.quietGroups.get(task.quietId)?.ranges ?? [];
    if (isQuiet(quiet, now)) {
      wakeAfterQuiet(task, quietUntil(quiet, now));
      return;
    }
    while (canDial(task) && line.active < line.total - line.reserved) {
      const position = takeNext(calls);
      const attempt = calls.attempts[position] ?? 0;
      const outcome = drawOutcome(chance(rules.seed, task.serial, position, attempt, 1));
      const seconds =
        line.lagSeconds +
        (rules.callSeconds ??
          callSeconds(outcome, task.originateTimeout, chance(rules.seed, task.serial, position, attempt, 2)));
      calls.active += 1;
      calls.slots += 1;
      line.active += 1;
      events.push(now + seconds * 1000, { kind: 'hangup', task, line, position, outcome });
    }
  };

  const wakeAfterQuiet = (task: CallTask, at: number | null): void => {
    if (at === null || task.calls.wakeAt === at) return;
    task.calls.wakeAt = at;
    events.push(at, { kind: 'wake', task });
  };

  return {
    advanceTo(at) {
      for (let next = events.popUntil(at); next !== undefined; next = events.popUntil(at)) {
        now = next.at;
        handle(next.item);
      }
      now = Math.max(now, at);
    },
    resume: dial,
  };
}

function canDial(task: CallTask): boolean {
  const { calls } = task;
  return (
    task.started && !task.destroyed && !task.stuck && calls.slots < task.maximumCall && calls.head < calls.queue.length
  );
}

function takeNext(calls: CallTask['calls']): number {
  const position = calls.queue[calls.head] ?? 0;
  calls.head += 1;
  if (calls.head > 1024 && calls.head * 2 > calls.queue.length) {
    calls.queue = calls.queue.slice(calls.head);
    calls.head = 0;
  }
  return position;
}

/** Maps a number in [0, 1) to an outcome by weight. Throws a RangeError when no outcome has any weight. */
export function outcomeBy(weights: OutcomeWeights): (draw: number) => Outcome {
  const shares = outcomes.map((code) => ({ code, weight: weights[code] ?? 0 })).filter(({ weight }) => weight > 0);
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const last = shares.at(-1);
  if (last === undefined) throw new RangeError('no outcome has any weight');
  return (draw) => {
    let left = draw * total;
    for (const { code, weight } of shares) {
      left -= weight;
      if (left < 0) return code;
    }
    return last.code;
  };
}

/** How long a call with that outcome occupies its slot, in seconds: ringing and talking. */
function callSeconds(outcome: Outcome, ringTimeout: number, draw: number): number {
  switch (outcome) {
    case 1:
      return 5 + Math.floor(draw * draw * 110) + Math.floor(draw * 10);
    case 3:
      return 4 + Math.floor(draw * 16);
    case 4:
      return ringTimeout;
    case 2:
    case 11:
    case 12:
      return 1;
    default:
      return 3 + Math.floor(draw * 8);
  }
}
